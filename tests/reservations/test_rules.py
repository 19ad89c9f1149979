"""The engine's decisions, by tables of values."""

from datetime import timedelta

import pytest

from mentor_portal.reservations import rules
from mentor_portal.reservations.rules import BookingRules, SeatsState, Verdict
from tests.moments import at

NOON = at("2026-03-05 12:00")


@pytest.mark.parametrize(
    ("capacity", "taken", "waiting", "expected"),
    [
        (30, 0, 0, Verdict.CONFIRM),
        (30, 29, 0, Verdict.CONFIRM),
        (30, 30, 0, Verdict.WAIT),
        (30, 30, 5, Verdict.WAIT),
        (30, 29, 1, Verdict.WAIT),
        (1, 0, 0, Verdict.CONFIRM),
    ],
)
def test_verdict(capacity, taken, waiting, expected):
    assert rules.verdict(capacity=capacity, taken=taken, waiting=waiting) is expected


@pytest.mark.parametrize(
    ("hours_before_start", "normal", "last_day", "held_for_hours"),
    [
        (72, 12, 2, 12),
        (24.5, 12, 2, 12),
        (24, 12, 2, 2),
        (3, 12, 2, 2),
        (1, 12, 2, 1),
        (72, 0, 2, None),
        (3, 12, 0, None),
    ],
)
def test_offer_deadline(hours_before_start, normal, last_day, held_for_hours):
    numbers = BookingRules(offer_hold_hours=normal, offer_hold_hours_last_day=last_day)
    starts_at = NOON + timedelta(hours=hours_before_start)
    deadline = rules.offer_deadline(at=NOON, starts_at=starts_at, rules=numbers)
    expected = None if held_for_hours is None else NOON + timedelta(hours=held_for_hours)
    assert deadline == expected


@pytest.mark.parametrize(
    ("start", "end", "other_start", "other_end", "expected"),
    [
        ("09:00", "10:00", "09:30", "10:30", True),
        ("09:00", "10:00", "10:00", "11:00", False),
        ("10:00", "11:00", "09:00", "10:00", False),
        ("09:00", "12:00", "10:00", "11:00", True),
        ("09:00", "10:00", "09:00", "10:00", True),
    ],
)
def test_overlaps(start, end, other_start, other_end, expected):
    moments = [at(f"2026-03-05 {clock}") for clock in (start, end, other_start, other_end)]
    assert rules.overlaps(*moments) is expected


def test_free_cancel_until_depends_on_the_kind():
    numbers = BookingRules(cancel_free_hours_group=2, cancel_free_hours_one_to_one=12)
    group = rules.free_cancel_until(starts_at=NOON, one_to_one=False, rules=numbers)
    one_to_one = rules.free_cancel_until(starts_at=NOON, one_to_one=True, rules=numbers)
    assert (NOON - group, NOON - one_to_one) == (timedelta(hours=2), timedelta(hours=12))


def seats(**changes: object) -> rules.SeatsLine:
    values = {
        "is_draft": False,
        "is_cancelled": False,
        "is_finished": False,
        "starts_at": at("2026-03-12 14:30"),
        "ends_at": at("2026-03-12 16:00"),
        "booking_opens_at": at("2026-03-01 09:00"),
        "booking_closes_at": at("2026-03-12 14:30"),
        "capacity": 30,
        "taken": 12,
        "waiting": 0,
    }
    moment = changes.pop("now", NOON)
    state = SeatsState(**{**values, **changes})
    return rules.seats_line(state, at=moment, few_seats=5, opens_word="3月1日 09:00")


@pytest.mark.parametrize(
    ("changes", "word", "tone", "action"),
    [
        ({}, "余 18 席", "ok", "book"),
        ({"taken": 25}, "仅余 5 席", "few", "book"),
        ({"taken": 24}, "余 6 席", "ok", "book"),
        ({"taken": 30}, "已满 · 可候补", "full", "wait"),
        ({"taken": 30, "waiting": 5}, "已满 · 候补 5 人", "full", "wait"),
        ({"taken": 29, "waiting": 5}, "已满 · 候补 5 人", "full", "wait"),
        ({"is_draft": True}, "草稿，尚未发布", "off", ""),
        ({"is_cancelled": True}, "已取消", "off", ""),
        ({"is_finished": True}, "已结束", "off", ""),
        ({"now": at("2026-03-12 16:00")}, "已结束", "off", ""),
        ({"now": at("2026-03-12 14:30")}, "预约已截止，可直接到场", "off", ""),
        ({"now": at("2026-02-28 09:00")}, "3月1日 09:00 开始预约", "off", ""),
    ],
)
def test_seats_line(changes, word, tone, action):
    line = seats(**changes)
    assert (line.word, line.tone, line.action) == (word, tone, action)
