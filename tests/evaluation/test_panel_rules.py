"""Who judges what: never the own work or a colleague's, everyone about as much, the same each time."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.rules.panel import Author, Judge, Subject, assign, conflict_of, same_employer

EMPLOYERS = ["", "三一重工", "中联重科", "湖南大学"]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("三一重工", "三一重工", True),
        ("三一重工 ", " 三一 重工", True),
        ("三一重工\u3000", "三一重工", True),
        ("ＡＢＣ集团（长沙）", "abc集团(长沙)", True),
        ("三一重工", "三一重能", False),
        ("", "", False),
        (" ", "\u3000", False),
    ],
)
def test_employers_are_the_same_whatever_spaces_width_and_case(one, other, is_same):
    assert same_employer(one, other) is is_same


@pytest.mark.parametrize(
    ("judge", "reason"),
    [
        (Judge(1, 7, ("湖南大学",)), "本人"),
        (Judge(1, 8, ("三一 重工",)), "同单位"),
        (Judge(1, 8, ("湖南大学", "三一重工")), "同单位"),
        (Judge(1, 8, ("湖南大学",)), None),
        (Judge(1, 8, ()), None),
    ],
)
def test_conflict_is_named(judge, reason):
    assert conflict_of(judge, Author(7, "三一重工")) == reason


def judges_of(count: int, employer: str = "") -> list[Judge]:
    return [Judge(key, 100 + key, (employer,)) for key in range(1, count + 1)]


def subjects_of(count: int, employer: str = "") -> list[Subject]:
    return [Subject(key, Author(key, employer)) for key in range(1, count + 1)]


def loads(judges, pairs) -> list[int]:
    return [sum(judge == each.key for judge, _ in pairs) for each in judges]


def test_recused_pairs_do_not_come_again_and_are_replaced():
    judges, subjects = judges_of(4), subjects_of(1)
    first = assign(subjects, judges, 3)
    assert first.pairs == [(1, 1), (2, 1), (3, 1)]
    second = assign(subjects, judges, 3, existing={(1, 1), (2, 1)}, recused={(3, 1)})
    assert second.pairs == [(4, 1)]
    third = assign(subjects, judges, 3, existing={(1, 1), (2, 1)}, recused={(3, 1), (4, 1)})
    assert third.pairs == []
    [short] = third.shortages
    assert (short.found, short.wanted, short.barred) == (2, 3, ((3, "已回避"), (4, "已回避")))


def test_load_is_handed_on_through_a_third_judge():
    """1 can hand on only to 2, and 2 only to 3."""
    busy, middle, idle = (Judge(1, 101, ("甲",)), Judge(2, 102, ("乙",)), Judge(3, 103, ("丙",)))
    subjects = [*(Subject(key, Author(key, "丙")) for key in range(1, 4)), Subject(4, Author(4, "甲"))]
    subjects += [Subject(5, Author(5, "甲")), Subject(6, Author(6, "甲"))]
    division = assign(subjects, [busy, middle, idle], 1)
    assert loads([busy, middle, idle], division.pairs) == [2, 2, 2]


@st.composite
def panels(draw):
    employers = st.sampled_from(EMPLOYERS)
    people = st.integers(1, 12)
    judges = [Judge(key, draw(people), (draw(employers),)) for key in range(1, draw(st.integers(0, 6)) + 1)]
    subjects = [
        Subject(key, Author(draw(people), draw(employers))) for key in range(1, draw(st.integers(0, 12)) + 1)
    ]
    pairs = [(judge.key, each.key) for judge in judges for each in subjects]
    recused = set(draw(st.lists(st.sampled_from(pairs), max_size=4))) if pairs else set()
    return judges, subjects, recused, draw(st.integers(1, 4))


@given(panels())
def test_no_conflict_ever_and_each_subject_has_as_many_as_there_are(panel):
    judges, subjects, recused, wanted = panel
    division = assign(subjects, judges, wanted, recused=recused)
    by_key, authors = {each.key: each for each in judges}, {each.key: each.author for each in subjects}
    assert not [pair for pair in division.pairs if conflict_of(by_key[pair[0]], authors[pair[1]])]
    assert not recused & set(division.pairs)
    assert len(set(division.pairs)) == len(division.pairs)
    short = {each.subject for each in division.shortages}
    for subject in subjects:
        fit = [
            judge
            for judge in judges
            if not conflict_of(judge, subject.author) and (judge.key, subject.key) not in recused
        ]
        given_to = sum(key == subject.key for _, key in division.pairs)
        assert given_to == min(wanted, len(fit))
        assert (subject.key in short) == (len(fit) < wanted)


@given(st.integers(1, 7), st.integers(0, 20), st.integers(1, 4))
def test_load_is_balanced_without_conflicts(judge_count, subject_count, wanted):
    judges = judges_of(judge_count)
    division = assign(subjects_of(subject_count), judges, wanted)
    counts = loads(judges, division.pairs)
    assert max(counts) - min(counts) <= 1


@given(panels(), st.integers(0, 99))
def test_assigning_again_adds_nothing_and_the_order_given_does_not_matter(panel, seed):
    judges, subjects, recused, wanted = panel
    division = assign(subjects, judges, wanted, recused=recused)
    again = assign(subjects, judges, wanted, existing=set(division.pairs), recused=recused)
    assert again.pairs == []
    mixed = Random(seed)
    shuffled = (mixed.sample(subjects, len(subjects)), mixed.sample(judges, len(judges)))
    assert assign(*shuffled, wanted, recused=recused) == division


@given(panels())
def test_nobody_could_hand_a_sheet_to_a_judge_with_two_less(panel):
    judges, subjects, recused, wanted = panel
    division = assign(subjects, judges, wanted, recused=recused)
    counts = dict(zip([each.key for each in judges], loads(judges, division.pairs), strict=True))
    given_to = set(division.pairs)
    authors = {each.key: each.author for each in subjects}
    for giver, subject in division.pairs:
        for taker in judges:
            pair = (taker.key, subject)
            if pair not in given_to | recused and not conflict_of(taker, authors[subject]):
                assert counts[taker.key] >= counts[giver] - 1
