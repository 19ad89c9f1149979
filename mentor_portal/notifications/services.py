"""Saying something to a person, and a person reading it."""

from collections.abc import Iterable
from datetime import datetime

from mentor_portal.accounts.models import User
from mentor_portal.notifications.models import Message


def say(*, messages: Iterable[Message]) -> None:
    """Write messages in the caller's transaction; one whose key was used before is left out."""
    Message.objects.bulk_create(messages, ignore_conflicts=True)


def mark_read(*, message: Message, at: datetime) -> None:
    """Note when a message was read for the first time."""
    Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=at)


def mark_all_read(*, person: User, at: datetime) -> int:
    """Mark everything said to the person so far as read; returns how many messages that was."""
    return Message.objects.of(person).unread().update(read_at=at)
