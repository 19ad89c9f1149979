"""Pure decisions of research: 字数, paragraphs, months that lack a theme, places in words."""

import pytest

from research import rules
from tests.research.lengths import LENGTHS


@pytest.mark.parametrize(("text", "length"), [row[1:] for row in LENGTHS], ids=[row[0] for row in LENGTHS])
def test_text_length_is_what_word_counts(text, length):
    assert rules.text_length(text) == length


def test_text_length_of_a_hostile_text_is_counted_in_time():
    assert rules.text_length("<!--" * 7000) == 0
    assert rules.text_length("<a " * 10_000) == 10_000
    assert rules.text_length("&#" * 15_000) == 1


@pytest.mark.parametrize(
    ("length", "least", "missing"), [(0, 800, 800), (799, 800, 1), (800, 800, 0), (2000, 800, 0)]
)
def test_missing_length_is_what_a_report_lacks(length, least, missing):
    assert rules.missing_length(length, least) == missing


def test_paragraphs_are_parted_by_blank_lines():
    assert rules.paragraphs("一。\r\n 二。\n\n \n三。\n") == ["一。\n 二。", "三。"]
    assert rules.paragraphs(" \n\n ") == []


def test_months_without_a_theme_are_named_in_order():
    assert rules.months_without({1, 2, 4, 5, 6, 7, 8, 9, 10, 11}) == [3, 12]


@pytest.mark.parametrize(
    ("word", "action", "said", "act"),
    [
        ("仅余 2 席", "book", "仅余 2 个名额", "报名"),
        ("已满 · 候补 3 人", "wait", "已满 · 候补 3 人", "候补"),
        ("3月1日 09:00 开始预约", "", "3月1日 09:00 开始报名", ""),
        ("预约已截止，可直接到场", "", "报名已截止", ""),
    ],
)
def test_seats_of_a_trip_are_said_as_of_a_trip(word, action, said, act):
    seats = rules.seats_in_words(word=word, tone="ok", action=action)
    assert (seats.word, seats.action_word) == (said, act)
