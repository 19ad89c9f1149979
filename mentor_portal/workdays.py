"""Working days of China, with the holidays and the worked weekends that the State Council fixes."""

from datetime import date, datetime, time, timedelta

import chinese_calendar
from django.utils import timezone


def is_workday(day: date) -> bool:
    """Tell whether people work on a day; in years not yet announced, from Monday to Friday."""
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return day.weekday() < 5


def end_of_workday(at: datetime, count: int) -> datetime:
    """Return the end of the ``count``-th working day after the day of ``at``, in Asia/Shanghai."""
    day, left = timezone.localtime(at).date(), count
    while left > 0:
        day += timedelta(days=1)
        left -= is_workday(day)
    return datetime.combine(day + timedelta(days=1), time.min, timezone.get_current_timezone())
