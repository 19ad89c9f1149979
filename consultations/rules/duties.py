"""Pure decisions about duties: repeated days, and the slots they are cut into."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta, tzinfo

WEEK = timedelta(days=7)


def weekly_days(*, first: date, until: date, exceptions: Collection[date] = ()) -> list[date]:
    """Return the first day and the same weekday of each week up to ``until``, without the exceptions."""
    many = (until - first).days // 7 + 1
    days = (first + WEEK * number for number in range(many))
    return [day for day in days if day not in exceptions]


def next_working_day(today: date) -> date:
    """Return the first day after today from Monday to Friday; holidays are not known here."""
    day = today + timedelta(days=1)
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    return day


def span_on(day: date, begins: time, ends: time, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the moments at which wall times fall on a day, whatever the clocks did in between."""
    return datetime.combine(day, begins, zone), datetime.combine(day, ends, zone)


def cut(starts_at: datetime, ends_at: datetime, minutes: int) -> Iterator[tuple[datetime, datetime]]:
    """Yield the whole slots of so many minutes that fit, one after the other; a rest too short is left."""
    length = timedelta(minutes=minutes)
    while starts_at + length <= ends_at:
        yield starts_at, starts_at + length
        starts_at += length


def joined(taken: Iterable[tuple[datetime, datetime, str]]) -> list[tuple[datetime, datetime, str]]:
    """Return spans of time with their titles in order, those of one title that follow each other as one."""
    found: list[tuple[datetime, datetime, str]] = []
    for starts_at, ends_at, title in sorted(taken):
        if found and found[-1][1:] == (starts_at, title):
            starts_at = found.pop()[0]
        found.append((starts_at, ends_at, title))
    return found


def opens_at(starts_at: datetime, days_ahead: int, zone: tzinfo) -> datetime:
    """Return from when on a slot is booked: the beginning of the day so many days before."""
    day = starts_at.astimezone(zone).date() - timedelta(days=days_ahead)
    return datetime.combine(day, time.min, zone)
