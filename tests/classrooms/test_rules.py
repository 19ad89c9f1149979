"""Half-days, and whether a class lies within what was offered."""

from datetime import date

import pytest

from classrooms.rules import DayPart, Decision, HalfDay, fits, grid, half_day_of, moved_into
from tests.moments import SHANGHAI, at

DAY = date(2026, 3, 12)
MORNING, AFTERNOON, EVENING = (HalfDay(DAY, part) for part in DayPart)


def spans(*half_days):
    return [each.span(SHANGHAI) for each in half_days]


@pytest.mark.parametrize(
    ("start", "end", "offered", "expected"),
    [
        ("2026-03-12 14:30", "2026-03-12 16:00", [AFTERNOON], True),
        ("2026-03-12 12:00", "2026-03-12 18:00", [AFTERNOON], True),
        ("2026-03-12 17:00", "2026-03-12 18:30", [AFTERNOON], False),
        ("2026-03-12 17:00", "2026-03-12 18:30", [EVENING, AFTERNOON], True),
        ("2026-03-12 11:00", "2026-03-12 19:00", [MORNING, AFTERNOON, EVENING], True),
        ("2026-03-12 11:00", "2026-03-12 19:00", [MORNING, EVENING], False),
        ("2026-03-12 07:30", "2026-03-12 09:00", [MORNING], False),
        ("2026-03-13 14:30", "2026-03-13 16:00", [AFTERNOON], False),
        ("2026-03-12 14:30", "2026-03-12 16:00", [], False),
    ],
)
def test_class_fits_into_windows_that_touch_but_not_across_a_gap(start, end, offered, expected):
    assert fits(at(start), at(end), spans(*offered)) is expected


def test_half_days_sort_by_time_and_not_by_name():
    tomorrow = HalfDay(date(2026, 3, 13), DayPart.MORNING)
    assert sorted([tomorrow, EVENING, MORNING, AFTERNOON]) == [MORNING, AFTERNOON, EVENING, tomorrow]


def test_half_day_is_named_by_a_code_and_read_back():
    assert EVENING.code == "2026-03-12:evening"
    assert half_day_of(EVENING.code) == EVENING


@pytest.mark.parametrize("code", ["", "2026-03-12", "2026-03-12:night", "2026-02-30:morning", "morning", ":"])
def test_code_that_names_no_half_day_is_a_value_error(code):
    with pytest.raises(ValueError):
        half_day_of(code)


def test_grid_has_three_parts_for_each_day():
    cells = list(grid(DAY, 2))
    assert len(cells) == 6
    assert cells == sorted(cells)


@pytest.mark.parametrize(
    ("part", "start", "end"), [("morning", 9, 11), ("afternoon", 14, 16), ("evening", 19, 20)]
)
def test_usual_time_lies_within_the_half_day(part, start, end):
    half_day = HalfDay(DAY, DayPart(part))
    begins, ends = half_day.usual_span(SHANGHAI, 90)
    assert (begins.hour, ends.hour) == (start, end)
    assert fits(begins, ends, spans(half_day))


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (("12:00", "18:00"), ("14:30", "16:00")),
        (("15:30", "17:30"), ("15:30", "17:00")),
        (("10:00", "15:00"), ("13:30", "15:00")),
        (("08:00", "09:30"), ("08:00", "09:30")),
        (("14:30", "15:59"), None),
    ],
    ids=["as usual", "later", "earlier", "far away", "too short"],
)
def test_class_is_moved_no_further_than_into_the_window(window, expected):
    def clocks(pair):
        return tuple(at(f"2026-03-12 {clock}") for clock in pair)

    moved = moved_into(clocks(("14:30", "16:00")), clocks(window))
    assert moved == (clocks(expected) if expected else None)


def test_only_approval_needs_no_comment():
    assert [each for each in Decision if not each.needs_comment] == [Decision.APPROVE]
