"""What must always be true of mentors, looked up in the whole database."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef

from mentor_portal.reservations.models import Reservation
from mentors.models import Like


def broken() -> Iterator[str]:
    """Yield one sentence for each broken invariant."""
    attended = Reservation.objects.filter(
        person=OuterRef("person"),
        state=Reservation.State.ATTENDED,
        offering__hostings__person=OuterRef("mentor__user"),
        offering__starts_at__year=OuterRef("year"),
    )
    for row in Like.objects.filter(~Exists(attended)).order_by("pk"):
        who = f"person {row.person_id} attended nothing of mentor {row.mentor_id}"
        yield f"like {row.pk}: {who} in {row.year}"
    for row in Like.objects.filter(person=F("mentor__user")).order_by("pk"):
        yield f"like {row.pk}: mentor {row.mentor_id} likes the own work"
