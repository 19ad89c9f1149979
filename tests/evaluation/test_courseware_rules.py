"""How courseware comes out of its sheets: means, subtotals, ranks, the line of the awards (annex 1)."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.rules.courseware import Candidate, Sheet, place_courseware

GROUPS = ("科学性", "教育性", "技术性", "艺术性")


def sheet(*points: str) -> Sheet:
    groups = dict(zip(GROUPS, map(D, points), strict=True))
    return Sheet(sum(groups.values(), D(0)), groups)


def of_totals(key: int, *totals: str, **fields: bool) -> Candidate:
    return Candidate(key, [sheet(total, "0", "0", "0") for total in totals], **fields)


def placed(*candidates: Candidate, min_judges: int = 1, trims: bool = False, awards: int = 10) -> list:
    return place_courseware(candidates, min_judges=min_judges, trims_extremes=trims, awards=awards)


@pytest.mark.parametrize(
    ("totals", "trims", "result"),
    [
        (["88", "90", "91"], False, "89.67"),
        (["88", "88.5"], False, "88.25"),
        (["80", "80", "80.5", "80"], False, "80.13"),  # 80.125, half up
        (["10", "90", "91", "92", "100"], True, "91.00"),
        (["10", "90", "91", "92", "100"], False, "76.60"),
        (["10", "90", "91", "100"], True, "72.75"),  # four sheets: the extremes stay
    ],
)
def test_result_is_the_mean_to_a_hundredth_half_up(totals, trims, result):
    [placing] = placed(of_totals(1, *totals), trims=trims)
    assert placing.result == D(result)


def test_too_few_sheets_and_plagiarism_are_not_ranked_and_keep_their_result():
    few, copied, fine = placed(
        of_totals(1, "99", "99"),
        of_totals(2, "98", "98", "98", is_plagiarised=True),
        of_totals(3, "70", "70", "70"),
        min_judges=3,
    )
    assert [each.rank for each in (few, copied, fine)] == [None, None, 1]
    assert [each.is_top for each in (few, copied, fine)] == [False, False, True]
    assert few.result == D("99.00")


def test_courseware_without_a_sheet_has_no_result():
    [placing] = placed(Candidate(1, []))
    assert (placing.result, placing.rank, placing.groups) == (None, None, {})


def test_equal_totals_go_by_the_groups_in_their_order_and_then_share_the_rank():
    placings = placed(
        Candidate(1, [sheet("20", "30", "25", "10")]),
        Candidate(2, [sheet("21", "29", "25", "10")]),
        Candidate(3, [sheet("20", "30", "24", "11")]),
        Candidate(4, [sheet("20", "30", "25", "10")]),
        Candidate(5, [sheet("20", "30", "24", "10")]),
    )
    assert [each.rank for each in placings] == [2, 1, 4, 2, 5]


def test_who_shares_the_rank_across_the_line_is_in():
    placings = placed(
        of_totals(1, "90"), of_totals(2, "80"), of_totals(3, "80"), of_totals(4, "70"), awards=2
    )
    assert [each.is_top for each in placings] == [True, True, True, False]


def test_without_extremes_the_same_sheets_are_left_out_of_the_groups():
    sheets = [
        sheet("30", "0", "0", "0"),
        *[sheet("10", "20", "20", "5")] * 3,
        sheet("30", "30", "30", "10"),
    ]
    [placing] = placed(Candidate(1, sheets), trims=True)
    assert placing.groups == dict(zip(GROUPS, map(D, ("10", "20", "20", "5")), strict=True))


@given(st.lists(st.lists(st.integers(0, 200), min_size=1, max_size=6), min_size=1, max_size=8))
def test_nobody_behind_has_more_and_a_mean_lies_between_the_sheets(all_totals):
    candidates = [
        of_totals(key, *(str(D(half) / 2) for half in halves)) for key, halves in enumerate(all_totals)
    ]
    placings = placed(*candidates)
    for one in placings:
        totals = [each.total for each in candidates[one.key].sheets]
        assert min(totals) <= one.result <= max(totals)
        for other in placings:
            assert (one.rank < other.rank) == (one.result > other.result)
            assert (one.rank == other.rank) == (one.result == other.result)
