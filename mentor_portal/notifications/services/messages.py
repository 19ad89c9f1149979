"""Saying something to a person, and a person reading it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mentor_portal.accounts.models import User
from mentor_portal.notifications.kinds import kind_of
from mentor_portal.notifications.models import Message
from mentor_portal.notifications.selectors import wording_of


@dataclass(frozen=True, kw_only=True)
class Note:
    """Something to tell a person: a registered kind, and the words that fill its texts.

    ``key`` names the occasion: the same key is told once. ``path`` is where the message leads.
    After ``expires_at`` it is no longer sent by text message or e-mail.
    """

    person_id: int
    key: str
    kind: str
    words: Mapping[str, str]
    at: datetime
    path: str = ""
    expires_at: datetime | None = None


def say(*, notes: Iterable[Note]) -> None:
    """Write messages in the caller's transaction; a note whose key was used before is left out.

    Nothing is sent here: the worker finds the messages. KeyError where a kind is not registered.
    """
    Message.objects.bulk_create([_message(note) for note in notes], ignore_conflicts=True)


def mark_read(*, message: Message, at: datetime) -> None:
    """Note when a message was read for the first time."""
    Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=at)


def mark_all_read(*, person: User, at: datetime) -> int:
    """Mark everything said to the person so far as read; returns how many messages that was."""
    return Message.objects.of(person).unread().update(read_at=at)


def _message(note: Note) -> Message:
    kind = kind_of(note.kind)
    title, body = wording_of(kind.key).filled(note.words)
    return Message(
        person_id=note.person_id,
        key=note.key,
        kind=kind.key,
        title=title,
        body=body,
        words=dict(note.words),
        path=note.path,
        created_at=note.at,
        expires_at=note.expires_at,
    )
