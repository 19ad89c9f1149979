"""The pure score of a mentor: the worked examples, every rule by a table, and what holds for any evidence."""

from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.scoring import (
    COUNTS,
    DEFAULT_RULES,
    MAXIMA,
    BelowBaseline,
    MentorEvidence,
    ScoringRules,
    rank,
    score_mentor,
)

A = MentorEvidence(
    teaching_skill=D("3.5"),
    class_organisation=D("2.75"),
    class_control=D("2.5"),
    courseware_results=[D("88.2"), D("91.45")],
    classes=6,
    consultations=5,
    placements=7,
    likes=60,
    bookings=45,
    survey_mean=D("92.4"),
    collective_reports=3,
    free_reports=1,
    bonus_events=2,
)
B = MentorEvidence(
    teaching_skill=D(4),
    class_organisation=D(3),
    class_control=D(3),
    courseware_results=[D(95)],
    in_top_ten=True,
    classes=12,
    consultations=9,
    placements=25,
    likes=130,
    bookings=140,
    survey_mean=D(100),
    collective_reports=10,
    free_reports=4,
    bonus_events=14,
)
C = MentorEvidence(
    teaching_skill=D(3),
    class_organisation=D(2),
    class_control=D(2),
    courseware_results=[D(90)],
    in_top_ten=True,
    plagiarised=True,
    classes=1,
    consultations=8,
    likes=3,
    bookings=9,
)


@pytest.mark.parametrize(
    ("evidence", "lines", "total"),
    [
        (A, "3.50 2.75 2.50 9.15 13.00 7.00 3.00 4.50 4.62 7.00 2.00", "59.02"),
        (B, "4 3 3 10 20 20 5 10 5 20 10", "110.00"),
        (C, "3 2 2 0 0 0 0.15 0.90 0 0 0", "8.05"),
    ],
    ids="ABC",
)
def test_worked_examples(evidence, lines, total):
    card = score_mentor(evidence)
    assert list(card.lines) == list(MAXIMA)
    assert [line.points for line in card.lines.values()] == [D(points) for points in lines.split()]
    assert card.total == D(total)


def test_nothing_scores_nothing_and_says_so():
    card = score_mentor(MentorEvidence())
    assert card.total == 0
    assert card.is_below_baseline
    assert card.lines["participation"].reason == "未达基数：上课 0 次，至少 2 次"
    assert card.lines["survey"].reason == "还没有课后问卷"


@pytest.mark.parametrize(
    ("classes", "consultations", "points"),
    [(0, 0, 0), (1, 30, 0), (2, 0, 0), (2, 3, 3), (3, 0, 2), (6, 5, 13), (12, 0, 20), (2, 21, 20)],
)
def test_participation_counts_beyond_the_base(classes, consultations, points):
    line = score_mentor(MentorEvidence(classes=classes, consultations=consultations)).lines["participation"]
    assert line.points == points


def test_below_the_base_consultations_count_where_the_year_says_so():
    rules = replace(DEFAULT_RULES, below_baseline=BelowBaseline.CONSULTATIONS_ONLY)
    card = score_mentor(MentorEvidence(classes=1, consultations=8), rules)
    assert card.lines["participation"].points == 8
    assert card.is_below_baseline


@pytest.mark.parametrize(
    ("fields", "points", "reason"),
    [
        ({}, "0", "没有参加排名的课件"),
        ({"courseware_results": [D("88.85")]}, "8.89", "最好的课件 88.85 分 × 10%"),
        ({"courseware_results": [D(70), D(60)], "in_top_ten": True}, "10", "有课件入选十优课件，计满分"),
        ({"courseware_results": [D(99)], "plagiarised": True}, "0", "年度内有课件认定抄袭，计 0 分"),
    ],
)
def test_courseware_is_the_best_one_unless_any_was_plagiarised(fields, points, reason):
    line = score_mentor(MentorEvidence(**fields)).lines["courseware"]
    assert (line.points, line.reason) == (D(points), reason)


@pytest.mark.parametrize(("likes", "points"), [(1, "0.05"), (99, "4.95"), (100, "5.00"), (101, "5.00")])
def test_line_is_capped_then_rounded_and_says_what_was_cut_off(likes, points):
    line = score_mentor(MentorEvidence(likes=likes)).lines["likes"]
    assert line.points == D(points)
    assert line.cut_off == max(D(likes) * D("0.05") - 5, D(0))
    assert ("封顶 5 分" in line.reason) is (likes > 100)


