"""What a line took of what was counted agrees with the score itself, whatever the evidence."""

from dataclasses import asdict, replace
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.rules.counted import counted_for
from evaluation.scoring import DEFAULT_RULES, MAXIMA, BelowBaseline, MentorEvidence, score_mentor
from tests.evaluation.test_scoring import EVIDENCE

OF_ONE_KIND = {"placements": "placements", "likes": "likes", "bookings": "bookings", "bonus": "bonus_events"}


def counted(key: str, evidence: MentorEvidence, rules=DEFAULT_RULES):
    return counted_for(key, asdict(evidence), rules)


@given(EVIDENCE, st.sampled_from(sorted(OF_ONE_KIND)))
def test_as_many_as_were_taken_earn_the_same_and_one_less_earns_less(evidence, key):
    points = score_mentor(evidence).lines[key].points
    taken = counted(key, evidence).taken
    name = OF_ONE_KIND[key]
    assert taken <= getattr(evidence, name)
    assert score_mentor(replace(evidence, **{name: taken})).lines[key].points == points
    if taken:
        assert score_mentor(replace(evidence, **{name: taken - 1})).lines[key].points < points


@given(EVIDENCE, st.sampled_from(["participation", "research"]), st.sampled_from(list(BelowBaseline)))
def test_what_was_left_out_could_not_have_earned_anything(evidence, key, below):
    rules = replace(DEFAULT_RULES, below_baseline=below)
    found = counted(key, evidence, rules)
    line = score_mentor(evidence, rules).lines[key]
    assert 0 <= found.taken <= found.found
    is_below = key == "participation" and evidence.classes < rules.class_base
    if found.taken < found.found and not is_below:
        assert line.points == line.maximum


@given(EVIDENCE, st.sampled_from(["teaching_skill", "courseware", "survey"]))
def test_of_a_mean_the_part_up_to_the_maximum_is_taken(evidence, key):
    found = counted(key, evidence)
    if found.found is None:
        is_top = key == "courseware" and evidence.in_top_ten and not evidence.plagiarised
        assert score_mentor(evidence).lines[key].points == (10 if is_top else 0)
    else:
        assert D(0) <= found.taken <= found.found


@pytest.mark.parametrize("key", MAXIMA)
def test_nothing_is_nothing(key):
    found = counted(key, MentorEvidence())
    assert not found.found
    assert not found.taken
