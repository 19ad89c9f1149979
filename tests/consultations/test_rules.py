"""Repeated days, wall times and slots, by tables of values."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from consultations.rules import duties as rules

SHANGHAI = ZoneInfo("Asia/Shanghai")
THURSDAY = date(2026, 3, 12)


def days(*numbers: int) -> list[date]:
    return [THURSDAY + timedelta(days=number) for number in numbers]


@pytest.mark.parametrize(
    ("until", "exceptions", "expected"),
    [
        (0, [], [0]),
        (6, [], [0]),
        (7, [], [0, 7]),
        (21, [], [0, 7, 14, 21]),
        (21, [7], [0, 14, 21]),
        (21, [0, 7, 14, 21], []),
        (21, [1, 8], [0, 7, 14, 21]),
        (-1, [], []),
        (-30, [], []),
    ],
)
def test_weekly_days(until, exceptions, expected):
    found = rules.weekly_days(first=THURSDAY, until=days(until)[0], exceptions=days(*exceptions))
    assert found == days(*expected)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 12), date(2026, 3, 13)),
        (date(2026, 3, 13), date(2026, 3, 16)),
        (date(2026, 3, 14), date(2026, 3, 16)),
        (date(2026, 3, 15), date(2026, 3, 16)),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_next_working_day(today, expected):
    assert rules.next_working_day(today) == expected


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/New_York"])
def test_wall_time_stays_whatever_the_clocks_do_in_between(zone):
    zone = ZoneInfo(zone)
    for day in rules.weekly_days(first=date(2026, 3, 1), until=date(2026, 12, 1)):
        span = rules.span_on(day, time(9), time(12), zone)
        assert [each.astimezone(zone).time() for each in span] == [time(9), time(12)]


@pytest.mark.parametrize(
    ("minutes", "slot", "expected"),
    [
        (120, 30, 4),
        (125, 30, 4),
        (149, 30, 4),
        (150, 30, 5),
        (30, 30, 1),
        (29, 30, 0),
        (0, 30, 0),
        (-60, 30, 0),
    ],
)
def test_span_is_cut_into_whole_slots(minutes, slot, expected):
    starts_at = datetime(2026, 3, 12, 9, tzinfo=SHANGHAI)
    slots = list(rules.cut(starts_at, starts_at + timedelta(minutes=minutes), slot))
    assert len(slots) == expected
    assert all(ends - begins == timedelta(minutes=slot) for begins, ends in slots)
    assert [begins for begins, _ in slots[1:]] == [ends for _, ends in slots[:-1]]


@pytest.mark.parametrize(
    ("starts_at", "days_ahead", "expected"),
    [
        ("2026-03-12 09:00", 14, "2026-02-26 00:00"),
        ("2026-03-12 23:59", 0, "2026-03-12 00:00"),
        ("2026-03-12 00:00", 1, "2026-03-11 00:00"),
    ],
)
def test_slots_open_with_the_day(starts_at, days_ahead, expected):
    moment = datetime.fromisoformat(starts_at).replace(tzinfo=SHANGHAI).astimezone(UTC)
    opens_at = rules.opens_at(moment, days_ahead, SHANGHAI)
    assert opens_at == datetime.fromisoformat(expected).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], []),
        ([(9, 10, "甲"), (10, 11, "甲")], [(9, 11, "甲")]),
        ([(10, 11, "甲"), (9, 10, "甲"), (11, 12, "甲")], [(9, 12, "甲")]),
        ([(9, 10, "甲"), (10, 11, "乙"), (11, 12, "甲")], [(9, 10, "甲"), (10, 11, "乙"), (11, 12, "甲")]),
        ([(9, 10, "甲"), (11, 12, "甲")], [(9, 10, "甲"), (11, 12, "甲")]),
    ],
)
def test_what_follows_under_one_title_is_told_as_one(taken, expected):
    def at(hour: int) -> datetime:
        return datetime(2026, 3, 12, hour, tzinfo=SHANGHAI)

    found = rules.joined((at(begins), at(ends), title) for begins, ends, title in taken)
    assert found == [(at(begins), at(ends), title) for begins, ends, title in expected]
