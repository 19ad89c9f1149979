"""Pure decisions about the words of the directory: lists in one text, words to search for."""

import re
import unicodedata

SEARCH_WORDS = 5
SEARCH_LENGTH = 60

_SEPARATORS = re.compile(r"[、，,;；\r\n]+")


def split_list(text: str) -> list[str]:
    """Return the parts of a list written in one text with 、，, ; or line breaks, without repeats."""
    parts = (part.strip() for part in _SEPARATORS.split(text))
    return list(dict.fromkeys(part for part in parts if part))


def search_words(text: str) -> list[str]:
    """Return the words to look for: at most ``SEARCH_WORDS`` from the first ``SEARCH_LENGTH`` characters.

    Full-width forms become plain ones; control characters separate words.
    """
    plain = unicodedata.normalize("NFKC", text[:SEARCH_LENGTH])
    plain = "".join(" " if unicodedata.category(char).startswith("C") else char for char in plain)
    return plain.split()[:SEARCH_WORDS]
