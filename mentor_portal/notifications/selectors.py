"""How the portal words its messages."""

from dataclasses import dataclass

from mentor_portal.notifications.kinds import MessageKind, find_kind


@dataclass(frozen=True)
class Wording:
    """The texts of a kind, with words in braces, and the channels it goes by."""

    title: str
    body: str
    by_sms: bool
    by_email: bool


def wording_of(key: str) -> Wording | None:
    """Return how a kind is worded; None where there is no such kind any more."""
    kind = find_kind(key)
    return _registered(kind) if kind else None


def _registered(kind: MessageKind) -> Wording:
    return Wording(kind.title, kind.body, kind.by_sms, kind.by_email)
