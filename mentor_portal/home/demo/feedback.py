"""What people said about the demo's classes, and what staff made of the low ratings; told by the services."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from classrooms import services
from classrooms.models import ClassRating, ClassSession, RatingTag
from mentor_portal.accounts.models import User
from mentor_portal.home.demo import words
from mentor_portal.home.demo.people import MENTOR, SEEKER, STAFF, UNIT_STAFF
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.satisfaction import Satisfaction
from mentor_portal.workdays import end_of_workday

HOURS, DAY = timedelta(hours=1), timedelta(days=1)
# So far back people may still answer.
LAST_DAYS = 20
# How many answer: for the mentor of the sign-ins and for others; two are too few to be shown.
OF_THE_MENTOR, OF_OTHERS = (9, 7, 2), (8, 5, 2, 6, 4, 10, 3)
OF_LONG_AGO = (3, 0, 5, 2)
MOST = max(OF_OTHERS)
LEVELS = (5, 4, 5, 5, 3, 4, 5)
# What some give to the first two items instead of what their level counts as.
GRADES = ((20, 15), (), (15, 10), (), (20, 20))
LATE_AFTER = 3 * HOURS
LONG_AGO = 8 * DAY
JUST_NOW = HOURS / 3


def tell(at: datetime) -> None:
    """Let people rate and answer, and staff reply; where somebody has rated, nothing more is said."""
    if ClassRating.objects.exists():
        return
    staff, seeker = User.objects.get(phone=STAFF), User.objects.get(phone=SEEKER)
    over = _over(at)
    of_mentor = over.filter(there__gt=OF_THE_MENTOR[-1], class_session__mentors__user__phone=MENTOR)
    own = list(of_mentor[: len(OF_THE_MENTOR)])
    crowded = over.filter(there__gt=MOST).exclude(pk__in=[each.pk for each in own])
    rest = crowded.exclude(reservations__person=seeker)
    of_unit = rest.filter(host_unit__staff__phone=UNIT_STAFF)
    unit = next((each for each in of_unit if end_of_workday(each.ends_at + LATE_AFTER, 1) < at), None)
    others = [each for each in rest.filter(ends_at__lt=at - LONG_AGO) if each != unit][: len(OF_OTHERS)]
    told = [*zip(own, OF_THE_MENTOR, strict=False), *zip(others, OF_OTHERS, strict=False)]
    if own:
        _complain(_next_at(own[0]), at - JUST_NOW, at)
    if unit:
        told.append((unit, OF_OTHERS[-1]))
        _complain(_next_at(unit), unit.ends_at + LATE_AFTER, at, number=1)
    if len(others) > 1:
        settled, replied, *_ = others
        _settle_and_follow_up(_next_at(settled), staff, at)
        _reply(_complain(_next_at(replied), replied.ends_at + 2 * HOURS, at), 0, staff, at)
    _speak_for(seeker, staff, at)
    long_ago = _finished().filter(ends_at__lte=at - LAST_DAYS * DAY)
    told += [(offering, OF_LONG_AGO[offering.pk % len(OF_LONG_AGO)]) for offering in long_ago]
    for offering, many in told:
        _answer(offering, many, at)


def _over(at: datetime) -> QuerySet[Offering]:
    """The classes of the last weeks with how many were there, the newest first."""
    over = _finished().filter(ends_at__gt=at - LAST_DAYS * DAY, ends_at__lt=at - HOURS)
    there = Count("reservations", filter=Q(reservations__state=Reservation.State.ATTENDED))
    return over.annotate(there=there).order_by("-ends_at", "-pk")


def _finished() -> QuerySet[Offering]:
    return Offering.objects.filter(kind=OfferingKind.CLASS, state=Offering.State.FINISHED)


def _silent(offering: Offering) -> QuerySet[Reservation]:
    """Those who were there and have not answered, by their booking."""
    there = offering.reservations.filter(state=Reservation.State.ATTENDED, survey_receipt=None)
    return there.exclude(person__phone=SEEKER).select_related("person", "offering").order_by("pk")


def _next_at(offering: Offering) -> Reservation:
    return _silent(offering)[0]


def _answer(offering: Offering, many: int, at: datetime) -> None:
    said = words.read("feedback")
    praise = list(RatingTag.objects.filter(is_praise=True))
    items = list(services.questionnaire_for(session=_session_of(offering)).items.all()[:2])
    for number, row in enumerate(list(_silent(offering)[:many]), start=offering.pk):
        level = LEVELS[number % len(LEVELS)]
        grades = GRADES[number % len(GRADES)]
        _give(
            row,
            level,
            tags=praise[number % len(praise) :][:2] if level >= Satisfaction.GOOD else (),
            words=said["praise"]["words"][number % len(said["praise"]["words"])],
            survey=said["survey"]["words"][number % len(said["survey"]["words"])],
            grades={item.pk: points for item, points in zip(items, grades, strict=False)},
            at=min(offering.ends_at + (number - offering.pk + 1) * HOURS, at),
        )


def _complain(row: Reservation, rated_at: datetime, at: datetime, number: int = 0) -> ClassRating:
    low = words.read("feedback")["low"]
    return _give(
        row,
        Satisfaction.POOR if number % 2 else Satisfaction.VERY_POOR,
        tags=RatingTag.objects.filter(word=low["tags"][number]),
        words=low["words"][number],
        at=min(max(rated_at, row.offering.ends_at), at),
    )


def _reply(rating: ClassRating, number: int, staff: User, at: datetime) -> None:
    reply = words.read("feedback")["low"]["replies"][number]
    replied_at = min(rating.rated_at + 4 * HOURS, at)
    services.reply_to_case(case=rating.case, reply=reply, by=staff, at=replied_at)


def _settle(rating: ClassRating, number: int, staff: User, at: datetime) -> None:
    settlement = words.read("feedback")["low"]["settlements"][number]
    settled_at = min(rating.rated_at + 2 * DAY, at)
    services.settle_case(case=rating.case, settlement=settlement, by=staff, at=settled_at)


def _settle_and_follow_up(row: Reservation, staff: User, at: datetime) -> None:
    rating = _complain(row, row.offering.ends_at + HOURS, at, number=1)
    _reply(rating, 1, staff, at)
    _settle(rating, 1, staff, at)
    said, person = words.read("feedback")["low"]["again"], row.person
    services.follow_up(rating=rating, level=Satisfaction.GOOD, words=said, by=person, at=at - DAY)


def _speak_for(seeker: User, staff: User, at: datetime) -> None:
    """Of the classes of the sign-in one is still to be rated; another was low, and is settled."""
    mine = Reservation.objects.of(seeker).filter(
        state=Reservation.State.ATTENDED,
        offering__kind=OfferingKind.CLASS,
        offering__state=Offering.State.FINISHED,
        offering__ends_at__gt=at - LAST_DAYS * DAY,
    )
    for row in mine.select_related("offering", "person").order_by("-offering__ends_at")[1:2]:
        rating = _complain(row, row.offering.ends_at + HOURS, at, number=2)
        _reply(rating, 0, staff, at)
        _settle(rating, 0, staff, at)
        about = Message.objects.of(seeker).filter(key__startswith=f"rating:{rating.pk}:")
        about.update(read_at=min(rating.rated_at + 3 * DAY, at))


def _give(
    row: Reservation,
    level: int,
    *,
    tags: Iterable[RatingTag],
    words: str,
    at: datetime,
    survey: str = "",
    grades: Mapping[int, int] | None = None,
) -> ClassRating:
    said: dict[str, Any] = {"tags": tags, "rating_words": words, "survey_words": survey}
    given = services.give_feedback(
        reservation=row, level=level, grades=grades or {}, by=row.person, at=at, **said
    )
    return given.rating


def _session_of(offering: Offering) -> ClassSession:
    return ClassSession.objects.select_related("offering").get(pk=offering.pk)
