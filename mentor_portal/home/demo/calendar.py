"""Which classes take place on a day: the same for a day whenever and in whichever portal it is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache

from django.utils import timezone

from mentor_portal.accounts.models import Prefecture
from mentor_portal.home.demo.words import Topic, material
from mentor_portal.moments import midnight

DAYS_BEFORE, DAYS_AHEAD = 14, 27
# Of the months before, back to last January: these days, with so many classes last year and this year.
DAYS_OF_HISTORY = (4, 11, 18, 25)
OF_LAST_YEAR, OF_THIS_YEAR = 1, 2

# Starts and minutes that take turns; times of different parts of a day never overlap.
MORNING = ((time(9, 30), 90), (time(9, 0), 120), (time(10, 0), 90))
AFTERNOON = ((time(14, 30), 90), (time(14, 0), 120), (time(14, 0), 90))
LATE = ((time(16, 30), 90), (time(16, 30), 60), (time(16, 20), 90))
EVENING = ((time(19, 0), 90), (time(18, 30), 90), (time(19, 0), 60))
PARTS_BY_WEEKDAY = (*[(MORNING, AFTERNOON, LATE, EVENING)] * 5, (MORNING, LATE, EVENING), (LATE, EVENING))
CLASSES_A_WEEK = sum(map(len, PARTS_BY_WEEKDAY))

MONTHS = 12

# So many classes in a row have one that is called off and one that is a draft.
RUN = 36

SIZES = (36, 24, 48, 30, 40, 60, 32)
OPENS_DAYS_BEFORE, OPENS_LATE_DAYS_BEFORE = 30, 7


class Demand(StrEnum):
    """How full a class becomes; six classes in a row always have some of each."""

    FREE = "free"
    FEW_LEFT = "few left"
    FULL = "full"
    QUIET = "quiet"


class Standing(StrEnum):
    HELD = "held"
    DRAFT = "draft"
    CANCELLED = "cancelled"


DEMANDS = (Demand.FREE, Demand.FEW_LEFT, Demand.FREE, Demand.FULL, Demand.FEW_LEFT, Demand.QUIET)
FREE_PERCENT = (55, 35, 70, 20, 45)
QUIET_PERCENT = (12, 0, 30, 5, 20, 40, 8)
SEATS_LEFT = (3, 1, 4, 2, 5)
WAITING = (5, 2, 12, 0, 3, 8)


@dataclass(frozen=True, kw_only=True)
class ClassPlan:
    """A class as the calendar has it; ``number`` counts all classes of the calendar."""

    number: int
    topic: Topic
    starts_at: datetime
    ends_at: datetime
    opens_at: datetime
    prefecture: str
    standing: Standing

    def has_opened(self, today: date) -> bool:
        """Tell whether booking opened before today."""
        return self.opens_at.date() < today

    @property
    def has_second_mentor(self) -> bool:
        return self.number % 9 == 4

    @property
    def venue_turn(self) -> int:
        """Which of the prefecture's venues, in turn."""
        return self.number // 2

    @property
    def size(self) -> int:
        """How many places, where the venue has as many."""
        return SIZES[self.number % len(SIZES)]

    def taken_of(self, capacity: int) -> int:
        """Return how many places of so many are taken in the end."""
        demand, lap = DEMANDS[self.number % len(DEMANDS)], self.number // len(DEMANDS)
        if demand is Demand.FULL:
            return capacity
        if demand is Demand.FEW_LEFT:
            return capacity - SEATS_LEFT[lap % len(SEATS_LEFT)]
        percents = QUIET_PERCENT if demand is Demand.QUIET else FREE_PERCENT
        return capacity * percents[lap % len(percents)] // 100

    @property
    def waiting(self) -> int:
        """How many wait in the end."""
        is_full = DEMANDS[self.number % len(DEMANDS)] is Demand.FULL
        return WAITING[self.number // len(DEMANDS) % len(WAITING)] if is_full else 0


def days_around(today: date) -> list[date]:
    """Return the six weeks of the demo: two past, today and what comes."""
    return [today + timedelta(days=offset) for offset in range(-DAYS_BEFORE, DAYS_AHEAD + 1)]


def plans_by_day(today: date) -> list[list[ClassPlan]]:
    """Return all classes of the demo: a few of the months before, then all of the six weeks."""
    return [*_history(today), *(classes_on(day) for day in days_around(today))]


def _history(today: date) -> Iterator[list[ClassPlan]]:
    begins = days_around(today)[0]
    for month in range(2 * MONTHS):
        for day in DAYS_OF_HISTORY:
            held_on = date(today.year - 1 + month // MONTHS, month % MONTHS + 1, day)
            if held_on < begins:
                yield classes_on(held_on)[: OF_THIS_YEAR if held_on.year == today.year else OF_LAST_YEAR]


def classes_on(day: date) -> list[ClassPlan]:
    """Return the classes of a day, the earliest first."""
    week, weekday = divmod(day.toordinal() - 1, 7)
    first = week * CLASSES_A_WEEK + sum(len(parts) for parts in PARTS_BY_WEEKDAY[:weekday])
    return [_plan(day, first + place, part) for place, part in enumerate(PARTS_BY_WEEKDAY[weekday])]


def _plan(day: date, number: int, part: tuple[tuple[time, int], ...]) -> ClassPlan:
    topics = material().topics
    clock, minutes = part[number % len(part)]
    starts_at = timezone.make_aware(datetime.combine(day, clock))
    return ClassPlan(
        number=number,
        topic=topics[number % len(topics)],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        opens_at=_opens_at(day, number),
        prefecture=_prefecture(number),
        standing=_standing(number),
    )


def _opens_at(day: date, number: int) -> datetime:
    """Most can be booked for a month; every twelfth opens a week before."""
    if number % 12 == 6:
        return midnight(day - timedelta(days=OPENS_LATE_DAYS_BEFORE)) + timedelta(hours=10)
    return midnight(day - timedelta(days=OPENS_DAYS_BEFORE)) + timedelta(hours=9)


def _standing(number: int) -> Standing:
    """One of each run of classes is called off, and one not yet published; neither is full or nearly so.

    They are of mornings and early afternoons, so that each day has something to come until evening.
    """
    run = number // RUN
    candidates = [
        place for place in range(run * RUN, (run + 1) * RUN) if _is_early(place) and _is_free(place)
    ]
    return {candidates[0]: Standing.CANCELLED, candidates[-1]: Standing.DRAFT}.get(number, Standing.HELD)


def _is_early(number: int) -> bool:
    """Tell whether a class is one of the first two of a working day."""
    day, place = divmod(number % CLASSES_A_WEEK, len(PARTS_BY_WEEKDAY[0]))
    return day < 5 and place < 2


def _is_free(number: int) -> bool:
    return DEMANDS[number % len(DEMANDS)] is Demand.FREE


def _prefecture(number: int) -> str:
    """Return where a class is held: where its chain is at home, or prefecture after prefecture."""
    topics = material().topics
    lap, place = divmod(number, len(topics))
    at_home = topics[place].prefectures
    if at_home:
        return at_home[(lap + place) % len(at_home)]
    anywhere = _places_of_topics_held_anywhere()
    turn = lap * len(anywhere) + anywhere.index(place)
    return Prefecture.values[turn % len(Prefecture.values)]


@cache
def _places_of_topics_held_anywhere() -> list[int]:
    return [place for place, topic in enumerate(material().topics) if not topic.prefectures]
