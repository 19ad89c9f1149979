"""The kinds of messages there are; an upper app registers its own when it starts.

A text holds words in braces, ``{offering}``; each kind names the words it knows, and what they mean.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class MessageKind:
    """What the portal says on one occasion, until staff write it otherwise.

    ``words`` maps each word that the texts may hold to its meaning and an example, in Chinese;
    ``icon`` is one of our sprite.
    """

    key: str
    name: str
    title: str
    body: str
    words: Mapping[str, tuple[str, str]]
    by_sms: bool = False
    by_email: bool = True
    icon: str = "bell"


KEY_LENGTH = 30

_kinds: dict[str, MessageKind] = {}


def register_messages(kinds: Iterable[MessageKind]) -> None:
    """Make kinds known; a key names one kind only.

    Raises ValueError for a key of more than ``KEY_LENGTH`` characters, which not every database refuses.
    """
    for kind in kinds:
        if len(kind.key) > KEY_LENGTH:
            raise ValueError(f"{kind.key}: a kind of message has a key of at most {KEY_LENGTH} characters")
        _kinds[kind.key] = kind


def all_kinds() -> list[MessageKind]:
    """Return every kind in the order of registration."""
    return list(_kinds.values())


def kind_of(key: str) -> MessageKind:
    """Return the kind of this key; KeyError where no app registered it."""
    return _kinds[key]


def find_kind(key: str) -> MessageKind | None:
    """Return the kind of this key; None where no app registers it any more."""
    return _kinds.get(key)
