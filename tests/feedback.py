"""Makes classes that are over, those who were there, and what they thought."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from classrooms.models import ClassRating, ClassSession, RatingTag
from classrooms.services import give_feedback
from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.services import finish_offering
from tests import offerings


def past_session(days: float = 1, **fields: object) -> ClassSession:
    """Make a class that ended some days ago and is not closed yet."""
    starts_at = timezone.now() - timedelta(days=days, hours=2)
    return offerings.make_session(starts_at=starts_at, **fields)


def attend(session: ClassSession, people: list[User]) -> list[Reservation]:
    """Note these people as having been there."""
    starts_at = session.offering.starts_at
    rows = [
        Reservation(
            offering_id=session.pk,
            person=person,
            state=Reservation.State.ATTENDED,
            is_walk_in=True,
            queued_at=starts_at,
            checked_in_at=starts_at,
            checked_in_by=person,
        )
        for person in people
    ]
    return Reservation.objects.bulk_create(rows)


def attended(count: int = 1, days: int = 1, **fields: object) -> list[Reservation]:
    """Make a class that is over and closed, and so many who were there."""
    session = past_session(days, **fields)
    rows = attend(session, offerings.make_people(count))
    finish_offering(offering_id=session.pk, at=timezone.now())
    return rows


def give(
    reservation: Reservation,
    level: int = 5,
    *,
    tags: tuple[str, ...] = (),
    rating_words: str = "",
    grades: Mapping[int, int] | None = None,
    survey_words: str = "",
    at: datetime | None = None,
) -> ClassRating:
    """Let somebody rate the class and answer its survey."""
    return give_feedback(
        reservation=reservation,
        level=level,
        tags=RatingTag.objects.filter(word__in=tags),
        rating_words=rating_words,
        grades=grades or {},
        survey_words=survey_words,
        by=reservation.person,
        at=at or timezone.now(),
    ).rating


def offering_of(reservation: Reservation) -> Offering:
    return Offering.objects.get(pk=reservation.offering_id)
