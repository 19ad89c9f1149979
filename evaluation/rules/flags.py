"""What makes a number of the year-end worth a second look."""

from collections.abc import Mapping
from datetime import date

BURST_LIKES, BURST_PERCENT = 10, 50


def burst_of(likes: Mapping[date, int]) -> date | None:
    """Return the day on which likes came at a burst: ten or more, and half of the year's; else None."""
    if not likes:
        return None
    day = max(likes, key=lambda each: (likes[each], each))
    is_many = likes[day] >= BURST_LIKES
    return day if is_many and likes[day] * 100 >= sum(likes.values()) * BURST_PERCENT else None


def covers_whole(spans: list[tuple[date, date]], first: date, last: date) -> bool:
    """Tell whether terms, each from a day to a day, leave no day of the span out."""
    reached = first.toordinal()
    for start, end in sorted(spans):
        if start.toordinal() > reached:
            return False
        reached = max(reached, end.toordinal() + 1)
    return reached > last.toordinal()
