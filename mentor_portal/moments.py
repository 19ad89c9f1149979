"""Days as moments, in Asia/Shanghai."""

from datetime import date, datetime

from django.utils import timezone


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins here."""
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone())
