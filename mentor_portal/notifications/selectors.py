"""How the portal words its messages."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from mentor_portal.notifications import rules
from mentor_portal.notifications.kinds import MessageKind, find_kind
from mentor_portal.notifications.models import Message, MessageTemplate

# A wording changed in another process is used after this many seconds at the latest.
KEPT_FOR_SECONDS = 3


@dataclass(frozen=True)
class Wording:
    """The texts of a kind, with words in braces, and the channels it goes by."""

    title: str
    body: str
    by_sms: bool
    by_email: bool

    def filled(self, words: Mapping[str, str]) -> tuple[str, str]:
        """Return title and body as a person reads them, shortened where they are too long."""
        title = rules.fill_title(self.title, words, Message.TITLE_LENGTH)
        return title, rules.shorten(rules.fill(self.body, words), Message.BODY_LENGTH)


_kept: dict[str, Wording] = {}
_kept_until = 0.0


def wording_of(key: str) -> Wording | None:
    """Return how a kind is worded now, as staff wrote it or as its app registered it.

    None where there is no such kind. Takes a query every ``KEPT_FOR_SECONDS``.
    """
    kind = find_kind(key)
    return _written().get(key) or _registered(kind) if kind else None


def forget_wordings() -> None:
    """Read the wordings anew the next time: one was changed in this process."""
    global _kept_until
    _kept_until = 0.0


def _written() -> dict[str, Wording]:
    global _kept, _kept_until
    now = time.monotonic()
    if now >= _kept_until:
        fields = ("kind", "title", "body", "by_sms", "by_email")
        _kept = {key: Wording(*texts) for key, *texts in MessageTemplate.objects.values_list(*fields)}
        _kept_until = now + KEPT_FOR_SECONDS
    return _kept


def _registered(kind: MessageKind) -> Wording:
    return Wording(kind.title, kind.body, kind.by_sms, kind.by_email)
