"""Days are those of Shanghai, whatever zone the server is set to.

That of PostgreSQL itself has no say: Django asks every connection for UTC.
"""

import os
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classrooms import selectors
from classrooms.models import ClassSession
from classrooms.rules import DayPart, HalfDay
from tests import moments, offerings

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/Los_Angeles"])
def server_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """Set the zone of the process, and put it back."""
    before = os.environ.get("TZ", "")
    _set_zone(request.param)
    yield request.param
    _set_zone(before)


def _set_zone(name: str) -> None:
    os.environ["TZ"] = name
    time.tzset()


@pytest.fixture
def day():
    return moments.in_days(5).date()


@pytest.fixture
def sessions(day) -> dict[str, ClassSession]:
    """Three classes just around the midnights of a day."""
    starts = {
        "before": moments.in_days(4, "23:30"),
        "first": moments.in_days(5, "00:30"),
        "last": moments.in_days(5, "23:30"),
        "after": moments.in_days(6, "00:30"),
    }
    opened = moments.in_days(-1)
    return {
        name: offerings.make_session(
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=20),
            title=f"零点前后 {name}",
            booking_opens_at=opened,
        )
        for name, starts_at in starts.items()
    }


def test_schedule_of_a_day_has_what_starts_on_that_day_in_shanghai(server_zone, sessions, day):
    page = Client().get(f"/classes/?day={day}&span=day").content.decode()
    shown = [name for name, session in sessions.items() if session.title in page]
    assert shown == ["first", "last"]
    assert "00:30" in page
    assert "23:30" in page


def test_strip_and_week_count_by_days_in_shanghai(server_zone, sessions, day):
    at = timezone.now()
    rows = ClassSession.objects.all()
    counts = selectors.counts_by_day(rows, first=day - timedelta(days=1), days=3, at=at)
    assert counts == {day - timedelta(days=1): 1, day: 2, day + timedelta(days=1): 1}
    by_day = selectors.first_of_each_day(rows, first=day, days=1, at=at)
    assert {each: len(found) for each, found in by_day.items()} == {day: 2}


def test_half_days_are_those_of_shanghai(server_zone, day):
    begins, ends = HalfDay(day, DayPart.MORNING).span(timezone.get_current_timezone())
    assert (begins, ends) == (moments.in_days(5, "08:00"), moments.in_days(5, "12:00"))
