"""Reminders fall due by the calendar and clock of Shanghai, and are sent once for each start."""

import os
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from mentor_portal.notifications.models import Message
from mentor_portal.reservations import services
from mentor_portal.reservations.rules import BookingRules, day_reminder_at, soon_reminder_at
from tests import offerings
from tests.moments import at

MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["UTC", "Asia/Shanghai"])
def server_zone(request):
    before = os.environ.get("TZ", "")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ["TZ"] = before
    time.tzset()


@pytest.mark.parametrize(
    ("start", "day_before", "soon"),
    [
        ("2026-03-12 14:30", "2026-03-11 18:00", "2026-03-12 12:30"),
        ("2026-03-12 00:30", "2026-03-11 18:00", "2026-03-11 22:30"),
        ("2026-03-12 23:30", "2026-03-11 18:00", "2026-03-12 21:30"),
        ("2026-03-01 08:00", "2026-02-28 18:00", "2026-03-01 06:00"),
        ("2026-01-01 01:00", "2025-12-31 18:00", "2025-12-31 23:00"),
    ],
)
def test_reminders_fall_due_the_day_before_and_two_hours_before(server_zone, start, day_before, soon):
    numbers = BookingRules()
    assert day_reminder_at(starts_at=at(start), rules=numbers) == at(day_before)
    assert soon_reminder_at(starts_at=at(start), rules=numbers) == at(soon)


def told(kind):
    return Message.objects.filter(kind=kind).count()


def class_at(start, people=2):
    starts_at = at(start)
    session = offerings.make_session(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=25),
        booking_opens_at=starts_at - timedelta(days=30),
    )
    offerings.hold(session, offerings.make_people(people), starts_at - timedelta(days=10))
    return session


@pytest.mark.django_db
@pytest.mark.parametrize("clock", ["00:30", "14:30", "23:30"])
def test_each_holder_is_reminded_once_at_each_due_moment(server_zone, clock):
    start = at(f"2027-03-12 {clock}")
    class_at(f"2027-03-12 {clock}")
    for moment, day, soon in (
        (at("2027-03-11 17:59"), 0, 0),
        (at("2027-03-11 18:00"), 2, 0),
        (at("2027-03-11 18:01"), 2, 0),
        (start - timedelta(hours=2), 2, 2),
        (start - timedelta(hours=1), 2, 2),
    ):
        services.remind(at=moment)
        assert (told("reminder_day"), told("reminder_soon")) == (day, soon), moment


@pytest.mark.django_db
def test_who_booked_after_the_reminder_fell_due_and_who_waits_get_none():
    session = class_at("2027-03-12 14:30", people=1)
    [late] = offerings.make_people(1)
    offerings.hold(session, [late], at("2027-03-11 19:00"))
    services.remind(at=at("2027-03-11 20:00"))
    assert told("reminder_day") == 1
    assert not Message.objects.of(late).filter(kind="reminder_day").exists()


@pytest.mark.django_db
def test_worker_that_was_down_reminds_once_when_it_is_back():
    class_at("2027-03-12 14:30")
    services.remind(at=at("2027-03-12 13:00"))
    assert (told("reminder_day"), told("reminder_soon")) == (0, 2)


@pytest.mark.django_db
def test_worker_that_was_down_over_midnight_speaks_of_no_tomorrow():
    class_at("2027-03-12 14:30")
    services.remind(at=at("2027-03-12 08:00"))
    assert (told("reminder_day"), told("reminder_soon")) == (0, 0)


@pytest.mark.django_db
def test_move_to_another_day_reminds_anew(staff):
    session = class_at("2027-03-12 14:30")
    services.remind(at=at("2027-03-11 18:00"))
    plan = offerings.make_plan(
        title=session.title,
        starts_at=at("2027-03-14 14:30"),
        venue=session.offering.venue,
        mentors=list(session.mentors.all()),
    ).offering_plan()
    services.change_offering(offering=session.offering, plan=plan, by=staff, at=timezone.now())
    services.remind(at=at("2027-03-13 18:00"))
    assert told("reminder_day") == 4


@pytest.mark.django_db
def test_cancelled_class_reminds_nobody(staff):
    session = class_at("2027-03-12 14:30")
    services.cancel_offering(offering=session.offering, by=staff, at=timezone.now(), reason="停电")
    services.remind(at=at("2027-03-11 18:00"))
    assert told("reminder_day") == 0
