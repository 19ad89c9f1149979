"""Host units ask for a class at their own event, and hear what came of it (notice 三（二）1, 调剂安排)."""

from datetime import datetime

from django.db import transaction

from classrooms import errors
from classrooms.models import HostEvent
from classrooms.services import telling
from mentor_portal.accounts.models import User

Wish = HostEvent.Wish


@transaction.atomic
def ask_for_class(*, event: HostEvent, text: str, by: User, at: datetime) -> HostEvent:
    """Say that the event wants a class; asking again changes the words. Raises EventOver, WishNotOpen."""
    event = _lock(event)
    if event.is_cancelled or event.starts_at <= at:
        raise errors.EventOver(title=event.title)
    if event.wish == Wish.ARRANGED:
        raise errors.WishNotOpen(title=event.title, state=event.get_wish_display())
    event.wish, event.wish_text = Wish.WANTED, text.strip()
    event.wished_by, event.wished_at = by, at
    event.save(update_fields=["wish", "wish_text", "wished_by", "wished_at"])
    return event


@transaction.atomic
def withdraw_wish(*, event: HostEvent, by: User, at: datetime) -> HostEvent:
    """Take back that the event wants a class; nobody waits for an answer any more. Raises WishNotOpen."""
    event = _lock(event)
    if event.wish != Wish.WANTED:
        raise errors.WishNotOpen(title=event.title, state=event.get_wish_display())
    event.wished_by, event.wished_at = None, None
    event.save(update_fields=["wished_by", "wished_at"])
    _answer(event, Wish.NONE, by, at, "已撤回需求。")
    return event


@transaction.atomic
def decline_wish(*, event: HostEvent, by: User, at: datetime, answer: str) -> HostEvent:
    """Say that no class can be arranged, and why; whoever asked is told.

    Raises CommentMissing, WishNotOpen.
    """
    if not answer.strip():
        raise errors.CommentMissing
    event = _lock(event)
    if event.wish != Wish.WANTED:
        raise errors.WishNotOpen(title=event.title, state=event.get_wish_display())
    _answer(event, Wish.DECLINED, by, at, answer.strip())
    return event


def note_arranged(event: HostEvent, by: User, at: datetime) -> None:
    """A class was published for the event: its wish is fulfilled. In the caller's transaction."""
    event = _lock(event)
    if event.wish != Wish.ARRANGED:
        _answer(event, Wish.ARRANGED, by, at, "已安排课堂，详见课表。")


def note_called_off(event: HostEvent) -> None:
    """A class of the event is none any more: without another one, what was wished for is so again.

    In the caller's transaction.
    """
    event = _lock(event)
    if event.wish == Wish.ARRANGED and not event.sessions.published().exists():
        event.wish = Wish.WANTED if event.wished_at else Wish.NONE
        event.save(update_fields=["wish"])


def _answer(event: HostEvent, wish: HostEvent.Wish, by: User, at: datetime, answer: str) -> None:
    event.wish, event.answer, event.answered_by, event.answered_at = wish, answer, by, at
    event.save(update_fields=["wish", "answer", "answered_by", "answered_at"])
    telling.tell_wish_answered(event, at)


def _lock(event: HostEvent) -> HostEvent:
    return HostEvent.objects.select_for_update(no_key=True, of=("self",)).get(pk=event.pk)