@pytest.mark.parametrize(("mean", "points"), [("92.5", "4.63"), ("92.49", "4.62"), ("0.1", "0.01")])
def test_points_are_rounded_half_up(mean, points):
    assert score_mentor(MentorEvidence(survey_mean=D(mean))).lines["survey"].points == D(points)


def test_maximum_of_zero_switches_an_item_off():
    rules = replace(DEFAULT_RULES, maxima={**MAXIMA, "likes": D(0), "teaching_skill": D(0)})
    card = score_mentor(MentorEvidence(likes=60, teaching_skill=D(4)), rules)
    assert card.total == 0
    assert card.lines["likes"].reason == "本年度不计这一项"


@pytest.mark.parametrize("name", COUNTS)
def test_negative_count_is_refused_by_name(name):
    with pytest.raises(ValueError, match=name):
        MentorEvidence(**{name: -1})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("teaching_skill", D("4.01")),
        ("class_organisation", D("3.01")),
        ("class_control", D("3.01")),
        ("teaching_skill", D(-1)),
        ("survey_mean", D("100.01")),
        ("survey_mean", D("NaN")),
        ("courseware_results", [D(-1)]),
    ],
)
def test_score_out_of_its_range_is_refused_by_name(name, value):
    with pytest.raises(ValueError, match=name):
        score_mentor(MentorEvidence(**{name: value}))


def test_binary_fractions_are_refused():
    with pytest.raises(TypeError, match="survey_mean"):
        MentorEvidence(survey_mean=92.4)


@pytest.mark.parametrize("maxima", [{}, {**MAXIMA, "smile": D(1)}, {**MAXIMA, "likes": D(-1)}])
def test_rules_need_every_maximum(maxima):
    with pytest.raises(ValueError, match="maxima"):
        ScoringRules(maxima=maxima)


@pytest.mark.parametrize(
    ("totals", "ranks"),
    [([], []), ([3], [1]), ([90, 80, 80, 70], [1, 2, 2, 4]), ([1, 3, 3, 2], [4, 1, 1, 3])],
)
def test_equal_totals_share_the_rank(totals, ranks):
    assert rank(map(D, totals)) == ranks


def points_up_to(most: int) -> st.SearchStrategy[D | None]:
    return st.none() | st.decimals(0, most, places=2)


EVIDENCE = st.builds(
    MentorEvidence,
    teaching_skill=points_up_to(4),
    class_organisation=points_up_to(3),
    class_control=points_up_to(3),
    courseware_results=st.lists(st.decimals(0, 100, places=2), max_size=4),
    in_top_ten=st.booleans(),
    plagiarised=st.booleans(),
    survey_mean=points_up_to(100),
    **{name: st.integers(0, 500) for name in COUNTS},
)


@given(EVIDENCE)
def test_no_line_is_above_its_maximum_and_the_total_is_their_sum(evidence):
    card = score_mentor(evidence)
    assert all(0 <= line.points <= line.maximum for line in card.lines.values())
    assert all(line.points == line.points.quantize(D("0.01")) for line in card.lines.values())
    assert card.total == sum(line.points for line in card.lines.values())
    assert 0 <= card.total <= 110


@given(EVIDENCE, st.sampled_from(COUNTS), st.integers(1, 50))
def test_more_of_anything_never_lowers_the_total(evidence, name, more):
    richer = replace(evidence, **{name: getattr(evidence, name) + more})
    assert score_mentor(richer).total >= score_mentor(evidence).total


@given(EVIDENCE, st.decimals(0, 100, places=2))
def test_one_more_courseware_never_lowers_the_total_but_plagiarism_does(evidence, result):
    richer = replace(evidence, courseware_results=[*evidence.courseware_results, result])
    assert score_mentor(richer).total >= score_mentor(evidence).total
    assert score_mentor(replace(evidence, plagiarised=True)).total <= score_mentor(evidence).total


@given(st.lists(st.decimals(0, 110, places=2), max_size=30))
def test_ranks_are_shared_exactly_when_totals_are_equal(totals):
    ranks = rank(totals)
    for one, rank_of_one in zip(totals, ranks, strict=True):
        assert rank_of_one == 1 + sum(other > one for other in totals)
