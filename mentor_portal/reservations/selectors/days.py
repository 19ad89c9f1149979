"""The strip of days above what can be booked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day of the strip: how much it has and where that is listed."""

    date: date
    is_today: bool
    is_on: bool
    count: int
    url: str


def day_strip(
    *,
    first: date,
    days: int,
    counts: Mapping[date, int],
    today: date,
    on: date | None,
    url_of: Callable[[date], str],
) -> list[Day]:
    """Return so many days from the first on, the one that is shown marked."""
    shown = [first + timedelta(days=offset) for offset in range(days)]
    return [
        Day(date=day, is_today=day == today, is_on=day == on, count=counts.get(day, 0), url=url_of(day))
        for day in shown
    ]
