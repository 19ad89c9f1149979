"""How alike two texts are: tables of values, what holds for any text, and 216 made decks."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classrooms.rules.similarity import (
    FEWEST_SHINGLES,
    MOST_HASHES,
    Passage,
    Sketch,
    likeness,
    normalised,
    passages,
    shortened,
    sketch_of,
)
from tests import decks

LINE = 0.40
chinese = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=400)
# Long enough to tell, with no shingle twice.
LONG = "".join(chr(0x4E00 + number) for number in range(400))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("面试，技巧！\n（第 2 版）", "面试技巧第2版"),
        ("STRASSE Straße", "strassestrasse"),
        ("㈱①", "株1"),
        ("……——", ""),
    ],
)
def test_normalised_keeps_letters_digits_and_chinese(text, expected):
    assert normalised(text) == expected


def alike(one: str, other: str) -> float:
    return likeness(sketch_of(one), sketch_of(other))


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        (LONG, LONG, 1, 1),
        (LONG, f"  {LONG[:200]}，\n{LONG[200:]}。", 1, 1),
        (LONG, LONG[200:] + LONG[:200], 0.97, 0.995),
        (LONG[:200], LONG, 1, 1),
        (LONG, LONG[:200] * 3, 0.97, 1),
        (LONG[:200], LONG[200:], 0, 0),
        (LONG[:300], LONG[150:], 0.58, 0.60),
    ],
    ids=["itself", "punctuation", "order", "part", "repeated", "nothing", "half"],
)
def test_likeness_is_the_share_of_the_shorter_text(one, other, least, most):
    assert least <= alike(one, other) <= most
    assert alike(one, other) == alike(other, one)


def test_text_too_short_to_tell_has_no_sketch():
    assert sketch_of(LONG[: FEWEST_SHINGLES + 3]) is None
    assert sketch_of(LONG[: FEWEST_SHINGLES + 4]) is not None
    assert sketch_of("谢谢大家。" * 500) is None


def test_sketch_of_any_length_is_bounded_and_the_same_after_it_was_kept():
    text = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(20000))
    sketch = sketch_of(text)
    assert MOST_HASHES / 4 < len(sketch.hashes) <= MOST_HASHES
    assert Sketch.from_bytes(sketch.to_bytes()) == sketch
    assert Sketch.from_bytes(memoryview(sketch.to_bytes()).cast("c")) == sketch


def test_short_text_is_found_within_a_long_one():
    long = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(20000))
    assert alike(long[5000:6000], long) == 1
    assert likeness(sketch_of(long[5000:5150]), sketch_of(long)) == 0.0


def test_sketch_is_the_same_in_every_process():
    assert sketch_of(LONG).hashes[:2] == (51822289805112471, 88473763245906257)


@given(chinese, chinese)
def test_likeness_is_symmetric_and_a_share(one, other):
    mine, theirs = sketch_of(one), sketch_of(other)
    if mine and theirs:
        assert likeness(mine, theirs) == likeness(theirs, mine)
        assert 0 <= likeness(mine, theirs) <= 1
        assert likeness(mine, mine) == 1


@given(st.lists(st.text(alphabet=LONG, min_size=60, max_size=120), min_size=4, max_size=8), st.randoms())
def test_order_of_paragraphs_hardly_matters(paragraphs, random):
    shuffled = random.sample(paragraphs, len(paragraphs))
    one, other = sketch_of("\n".join(paragraphs)), sketch_of("\n".join(shuffled))
    if one and other:
        assert likeness(one, other) > 0.8


@given(st.text(max_size=300), st.text(max_size=300))
def test_passages_are_the_text(text, other):
    assert "".join(piece.text for piece in passages(text, other)) == text
    assert all(piece.is_common for piece in passages(text, text) if len(normalised(piece.text)) > 12)


def test_passages_mark_what_both_say_whatever_stands_between():
    text = "前言各不相同。自我介绍控制在一分钟以内，说清三件事。后记也是自己的。"
    other = "开头完全是新的内容。自我介绍 控制在一分钟以内 说清三件事 结尾另写。"
    assert passages(text, other) == [
        Passage("前言各不相同。"),
        Passage("自我介绍控制在一分钟以内，说清三件事", is_common=True),
        Passage("。后记也是自己的。"),
    ]


def test_short_runs_are_nobodys_and_not_marked():
    assert passages("结构化面试很重要", "讲讲结构化面试的事") == [Passage("结构化面试很重要")]


def test_shortened_leaves_out_the_middle_of_what_is_not_common():
    pieces = [Passage("甲" * 50), Passage("同" * 30, is_common=True), Passage("乙" * 10)]
    shown = shortened(pieces, around=10, most=1000)
    assert [(len(piece.text), piece.is_common, piece.left_out) for piece in shown] == [
        (10, False, 30),
        (10, False, 0),
        (30, True, 0),
        (10, False, 0),
    ]


def test_shortened_ends_at_the_most():
    shown = shortened([Passage("同" * 30, is_common=True), Passage("乙")], around=10, most=20)
    assert shown == [Passage("同" * 20, is_common=True, left_out=10)]


def test_ten_thousand_characters_are_sketched_and_compared_in_no_time():
    text = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(10000))
    sketch_of(text)
    started = time.process_time()
    one, other = sketch_of(text), sketch_of(text[::-1])
    likeness(one, other)
    assert time.process_time() - started < 0.1


def test_copies_of_decks_are_found_and_decks_of_one_subject_are_not():
    """Copies with another title and order and a fifth of new sentences, among 216 decks of 24 subjects."""
    originals = decks.originals(9)
    sketches = {deck.number: sketch_of(deck.text) for deck in originals}
    copies = [decks.copy_of(deck, 1000 + deck.number) for deck in originals[::3]]
    for copy in copies:
        sketch = sketch_of(copy.text)
        found = {number: likeness(sketch, other) for number, other in sketches.items()}
        assert max(found, key=found.get) == copy.copied_from
        assert found[copy.copied_from] > LINE + 0.2
    for one in originals:
        for other in originals[one.number + 1 :]:
            if one.subject == other.subject:
                assert likeness(sketches[one.number], sketches[other.number]) < LINE
