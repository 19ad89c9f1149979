"""What the pages about classes show."""

from classrooms.selectors.schedule import (
    CARDS_A_DAY,
    STRIP_DAYS,
    WEEK_DAYS,
    Day,
    DayGroup,
    class_cards,
    coming,
    counts_by_day,
    first_of_each_day,
    midnight,
)

__all__ = [
    "CARDS_A_DAY",
    "STRIP_DAYS",
    "WEEK_DAYS",
    "Day",
    "DayGroup",
    "class_cards",
    "coming",
    "counts_by_day",
    "first_of_each_day",
    "midnight",
]
