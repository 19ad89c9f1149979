"""Dates and times as people here write them, in Asia/Shanghai; the words they look for."""

import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
SEARCH_WORDS, SEARCH_LENGTH = 5, 60


def day(value: date) -> str:
    """Return 3月12日（周四）."""
    return f"{value.month}月{value.day}日（{WEEKDAYS[value.weekday()]}）"


def clock(value: datetime) -> str:
    """Return 14:30."""
    return timezone.localtime(value).strftime("%H:%M")


def moment(value: datetime) -> str:
    """Return 3月12日 14:30."""
    local = timezone.localtime(value)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def span(start: datetime, end: datetime) -> str:
    """Return 3月12日（周四）14:30–16:00, with the second day written out where it is another."""
    first, last = timezone.localtime(start), timezone.localtime(end)
    tail = f"{last:%H:%M}" if first.date() == last.date() else f"{day(last.date())}{last:%H:%M}"
    return f"{day(first.date())}{first:%H:%M}–{tail}"


def end_of_day(value: datetime) -> str:
    """Return 3月12日 24:00 for the midnight with which that day ends; other moments as they are."""
    local = timezone.localtime(value)
    if (local.hour, local.minute) != (0, 0):
        return moment(value)
    last = local.date() - timedelta(days=1)
    return f"{last.month}月{last.day}日 24:00"


def plain(number: Decimal) -> str:
    """Return a number without zeros that say nothing: 4.5, 10."""
    return f"{number.normalize():f}"


def search_words(text: str) -> list[str]:
    """Return the words to look for: at most ``SEARCH_WORDS`` from the first ``SEARCH_LENGTH`` characters.

    Full-width forms become plain ones; control characters separate words.
    """
    plain = unicodedata.normalize("NFKC", text[:SEARCH_LENGTH])
    plain = "".join(" " if unicodedata.category(char).startswith("C") else char for char in plain)
    return plain.split()[:SEARCH_WORDS]
