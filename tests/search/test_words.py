"""The words of a text that is looked for."""

import pytest

from mentor_portal.wording import SEARCH_WORDS, search_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  周建国  三一 ", ["周建国", "三一"]),
        ("ＩＧＢＴ", ["IGBT"]),
        ("周\0建国", ["周", "建国"]),
        ("", []),
        ("长" * 10_000, ["长" * 60]),
    ],
)
def test_search_words(text, words):
    assert search_words(text) == words


def test_search_words_are_at_most_a_few():
    assert len(search_words("a b c d e f g h")) == SEARCH_WORDS
