"""How much each mentor of the scaled year did, and when: plain numbers that follow from a place."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random

from mentor_portal.moments import midnight

# Of each mentor, whatever else differs: rows of reservations, and how many of them were attended.
RESERVATIONS, ATTENDED = 100, 20
MOST_CLASSES, MOST_DUTIES = 8, 5
# A room for so many mentors, and so many people beside each room: as many as the largest class has rows.
MENTORS_PER_ROOM = 10
SEEKERS_PER_ROOM = 50
MENTORS_PER_CLINIC, MENTORS_PER_TRIP = 4, 6
# Made and written at once: a whole number of clinics and of trips.
BLOCK = 240

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CLASS_HOURS = (9, 11, 14, 16)
DUTY_HOUR, CLINIC_HOUR, TRIP_HOUR = 18, 20, 9
# A year is only taken with so many days behind it, or there are too few for all duties.
FIRST_DAY_TO_FILL = (3, 15)
SUNDAY = 7


def year_before(today: date) -> int:
    """Return the year that is filled: that of today, early in it the one before."""
    return today.year if (today.month, today.day) >= FIRST_DAY_TO_FILL else today.year - 1


@dataclass(frozen=True)
class MentorPlan:
    """What one mentor did in the year; ``given_back`` of ten who did not come had cancelled."""

    place: int
    classes: int
    duties: int
    placements: int
    free_reports: int
    bonus_events: int
    given_back: int
    level: int

    @property
    def trips(self) -> int:
        return trips_of(self.place // MENTORS_PER_TRIP)

    def reservations_of_class(self, number: int) -> int:
        return _share(RESERVATIONS - self.duties - self.trips, self.classes, number)

    def attended_of_class(self, number: int) -> int:
        return _share(ATTENDED - self.duties - self.trips, self.classes, number)


def plan_of(place: int) -> MentorPlan:
    """Return the plan of the mentor at this place; chance that is the same every time."""
    random = Random(place)
    return MentorPlan(
        place=place,
        classes=random.randint(2, MOST_CLASSES),
        duties=random.randint(0, MOST_DUTIES),
        placements=random.randint(0, 3),
        free_reports=random.randint(0, 2),
        bonus_events=random.randint(0, 3),
        given_back=random.randint(1, 7),
        level=random.randint(3, 5),
    )


def trips_of(group: int) -> int:
    """Return on how many trips a group of mentors went together."""
    return 1 + group % 2


@dataclass(frozen=True)
class Calendar:
    """The days of the year that are over, and who uses which room when; nothing overlaps."""

    year: int
    today: date
    mentors: int

    @property
    def rooms(self) -> int:
        return -(-self.mentors // MENTORS_PER_ROOM)

    @property
    def seekers(self) -> int:
        return self.rooms * SEEKERS_PER_ROOM

    @cached_property
    def workdays(self) -> list[date]:
        return [day for day in self._days() if day.isoweekday() != SUNDAY]

    @cached_property
    def sundays(self) -> list[date]:
        return [day for day in self._days() if day.isoweekday() == SUNDAY]

    def class_at(self, place: int, number: int) -> tuple[int, datetime]:
        """Return the room and the start of a mentor's class."""
        slot, room = self._slot(place, number)
        day = self._spread(slot, MOST_CLASSES)
        return room, at_hour(day, CLASS_HOURS[slot % len(CLASS_HOURS)])

    def duty_at(self, place: int, number: int) -> tuple[int, datetime]:
        slot, room = self._slot(place, number)
        return room, at_hour(self._spread(slot, MOST_DUTIES), DUTY_HOUR)

    def clinic_at(self, group: int) -> tuple[int, datetime]:
        slot, room = divmod(group, self.rooms)
        return room, at_hour(self.workdays[slot], CLINIC_HOUR)

    def trip_at(self, group: int, number: int) -> datetime:
        return at_hour(self.sundays[(2 * group + number) % len(self.sundays)], TRIP_HOUR)

    def day_of(self, turn: int) -> date:
        """Return a day for what can happen on any."""
        return self.workdays[turn % len(self.workdays)]

    def seeker_of_class(self, place: int, number: int, row: int) -> int:
        """Return who holds this row of a class: nobody is in two classes at one time."""
        slot, room = self._slot(place, number)
        return (slot * 7919 + room * SEEKERS_PER_ROOM + row) % self.seekers

    def _slot(self, place: int, number: int) -> tuple[int, int]:
        return divmod(number * self.mentors + place, self.rooms)

    def _spread(self, slot: int, most: int) -> date:
        slots = -(-most * self.mentors // self.rooms)
        return self.workdays[slot * len(self.workdays) // slots]

    def _days(self) -> list[date]:
        first = date(self.year, 1, 1)
        last = min(self.today, date(self.year + 1, 1, 1))
        return [first + DAY * number for number in range((last - first).days)]


def at_hour(day: date, hour: int) -> datetime:
    return midnight(day) + hour * HOUR


def _share(total: int, parts: int, number: int) -> int:
    """Return the part of a total that is divided as evenly as whole numbers can be."""
    return total * (number + 1) // parts - total * number // parts
