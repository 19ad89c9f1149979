"""Pure decisions about messages: how texts are filled, and when something may go out."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

MOST_ATTEMPTS = 8

_WORD = re.compile(r"\{(\w+)\}")


def fill(text: str, words: Mapping[str, str]) -> str:
    """Return the text with each word in braces replaced; a word that is not there leaves nothing.

    What is put in is not read again, and nothing but names is understood within braces.
    """
    return _WORD.sub(lambda found: str(words.get(found[1], "")), text)


def fill_title(text: str, words: Mapping[str, str], length: int) -> str:
    """Return the filled text on one line, shortened to a length."""
    return shorten(" ".join(fill(text, words).split()), length)


def shorten(text: str, length: int) -> str:
    """Return the text, its end replaced by … where it is longer."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def wrong_words(text: str, known: Collection[str]) -> list[str]:
    """Return the words in braces that are not known, in order, and each brace that belongs to no word."""
    wrong = [f"{{{name}}}" for name in _WORD.findall(text) if name not in known]
    return [*dict.fromkeys([*wrong, *re.findall(r"[{}]", _WORD.sub("", text))])]


def first_loud_moment(at: datetime, quiet_from: int, quiet_until: int) -> datetime:
    """Return the first moment from ``at`` on that is outside the quiet hours of the day.

    ``at`` is local; the quiet hours begin and end at full hours and may span midnight. Where both
    hours are the same there are none.
    """
    if not _is_quiet(at.hour, quiet_from, quiet_until):
        return at
    end = at.replace(hour=quiet_until % 24, minute=0, second=0, microsecond=0)
    return end if end > at else end + timedelta(days=1)


def pause_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many tries that failed: 1, 2, 4 … minutes, None for giving up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return timedelta(minutes=2 ** (attempts - 1))


def _is_quiet(hour: int, quiet_from: int, quiet_until: int) -> bool:
    if quiet_from <= quiet_until:
        return quiet_from <= hour < quiet_until
    return hour >= quiet_from or hour < quiet_until
