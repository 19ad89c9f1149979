"""Pure decisions about identities and sign-in codes."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

CODE_DIGITS = 6
CODE_LIFETIME = timedelta(minutes=10)
CODE_ATTEMPTS = 5

_MOBILE = re.compile(r"1[3-9]\d{9}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def normalise_phone(text: str) -> str:
    """Return a mainland mobile number as its eleven digits.

    Accepts +86, 0086 or 86 in front, spaces, dashes, dots, brackets and full-width digits.
    Raises ValueError where the rest is not a mainland mobile number.
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"[\s\-‐-―.()]", "", plain)
    for prefix in ("+86", "0086", "86"):
        if plain.startswith(prefix) and len(plain) == len(prefix) + 11:
            plain = plain[len(prefix) :]
            break
    if not plain.isascii() or not _MOBILE.fullmatch(plain):
        raise ValueError("not a mainland mobile number")
    return plain


def normalise_email(text: str) -> str:
    """Return an e-mail address in lower case without surrounding space; ValueError if it is none."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if len(plain) > 254 or not _EMAIL.fullmatch(plain):
        raise ValueError("not an e-mail address")
    return plain


def normalise_identifier(text: str) -> str:
    """Return a phone number or an e-mail address in the one way it is stored; ValueError if neither."""
    return normalise_email(text) if "@" in unicodedata.normalize("NFKC", text) else normalise_phone(text)


def mask_identifier(identifier: str) -> str:
    """Return 138****8000 for a phone, z***@example.com for an e-mail address."""
    if "@" in identifier:
        name, _, domain = identifier.partition("@")
        return f"{name[:1]}***@{domain}"
    return f"{identifier[:3]}****{identifier[-4:]}" if len(identifier) >= 8 else identifier


def seconds_to_wait(sent: Sequence[datetime], now: datetime, limits: Sequence[tuple[timedelta, int]]) -> int:
    """Return how many whole seconds must pass before one more code may be sent, 0 for none.

    ``sent`` holds the moments of earlier codes in any order; each limit is a span and the number
    of codes allowed within it.
    """
    newest_first = sorted(sent, reverse=True)
    wait = timedelta()
    for span, allowed in limits:
        if len(newest_first) >= allowed:
            wait = max(wait, newest_first[allowed - 1] + span - now)
    whole = int(wait.total_seconds())
    return max(0, whole + (wait > timedelta(seconds=whole)))
