"""What must always be true of class sessions, looked up in the whole database."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from classrooms.models import ClassSession
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Hosting, Offering


def broken() -> Iterator[str]:
    """Yield one sentence for each broken invariant."""
    for row in ClassSession.objects.exclude(offering__kind=OfferingKind.CLASS).order_by("pk"):
        yield f"class session {row.pk}: its offering is not a class"
    orphans = Offering.objects.filter(kind=OfferingKind.CLASS, class_session__isnull=True)
    for row in orphans.order_by("pk"):
        yield f"offering {row.pk}: is a class without a session"
    yield from _mentors_who_do_not_host()


def _mentors_who_do_not_host() -> Iterator[str]:
    hosting = Hosting.objects.filter(offering=OuterRef("classsession_id"), person=OuterRef("mentor__user_id"))
    links = ClassSession.mentors.through.objects.filter(~Exists(hosting))
    for row in links.order_by("pk"):
        yield f"class session {row.classsession_id}: mentor {row.mentor_id} is not among its hosts"
