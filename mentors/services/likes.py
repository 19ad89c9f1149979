"""Likes (点赞量, annex 2): from who attended, one for each mentor and year, which can be taken back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Offering, Reservation, ReservationQuerySet
from mentors import errors
from mentors.models import Like, Mentor


@transaction.atomic
def like(*, mentor: Mentor, person: User, by: User, at: datetime) -> Like:
    """Like a mentor for the calendar year of what one attended last; twice is once.

    Raises OwnLike, NotAttendedMentor.
    """
    if mentor.user_id == person.pk:
        raise errors.OwnLike
    # Held until the like is there, so that a check-in taken back meanwhile takes the like with it.
    last = attended_of(mentor, person).select_for_update(no_key=True, of=("self",)).first()
    if last is None:
        raise errors.NotAttendedMentor(mentor=mentor.name)
    kept, _is_new = Like.objects.get_or_create(
        mentor=mentor, person=person, year=year_of(last.offering), defaults={"liked_at": at}
    )
    return kept


@transaction.atomic
def take_back(*, mentor: Mentor, person: User, by: User) -> None:
    """Take back the like that stands for the year of what one attended last; twice is once."""
    last = attended_of(mentor, person).first()
    if last:
        Like.objects.of_year(year_of(last.offering)).filter(mentor=mentor, person=person).delete()


def drop_unfounded(*, reservation: Reservation) -> None:
    """Delete the likes that stood on this attendance alone, now that it was taken back."""
    year = year_of(reservation.offering)
    likes = Like.objects.of_year(year).filter(
        person=reservation.person_id, mentor__user__hostings__offering=reservation.offering_id
    )
    for each in likes.select_related("mentor"):
        if not attended_of(each.mentor, reservation.person).filter(offering__starts_at__year=year).exists():
            each.delete()


def attended_of(mentor: Mentor, person: User) -> ReservationQuerySet:
    """Return what the person attended of the mentor, the latest first, with its offering."""
    attended = Reservation.objects.of(person).filter(
        state=Reservation.State.ATTENDED, offering__hostings__person=mentor.user_id
    )
    return attended.select_related("offering").order_by("-offering__starts_at", "-pk")


def year_of(offering: Offering) -> int:
    """Return the calendar year, Shanghai time, in which an offering begins."""
    return timezone.localtime(offering.starts_at).year
