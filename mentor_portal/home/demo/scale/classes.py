"""The classes of the scaled year: who booked, gave back, waited, came or stayed away, answered and liked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from classrooms.models import ClassRating, ClassSession, Questionnaire, SurveyReceipt, SurveyResult
from classrooms.rules.surveys import points_of_level
from mentor_portal import portal_settings
from mentor_portal.home.demo.scale.cast import ScaledCast, ScaledMentor
from mentor_portal.home.demo.scale.plan import DAY, HOUR
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Hosting, Offering, Reservation
from mentors.models import Like

MINUTE = timedelta(minutes=1)
OPENS_BEFORE, LASTS = 14 * DAY, 1.5 * HOUR
# Of those who came one in so many walked in; of the others one in so many waited in vain.
WALK_IN_EVERY, WAITED_EVERY = 7, 8
# A mentor was not there at one class in so many; of ten who came so many answered, and so many like.
ABSENT_EVERY, ANSWERED, LIKED = 25, 6, 5

State, Cause = Reservation.State, Reservation.Cause


@dataclass
class Class:
    """A class in the making: its offering, and its reservations in order of arrival."""

    mentor: ScaledMentor
    number: int
    offering: Offering
    rows: list[Reservation] = field(default_factory=list)

    @property
    def random(self) -> Random:
        return Random(self.mentor.plan.place * 10 + self.number)

    def attended(self) -> Iterator[Reservation]:
        return (row for row in self.rows if row.state == State.ATTENDED)


def make_classes(cast: ScaledCast, mentors: Sequence[ScaledMentor]) -> list[Reservation]:
    """Make all classes of these mentors with everything that hangs on them; return the reservations."""
    classes = [_class(cast, mentor, number) for mentor in mentors for number in range(mentor.plan.classes)]
    Offering.objects.bulk_create(each.offering for each in classes)
    _make_sessions(cast, classes)
    Hosting.objects.bulk_create(_hosting(each) for each in classes)
    rows = Reservation.objects.bulk_create(row for each in classes for row in each.rows)
    _make_surveys(cast, classes)
    Like.objects.bulk_create(_likes(cast, classes))
    return rows


def _class(cast: ScaledCast, mentor: ScaledMentor, number: int) -> Class:
    place = mentor.plan.place
    room, starts_at = cast.calendar.class_at(place, number)
    offering = finished_offering(
        OfferingKind.CLASS,
        f"规模课堂第{place + 1}-{number + 1}讲",
        starts_at,
        LASTS,
        code=f"scale-class-{place}-{number}",
        host_unit=cast.province,
        venue=cast.class_rooms[room],
    )
    made = Class(mentor, number, offering)
    made.rows = list(_rows(cast, made))
    offering.places_taken = sum(row.state in Reservation.COUNTED and not row.is_walk_in for row in made.rows)
    offering.capacity = max(offering.places_taken, 1)
    return made


def finished_offering(
    kind: OfferingKind, title: str, starts_at: datetime, lasts: timedelta, *, code: str, **fields: object
) -> Offering:
    """Return an offering that took place and was closed, not stored yet."""
    opens_at = starts_at - OPENS_BEFORE
    return Offering(
        kind=kind,
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + lasts,
        booking_opens_at=opens_at,
        booking_closes_at=starts_at,
        published_at=opens_at - DAY,
        state=Offering.State.FINISHED,
        finished_at=starts_at + lasts + HOUR,
        check_in_code=code,
        **fields,
    )


def attended_row(offering: Offering, person: int, is_walk_in: bool = False) -> Reservation:
    """Return the reservation of somebody who was there."""
    booked_at = offering.starts_at if is_walk_in else offering.booking_opens_at
    return Reservation(
        offering=offering,
        person_id=person,
        state=State.ATTENDED,
        is_walk_in=is_walk_in,
        queued_at=booked_at,
        confirmed_at=None if is_walk_in else booked_at,
        checked_in_at=offering.starts_at,
        checked_in_by_id=person,
    )


def _rows(cast: ScaledCast, made: Class) -> Iterator[Reservation]:
    plan, number, offering = made.mentor.plan, made.number, made.offering
    came = plan.attended_of_class(number)
    others = plan.reservations_of_class(number) - came
    waited = others // WAITED_EVERY
    gave_back = (others - waited) * plan.given_back // 10
    for row in range(came + others):
        person = cast.seekers[cast.calendar.seeker_of_class(plan.place, number, row)]
        if row < came:
            yield attended_row(offering, person, is_walk_in=row % WALK_IN_EVERY == WALK_IN_EVERY - 1)
            continue
        queued_at = offering.booking_opens_at + row * MINUTE
        if row < came + waited:
            yield _ended(offering, person, queued_at, Cause.NOT_REACHED)
        elif row < came + waited + gave_back:
            yield _ended(offering, person, queued_at, Cause.PERSON)
        else:
            yield Reservation(
                offering=offering,
                person_id=person,
                state=State.NO_SHOW,
                queued_at=queued_at,
                confirmed_at=queued_at,
            )


def _ended(offering: Offering, person: int, queued_at: datetime, cause: Cause) -> Reservation:
    """A place given back within minutes, or a place in the queue that was never reached."""
    has_waited = cause == Cause.NOT_REACHED
    return Reservation(
        offering=offering,
        person_id=person,
        state=State.CANCELLED,
        queued_at=queued_at,
        confirmed_at=None if has_waited else queued_at,
        ended_at=offering.finished_at if has_waited else queued_at + 4 * MINUTE,
        ended_by_id=None if has_waited else person,
        cause=cause,
    )


def _make_sessions(cast: ScaledCast, classes: Sequence[Class]) -> None:
    ClassSession.objects.bulk_create(
        ClassSession(
            offering=each.offering,
            topic_type=cast.topic_types[each.number % len(cast.topic_types)],
            category=cast.categories[each.mentor.plan.place % len(cast.categories)],
            outline="规模测试，不是真实课堂。",
            audience="规模测试",
        )
        for each in classes
    )
    links = ClassSession.mentors.through
    links.objects.bulk_create(
        links(classsession_id=each.offering.pk, mentor_id=each.mentor.pk) for each in classes
    )


def _hosting(made: Class) -> Hosting:
    is_absent = (made.mentor.plan.place + made.number) % ABSENT_EVERY == 0
    return present(made.offering, made.mentor, Hosting.Presence.ABSENT if is_absent else None)


def present(offering: Offering, mentor: ScaledMentor, presence: Hosting.Presence | None = None) -> Hosting:
    """Return that a mentor was there, unless said otherwise."""
    return Hosting(
        offering=offering,
        person_id=mentor.person,
        presence=presence or Hosting.Presence.PRESENT,
        presence_noted_at=offering.starts_at,
    )


def _make_surveys(cast: ScaledCast, classes: Sequence[Class]) -> None:
    """Let most of those who came rate and answer; nobody so low that staff have to see to it."""
    questionnaire = Questionnaire.objects.of_year(cast.calendar.year)
    items = list(questionnaire.items.values_list("pk", flat=True))
    fewest = portal_settings.read()["SURVEY_SHOWN_FROM"]
    ratings: list[ClassRating] = []
    results: list[SurveyResult] = []
    for each in classes:
        random = each.random
        given = [_rating(each, row, random) for row in each.attended() if random.randrange(10) < ANSWERED]
        if given:
            ratings.extend(given)
            results.append(_result(each, questionnaire, items, given, fewest))
    SurveyReceipt.objects.bulk_create(SurveyReceipt(reservation_id=each.reservation_id) for each in ratings)
    ClassRating.objects.bulk_create(ratings)
    SurveyResult.objects.bulk_create(results)


def _rating(made: Class, row: Reservation, random: Random) -> ClassRating:
    level = max(3, made.mentor.plan.level - random.randrange(2))
    return ClassRating(reservation_id=row.pk, level=level, rated_at=made.offering.finished_at)


def _result(
    made: Class, questionnaire: Questionnaire, items: list[int], ratings: list[ClassRating], fewest: int
) -> SurveyResult:
    counts = Counter(str(points_of_level(each.level)) for each in ratings)
    points = len(items) * sum(points_of_level(each.level) for each in ratings)
    figures = {
        "answers": len(ratings),
        "points": points,
        "tallies": {str(item): dict(counts) for item in items},
        "words": [],
    }
    return SurveyResult(
        session_id=made.offering.pk,
        questionnaire=questionnaire,
        shown=figures if len(ratings) >= fewest else {},
        **figures,
    )


def _likes(cast: ScaledCast, classes: Sequence[Class]) -> Iterator[Like]:
    """Yield one like of each mentor by half of those who came, however often they came."""
    places = {person: place for place, person in enumerate(cast.seekers)}
    liked = set()
    for each in classes:
        for row in each.attended():
            pair = each.mentor.pk, row.person_id
            turn = places[row.person_id] + each.mentor.plan.place
            if turn % 10 < LIKED and pair not in liked:
                liked.add(pair)
                yield Like(
                    mentor_id=each.mentor.pk,
                    person_id=row.person_id,
                    year=cast.calendar.year,
                    liked_at=each.offering.finished_at,
                )
