"""好差评 of classes: one submit after the class, and what staff make of a low one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from classrooms import errors
from classrooms.models import ClassRating, RatingCase, RatingTag, SurveyReceipt
from classrooms.models.ratings import LOWEST
from classrooms.selectors.feedback import feedback_closes_at
from classrooms.services.surveys import add_answer
from classrooms.services.telling import tell_rater
from classrooms.wordings import Kind
from mentor_portal import portal_settings
from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.services import places
from mentor_portal.wording import moment
from mentor_portal.workdays import end_of_workday


@dataclass(frozen=True)
class Feedback:
    """A rating, and whether this very request gave it."""

    rating: ClassRating
    is_new: bool


@transaction.atomic
def give_feedback(
    *,
    reservation: Reservation,
    level: int,
    tags: Iterable[RatingTag],
    rating_words: str,
    grades: Mapping[int, int],
    survey_words: str,
    by: User,
    at: datetime,
) -> Feedback:
    """Write the named rating, the anonymous answers and the receipt.

    A second time is answered with the first. ``grades`` are points by item; what is left out counts as the
    level. The two lowest levels open a case. Raises NotAttended, ClassNotOver, FeedbackClosed.
    """
    offering = places.lock_offering(reservation.offering_id)
    given = ClassRating.objects.filter(pk=reservation.pk).first()
    if given:
        return Feedback(given, is_new=False)
    reservation = Reservation.objects.get(pk=reservation.pk)
    _refuse_feedback(offering, reservation, at)
    rating = ClassRating.objects.create(reservation=reservation, level=level, words=rating_words, rated_at=at)
    rating.tags.set(tags)
    add_answer(reservation=reservation, level=level, grades=grades, words=survey_words)
    if level in LOWEST:
        _open_case(rating, at)
    return Feedback(rating, is_new=True)


@transaction.atomic
def reply_to_case(*, case: RatingCase, reply: str, by: User, at: datetime) -> RatingCase:
    """Answer somebody who rated low, once. Raises WordsMissing, CaseReplied."""
    case, words = _lock(case), _written(reply, "回复")
    if case.replied_at:
        raise errors.CaseReplied(who=case.replied_by, when=moment(case.replied_at))
    case.reply, case.replied_at, case.replied_by = words, at, by
    case.save(update_fields=["reply", "replied_at", "replied_by"])
    tell_rater(case.rating, Kind.RATING_REPLIED, words, at)
    return case


@transaction.atomic
def settle_case(*, case: RatingCase, settlement: str, by: User, at: datetime) -> RatingCase:
    """Say what came of a low rating, once. Raises WordsMissing, CaseNotReplied, CaseSettled."""
    case, words = _lock(case), _written(settlement, "办理结果")
    if not case.replied_at:
        raise errors.CaseNotReplied
    if case.settled_at:
        raise errors.CaseSettled(who=case.settled_by, when=moment(case.settled_at))
    case.settlement, case.settled_at, case.settled_by = words, at, by
    case.save(update_fields=["settlement", "settled_at", "settled_by"])
    tell_rater(case.rating, Kind.RATING_SETTLED, words, at)
    return case


@transaction.atomic
def follow_up(*, rating: ClassRating, level: int, words: str, by: User, at: datetime) -> Feedback:
    """Rate once more what staff made of a low rating; a second time is answered with the first.

    Possible from the staff's reply on. Raises NothingToFollowUp.
    """
    rating = ClassRating.objects.select_for_update(no_key=True, of=("self",)).get(pk=rating.pk)
    if rating.follow_up_level:
        return Feedback(rating, is_new=False)
    if not RatingCase.objects.filter(pk=rating.pk, replied_at__isnull=False).exists():
        raise errors.NothingToFollowUp
    rating.follow_up_level, rating.follow_up_words, rating.followed_up_at = level, words, at
    rating.save(update_fields=["follow_up_level", "follow_up_words", "followed_up_at"])
    return Feedback(rating, is_new=True)


def refuse_undo(*, reservation: Reservation) -> None:
    """Keep the check-in of whoever has answered: a receipt always stands for somebody who was there.

    Nobody could take the answers out again, as nobody knows them. Raises FeedbackGiven.
    """
    if SurveyReceipt.objects.filter(pk=reservation.pk).exists():
        raise errors.FeedbackGiven(name=str(reservation.person))


def _refuse_feedback(offering: Offering, reservation: Reservation, at: datetime) -> None:
    title = offering.title
    if reservation.state != Reservation.State.ATTENDED:
        raise errors.NotAttended(title=title)
    if at < offering.ends_at:
        raise errors.ClassNotOver(title=title, ends=moment(offering.ends_at))
    if at > feedback_closes_at(offering):
        raise errors.FeedbackClosed(title=title, days=portal_settings.read()["SURVEY_OPEN_DAYS"])


def _open_case(rating: ClassRating, at: datetime) -> None:
    days = portal_settings.read()
    RatingCase.objects.create(
        rating=rating,
        opened_at=at,
        reply_due_at=end_of_workday(at, days["RATING_REPLY_WORKDAYS"]),
        settle_due_at=end_of_workday(at, days["RATING_SETTLE_WORKDAYS"]),
    )


def _lock(case: RatingCase) -> RatingCase:
    locked = RatingCase.objects.select_for_update(no_key=True, of=("self",))
    loaded = locked.select_related("rating__reservation__offering", "replied_by", "settled_by")
    return loaded.get(pk=case.pk)


def _written(text: str, what: str) -> str:
    words = text.strip()
    if not words:
        raise errors.WordsMissing(what=what)
    return words
