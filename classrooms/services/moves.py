"""A mentor asks for another time (申请调课), and what staff make of it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from classrooms import errors
from classrooms.models import ClassSession, MoveRequest, MoveWindow
from classrooms.rules import HalfDay
from classrooms.services import telling
from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Offering
from mentor_portal.wording import moment
from mentors.models import Mentor


@transaction.atomic
def ask_move(
    *,
    session: ClassSession,
    mentor: Mentor,
    reason: str,
    windows: Collection[HalfDay],
    by: User,
    at: datetime,
) -> MoveRequest:
    """Ask staff to move a class, with a reason and the windows that would do instead.

    Raises CommentMissing without a reason, NotMovable where the class has begun or is cancelled,
    MoveAlreadyAsked.
    """
    if not reason.strip():
        raise errors.CommentMissing
    offering = Offering.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    if offering.starts_at <= at or offering.state not in (Offering.State.DRAFT, Offering.State.PUBLISHED):
        raise errors.NotMovable(title=offering.title)
    earlier = MoveRequest.objects.open().filter(session=session, mentor=mentor).first()
    if earlier:
        raise errors.MoveAlreadyAsked(when=moment(earlier.asked_at))
    request = MoveRequest.objects.create(session=session, mentor=mentor, reason=reason.strip(), asked_at=at)
    MoveWindow.objects.bulk_create(
        MoveWindow(request=request, day=each.day, part=each.part) for each in sorted(set(windows))
    )
    return request


@transaction.atomic
def refuse_move(*, request: MoveRequest, by: User, at: datetime, comment: str) -> MoveRequest:
    """Leave the class where it is, and tell the mentor why. Raises CommentMissing, MoveSettled."""
    if not comment.strip():
        raise errors.CommentMissing
    request = MoveRequest.objects.select_for_update(no_key=True, of=("self",)).get(pk=request.pk)
    if request.state != MoveRequest.State.OPEN:
        raise errors.MoveSettled(
            who=str(request.settled_by), when=moment(request.settled_at), state=request.get_state_display()
        )
    _settle(request, MoveRequest.State.REFUSED, by, at, comment.strip())
    telling.tell_move_refused(request, at)
    return request


def settle_moves_of(session: ClassSession, by: User, at: datetime) -> None:
    """Close the open requests of a class that has been moved. In the transaction of the move."""
    for request in MoveRequest.objects.open().filter(session=session):
        _settle(request, MoveRequest.State.MOVED, by, at)


def _settle(
    request: MoveRequest, state: MoveRequest.State, by: User, at: datetime, comment: str = ""
) -> None:
    request.state, request.settled_by, request.settled_at, request.comment = state, by, at, comment
    request.save(update_fields=["state", "settled_by", "settled_at", "comment"])
