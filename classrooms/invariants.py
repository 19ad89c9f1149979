"""What must always be true of class sessions and topics, looked up in the whole database."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from classrooms.models import ApplicationStep, ClassSession, HostEvent, TopicApplication
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
    yield from _topics_given_by_others()
    yield from _published_against_the_mentor()
    yield from _decisions_without_a_step()
    yield from _wishes_arranged_without_a_class()


def _mentors_who_do_not_host() -> Iterator[str]:
    hosting = Hosting.objects.filter(offering=OuterRef("classsession_id"), person=OuterRef("mentor__user_id"))
    links = ClassSession.mentors.through.objects.filter(~Exists(hosting))
    for row in links.order_by("pk"):
        yield f"class session {row.classsession_id}: mentor {row.mentor_id} is not among its hosts"


def _topics_given_by_others() -> Iterator[str]:
    giving = ClassSession.mentors.through.objects.filter(
        classsession_id=OuterRef("pk"), mentor_id=OuterRef("application__mentor_id")
    )
    rows = ClassSession.objects.filter(~Exists(giving), application__isnull=False)
    for row in rows.order_by("pk"):
        yield f"class session {row.pk}: whoever offered topic {row.application_id} does not give it"


def _published_against_the_mentor() -> Iterator[str]:
    Answer = ClassSession.Answer
    published = ClassSession.objects.published().order_by("pk")
    for row in published.filter(answer=Answer.DECLINED):
        yield f"class session {row.pk}: was published although the mentor declined"
    for row in published.filter(is_outside_windows=True).exclude(answer=Answer.ACCEPTED):
        yield f"class session {row.pk}: was published outside the offered windows without the mentor's yes"


def _decisions_without_a_step() -> Iterator[str]:
    step = ApplicationStep.objects.filter(
        application=OuterRef("pk"), action=OuterRef("state"), at=OuterRef("decided_at")
    )
    decided = TopicApplication.objects.filter(state__in=TopicApplication.DECIDED)
    for row in decided.filter(~Exists(step)).order_by("pk"):
        yield f"topic {row.pk}: {row.state}, but no step says who decided"


def _wishes_arranged_without_a_class() -> Iterator[str]:
    session = ClassSession.objects.visible().filter(host_event=OuterRef("pk"))
    arranged = HostEvent.objects.filter(~Exists(session), wish=HostEvent.Wish.ARRANGED)
    for row in arranged.order_by("pk"):
        yield f"host event {row.pk}: its class was arranged, but there is none"
