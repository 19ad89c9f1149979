"""Pure decisions about research: how long a report is (字数), who may sign up, how a trip stands in words."""

import re
from dataclasses import dataclass
from enum import StrEnum

# Written the same in static/js/report-length.js, which counts while somebody types.
_BREAKS = re.compile(
    r"</?(?:address|article|blockquote|br|dd|div|dl|dt|figure|h[1-6]|hr|li|ol|p|pre|section|table|td|th|tr|ul)"
    r"(?:[ \t\r\n\f/][^<>]*)?>",
    re.IGNORECASE | re.ASCII,
)
_TAGS = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE | re.ASCII)
_COMMENTS = re.compile(r"<!--[\s\S]*?(?:-->|\Z)")
_ENTITIES = re.compile(r"&(?:(amp|lt|gt|quot|apos|nbsp)|#([0-9]{1,6})|#[xX]([0-9a-fA-F]{1,5}));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": " "}
# Signs that show nothing by themselves: joiners, marks of direction and of variants.
_UNSEEN = re.compile(
    r"[\u00ad\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
_SPACE = "\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"
# Characters of Chinese, Japanese and Korean writing, their punctuation, and the forms as wide as they.
_CJK = (
    "\\u1100-\\u11ff\\u2e80-\\u2fff\\u3001-\\u4dbf\\u4e00-\\u9fff\\ua960-\\ua97f\\uac00-\\ud7ff"
    "\\uf900-\\ufaff\\ufe10-\\ufe1f\\ufe30-\\ufe6f\\uff01-\\uffef"
    "\\U0001b000-\\U0001b16f\\U00020000-\\U0003ffff"
)
# Marks that Chinese shares with other scripts: “ ” ‘ — … · and the like.
_SHARED = "\\u00b7\\u2014\\u2015\\u2018\\u201c\\u201d\\u2025-\\u2027\\u2e3a"
# An apostrophe within a word (don’t) belongs to it; at its edge it is a closing quotation mark.
_UNITS = re.compile(
    f"[{_CJK}{_SHARED}]"
    f"|[^{_SPACE}{_CJK}{_SHARED}\\u2019]+(?:\\u2019[^{_SPACE}{_CJK}{_SHARED}\\u2019]+)*"
    "|\\u2019"
)


def text_length(text: str) -> int:
    """Return the 字数 of a text as Word and WPS count it (notice 三（四）, annex 2: 不少于 800 字).

    Each CJK character or punctuation mark counts one, each run of other characters that are no space
    counts one; markup counts nothing.
    """
    return sum(1 for _ in _UNITS.finditer(_without_markup(text)))


def missing_length(length: int, least: int) -> int:
    """Return how many 字 a report lacks."""
    return max(0, least - length)


class Decision(StrEnum):
    """What a reviewer makes of a report that was handed in."""

    ACCEPT = "accepted"
    RETURN = "returned"

    @property
    def needs_comment(self) -> bool:
        return self is Decision.RETURN


@dataclass(frozen=True)
class Seats:
    """How the places of a trip stand, in words."""

    word: str
    tone: str  # ok, few, full, off
    action: str = ""  # book, wait or nothing
    action_word: str = ""


def seats_in_words(*, word: str, tone: str, action: str) -> Seats:
    """Return the engine's words about seats as one says them of a trip, which one signs up for (报名)."""
    for ours, theirs in _OF_TRIPS:
        word = word.replace(theirs, ours)
    return Seats(word=word, tone=tone, action=action, action_word=_ACTIONS.get(action, ""))


_OF_TRIPS = (("报名已截止", "预约已截止，可直接到场"), ("开始报名", "开始预约"), ("个名额", "席"))
_ACTIONS = {"book": "报名", "wait": "候补"}


def months_without(months: set[int]) -> list[int]:
    """Return the months of a year that a plan has no theme for."""
    return [month for month in range(1, 13) if month not in months]


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a plain text; a blank line parts them."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [part.strip() for part in parts if part.strip()]


def _without_markup(text: str) -> str:
    text = _TAGS.sub("", _BREAKS.sub(" ", _COMMENTS.sub("", text)))
    return _UNSEEN.sub("", _ENTITIES.sub(_character, text))


def _character(found: re.Match[str]) -> str:
    name, decimal, hexadecimal = found.groups()
    if name:
        return _NAMED[name]
    return chr(int(decimal) if decimal else int(hexadecimal, 16))
