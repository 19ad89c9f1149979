"""Sending messages: each is routed to the channels it goes by, and each delivery is sent once.

Nothing is sent within a transaction. A worker claims a delivery, sends it, and notes what came of it;
if it is killed in between, its claim runs out and the next worker tries again under the same ``ref``.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mentor_portal import portal_settings
from mentor_portal.accounts.models import User
from mentor_portal.notifications import carriers, rules
from mentor_portal.notifications.errors import NotFailed
from mentor_portal.notifications.models import Delivery, DeliveryQuerySet, Message
from mentor_portal.notifications.selectors import wording_of

logger = logging.getLogger(__name__)

ROUTED_AT_ONCE = 200
CLAIMED_FROM = 20
EXPIRED = "消息已过期"
EXPIRES_IN_QUIET_HOURS = "静默时段结束前已过期"
NO_TARGET = "没有手机号或邮箱"
INTERRUPTED = "多次发送均未完成"

State = Delivery.State


@dataclass(frozen=True)
class Plan:
    """When a delivery goes out; where it does not, ``reason`` says why."""

    due_at: datetime
    reason: str = ""


def route_messages(*, at: datetime) -> int:
    """Make the deliveries of messages that have none yet, batch by batch; returns how many were routed.

    Messages that another worker is routing are left to it.
    """
    count = 0
    while Message.objects.unrouted().exists() and (routed := _route_batch(at)):
        count += routed
    return count


def send_due(*, clock: Callable[[], datetime], until: datetime) -> int:
    """Send one delivery after the other until nothing is due or the moment has come; returns how many went.

    ``clock`` tells the time anew for each. What a carrier refuses or fails to take is put off.
    """
    _give_up_interrupted(clock())
    count = 0
    for delivery in _claims(clock, until):
        count += _send(delivery, clock)
    return count


@transaction.atomic
def resend(*, delivery: Delivery, by: User, at: datetime) -> None:
    """Try a failed delivery again from the start, under the same ``ref``. Raises NotFailed."""
    renewed = Delivery.objects.filter(pk=delivery.pk, state=State.FAILED).update(
        state=State.WAITING, due_at=at, attempts=0
    )
    if not renewed:
        raise NotFailed
    logger.info("delivery %s is sent again, asked by %s", delivery.ref, by.pk)


@transaction.atomic
def _route_batch(at: datetime) -> int:
    unrouted = Message.objects.unrouted().select_related("person").order_by("pk")
    batch = list(unrouted.select_for_update(skip_locked=True, of=("self",))[:ROUTED_AT_ONCE])
    claimed = Message.objects.unrouted().filter(pk__in=[message.pk for message in batch])
    claimed.update(routed_at=at)
    deliveries = [each for message in batch for each in _deliveries_of(message, at)]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    return len(batch)


def _deliveries_of(message: Message, at: datetime) -> Iterator[Delivery]:
    for channel in _channels_of(message):
        plan = _plan(channel, message.expires_at, at)
        yield Delivery(
            message=message,
            channel=channel,
            state=State.DROPPED if plan.reason else State.WAITING,
            due_at=plan.due_at,
            last_error=plan.reason,
            ref=f"message-{message.pk}-{channel}",
        )


def _channels_of(message: Message) -> Iterator[Delivery.Channel]:
    """Yield the channels that the kind's wording allows and the person can be reached by."""
    person, wording = message.person, wording_of(message.kind)
    if not person.is_active or wording is None:
        return
    if wording.by_sms and person.phone:
        yield Delivery.Channel.SMS
    if wording.by_email and person.email:
        yield Delivery.Channel.EMAIL


def _plan(channel: str, expires_at: datetime | None, at: datetime) -> Plan:
    """Decide when a message may go out by a channel: text messages not in the quiet hours."""
    if expires_at and expires_at <= at:
        return Plan(at, EXPIRED)
    due_at = _loud(at) if channel == Delivery.Channel.SMS else at
    if expires_at and expires_at <= due_at:
        return Plan(due_at, EXPIRES_IN_QUIET_HOURS)
    return Plan(due_at)


def _loud(at: datetime) -> datetime:
    values = portal_settings.read()
    return rules.first_loud_moment(
        timezone.localtime(at), values["QUIET_FROM_HOUR"], values["QUIET_UNTIL_HOUR"]
    )


def _claims(clock: Callable[[], datetime], until: datetime) -> Iterator[Delivery]:
    """Yield deliveries that are due, each claimed for this worker alone."""
    while clock() < until:
        open_ones = Delivery.objects.due(clock()).select_related("message__person")
        batch = list(open_ones.order_by("due_at", "pk")[:CLAIMED_FROM])
        if not batch:
            return
        yield from _claimed(batch, clock, until)


def _claimed(batch: Iterable[Delivery], clock: Callable[[], datetime], until: datetime) -> Iterator[Delivery]:
    for delivery in batch:
        at = clock()
        if at >= until:
            return
        if _claim(delivery, at):
            yield delivery


def _claim(delivery: Delivery, at: datetime) -> bool:
    """Take a delivery that is due and may go out now; others who saw it too come too late.

    What may not go out is put off or dropped instead.
    """
    still = Delivery.objects.due(at).filter(pk=delivery.pk, attempts=delivery.attempts)
    plan = _plan(delivery.channel, delivery.message.expires_at, at)
    if plan.reason:
        still.update(state=State.DROPPED, last_error=plan.reason)
        return False
    if plan.due_at > at:
        still.update(state=State.WAITING, due_at=plan.due_at)
        return False
    lease = timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
    taken = still.update(state=State.SENDING, attempts=F("attempts") + 1, claimed_until=at + lease)
    delivery.attempts += 1
    return bool(taken)


def _send(delivery: Delivery, clock: Callable[[], datetime]) -> bool:
    """Hand a claimed delivery to its carrier and note what came of it; tells whether it went."""
    if not delivery.target:
        _held(delivery).update(state=State.DROPPED, last_error=NO_TARGET)
        return False
    try:
        receipt = carriers.carry(delivery)
    except Exception as failure:  # whatever a carrier's library raises, the others still go out
        logger.exception("delivery %s failed", delivery.ref)
        _put_off(delivery, f"{type(failure).__name__}: {failure}", clock())
        return False
    if not receipt.is_accepted:
        _put_off(delivery, receipt.reason, clock())
        return False
    _note_sent(delivery, receipt.carrier_id, clock())
    return True


def _note_sent(delivery: Delivery, carrier_id: str, at: datetime) -> None:
    """What went out is sent, also where the claim has run out meanwhile."""
    Delivery.objects.filter(pk=delivery.pk).exclude(state=State.SENT).update(
        state=State.SENT, sent_at=at, carrier_id=carrier_id[:100], last_error=""
    )


def _put_off(delivery: Delivery, reason: str, at: datetime) -> None:
    pause = rules.pause_after(delivery.attempts)
    _held(delivery).update(
        state=State.WAITING if pause else State.FAILED,
        due_at=at + pause if pause else at,
        last_error=rules.shorten(reason or "通道未说明原因", 200),
    )


def _held(delivery: Delivery) -> DeliveryQuerySet:
    """The delivery, as long as no other worker has claimed it since."""
    return Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, attempts=delivery.attempts)


def _give_up_interrupted(at: datetime) -> None:
    """End deliveries whose worker was lost on the last try too."""
    lost = Delivery.objects.filter(
        state=State.SENDING, claimed_until__lte=at, attempts__gte=rules.MOST_ATTEMPTS
    )
    if lost.exists():
        lost.update(state=State.FAILED, last_error=INTERRUPTED)
