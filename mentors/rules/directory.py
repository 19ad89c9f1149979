"""Pure decisions about the words of the directory: lists in one text."""

import re

_SEPARATORS = re.compile(r"[、，,;；\r\n]+")


def split_list(text: str) -> list[str]:
    """Return the parts of a list written in one text with 、，, ; or line breaks, without repeats."""
    parts = (part.strip() for part in _SEPARATORS.split(text))
    return list(dict.fromkeys(part for part in parts if part))
