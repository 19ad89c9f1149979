"""What may be given, what is missing, and what a judge must not read, on plain values."""

from decimal import Decimal

import pytest

from evaluation.rules.sheets import BLACKED_OUT, missing, outside, without_names

MAXIMA = {1: Decimal(6), 2: Decimal(3), 3: Decimal("2.5")}
STEP = Decimal("0.5")


@pytest.mark.parametrize(
    ("points", "rows"),
    [
        ({}, []),
        ({1: None, 2: Decimal(3), 3: Decimal("2.5")}, []),
        ({1: Decimal("6.5"), 2: Decimal("0.1"), 3: Decimal(-1)}, [1, 2, 3]),
        ({3: Decimal(3), 1: Decimal(6)}, [3]),
    ],
)
def test_points_outside_are_named_in_the_order_of_the_rubric(points, rows):
    assert outside(points, MAXIMA, STEP) == rows


def test_missing_rows_are_named_and_zero_is_not_missing():
    assert missing({1: Decimal(0), 2: None}, MAXIMA) == [2, 3]
    assert missing(dict.fromkeys(MAXIMA, Decimal(0)), MAXIMA) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("我是周建国。", f"我是{BLACKED_OUT}。"),
        ("周建国，三一重工股份有限公司", f"{BLACKED_OUT}，{BLACKED_OUT}"),
        ("面试前的三天", "面试前的三天"),
    ],
)
def test_names_are_blacked_out_and_nothing_else(text, left):
    assert without_names(text, ["周建国", " 三一重工股份有限公司 ", "三一重工", ""]) == left
