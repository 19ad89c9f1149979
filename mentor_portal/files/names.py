"""The name that a file is kept under: safe, short, and with a suffix that fits the content."""

import re
import unicodedata
from collections.abc import Sequence

NAME_LENGTH = 150
WITHOUT_NAME = "附件"

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}$")
_NEVER_IN_NAMES = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(con|prn|aux|nul|clock\$|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def shown_name(name: str | None) -> str:
    """Return the name as it may stand in a sentence: printable, without its path, not too long."""
    return _printable(name or "")[:NAME_LENGTH] or WITHOUT_NAME


def fitting_name(name: str | None, suffixes: Sequence[str]) -> str:
    """Return a safe name with one of the suffixes, the first where it has another or none."""
    stem, suffix = _split(_printable(name or "").lstrip("."), suffixes)
    stem = stem.strip(" .") or WITHOUT_NAME
    if _DEVICES.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem[: NAME_LENGTH - len(suffix)].rstrip(' .')}{suffix}"


def _printable(name: str) -> str:
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    spaced = "".join(" " if unicodedata.category(each) == "Zs" else each for each in last)
    printed = "".join(each for each in spaced if each.isprintable())
    return _NEVER_IN_NAMES.sub("_", printed).strip()


def _split(name: str, suffixes: Sequence[str]) -> tuple[str, str]:
    """Return stem and suffix; of 课件.pptx.exe the last goes and the first, where it fits, is the suffix."""
    if f".{name}".lower() in suffixes:
        return "", f".{name}"
    without_last = _SUFFIX.sub("", name)
    for candidate in (name, without_last):
        found = _SUFFIX.search(candidate)
        if found and found[0].lower() in suffixes:
            return candidate[: found.start()], found[0]
    return without_last, suffixes[0]
