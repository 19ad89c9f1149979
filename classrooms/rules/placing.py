"""Half-days, windows of time, and what may become of an application."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum


class DayPart(StrEnum):
    """The parts of a day that mentors offer and venues are placed by."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"

    @property
    def word(self) -> str:
        return _PARTS[self].word

    @property
    def begins(self) -> time:
        return _PARTS[self].begins

    @property
    def ends(self) -> time:
        return _PARTS[self].ends

    @property
    def usual_start(self) -> time:
        """When a class of this part starts unless staff say otherwise."""
        return _PARTS[self].usual_start


@dataclass(frozen=True)
class _Part:
    word: str
    begins: time
    ends: time
    usual_start: time


_PARTS = {
    DayPart.MORNING: _Part("上午", time(8), time(12), time(9, 30)),
    DayPart.AFTERNOON: _Part("下午", time(12), time(18), time(14, 30)),
    DayPart.EVENING: _Part("晚上", time(18), time(22), time(19)),
}


@dataclass(frozen=True)
class HalfDay:
    """A part of one day: a cell of the grid."""

    day: date
    part: DayPart

    def __lt__(self, other: "HalfDay") -> bool:
        return (self.day, self.part.begins) < (other.day, other.part.begins)

    @property
    def code(self) -> str:
        """How forms and addresses name it: 2026-03-12:morning."""
        return f"{self.day.isoformat()}:{self.part}"

    def span(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Return when it begins and ends."""
        begins = datetime.combine(self.day, self.part.begins, zone)
        return begins, datetime.combine(self.day, self.part.ends, zone)

    def usual_span(self, zone: tzinfo, minutes: int) -> tuple[datetime, datetime]:
        """Return when a class of so many minutes usually takes place in it."""
        starts_at = datetime.combine(self.day, self.part.usual_start, zone)
        return starts_at, starts_at + timedelta(minutes=minutes)


def half_day_of(code: str) -> HalfDay:
    """Return the half-day that a code names; ValueError where it names none."""
    day, _, part = code.partition(":")
    return HalfDay(date.fromisoformat(day), DayPart(part))


def grid(first: date, days: int) -> Iterator[HalfDay]:
    """Yield every half-day of so many days, in order."""
    for offset in range(days):
        for part in DayPart:
            yield HalfDay(first + timedelta(days=offset), part)


def fits(starts_at: datetime, ends_at: datetime, windows: Iterable[tuple[datetime, datetime]]) -> bool:
    """Tell whether a class lies wholly within the offered windows; windows that touch count as one."""
    reached = starts_at
    for begins, ends in sorted(windows):
        if begins <= reached < ends:
            reached = ends
        if reached >= ends_at:
            return True
    return False


def moved_into(
    span: tuple[datetime, datetime], window: tuple[datetime, datetime]
) -> tuple[datetime, datetime] | None:
    """Return a span of the same length, as near to the given one as the window has room for it, or None."""
    length = span[1] - span[0]
    starts_at = max(window[0], min(span[0], window[1] - length))
    ends_at = starts_at + length
    return (starts_at, ends_at) if ends_at <= window[1] else None


class Decision(StrEnum):
    """What a reviewer makes of a submitted application."""

    APPROVE = "approved"
    RETURN = "returned"
    REJECT = "rejected"

    @property
    def needs_comment(self) -> bool:
        return self is not Decision.APPROVE
