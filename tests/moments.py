"""Moments as the portal's people say them: in Asia/Shanghai."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """Return the aware moment of "2026-03-05 14:30", Shanghai time."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def in_days(days: int, clock: str = "09:00") -> datetime:
    """Return that time of day, Shanghai time, so many days from today."""
    hour, minute = map(int, clock.split(":"))
    day = timezone.now().astimezone(SHANGHAI) + timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)
