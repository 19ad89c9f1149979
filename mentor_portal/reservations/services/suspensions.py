"""Booking paused after repeated no-shows (暂停预约), and lifted."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from mentor_portal.accounts.models import User
from mentor_portal.reservations import errors, rules
from mentor_portal.reservations.models import Reservation, Suspension
from mentor_portal.reservations.services import places
from mentor_portal.reservations.services.places import booking_rules
from mentor_portal.reservations.signals import person_suspended
from mentor_portal.wording import day

CORRECTED = "未到场记录已更正"


def refuse_if_suspended(person: User, at: datetime) -> None:
    """Raise BookingSuspended with the day on which it clears."""
    suspension = Suspension.objects.of(person).in_force(at).first()
    if suspension:
        raise refusal_of(suspension)


def refusal_of(suspension: Suspension) -> errors.BookingSuspended:
    """Return what the person hears who wants to book in the meantime."""
    return errors.BookingSuspended(until=day(timezone.localtime(suspension.ends_at).date()))


def suspend_after_no_show(person: User, at: datetime) -> None:
    """Pause booking where the person has missed too many; in the transaction that noted the last one."""
    places.lock_people([person.pk])
    if Suspension.objects.of(person).in_force(at).exists():
        return
    numbers = booking_rules()
    missed = _no_shows(person, at, numbers)
    ends_at = rules.suspended_until(no_shows=missed, at=at, rules=numbers)
    if ends_at is None:
        return
    suspension = Suspension.objects.create(
        person=person,
        starts_at=at,
        ends_at=ends_at,
        reason=f"{numbers.no_show_days} 天内预约后未到场 {missed} 次",
    )
    person_suspended.send(sender=Suspension, suspension=suspension, at=at)


@transaction.atomic
def lift_suspension(*, suspension: Suspension, by: User, at: datetime, reason: str) -> Suspension:
    """Let a person book again before the time, with a reason that stays on record.

    Raises ReasonMissing, SuspensionEnded where it is over or was lifted.
    """
    if not reason.strip():
        raise errors.ReasonMissing
    suspension = Suspension.objects.select_for_update(no_key=True, of=("self",)).get(pk=suspension.pk)
    if suspension.lifted_at or suspension.ends_at <= at:
        raise errors.SuspensionEnded
    suspension.lifted_at, suspension.lifted_by = at, by
    suspension.lift_reason = reason.strip()
    suspension.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    return suspension


def lift_if_corrected(person: User, by: User, at: datetime) -> None:
    """Lift what a corrected no-show no longer justifies; in the transaction of the correction."""
    places.lock_people([person.pk])
    suspension = Suspension.objects.of(person).in_force(at).first()
    if suspension is None:
        return
    numbers = booking_rules()
    missed = _no_shows(person, suspension.starts_at, numbers, since=suspension)
    if rules.suspended_until(no_shows=missed, at=at, rules=numbers) is None:
        lift_suspension(suspension=suspension, by=by, at=at, reason=CORRECTED)


def _no_shows(
    person: User, at: datetime, numbers: rules.BookingRules, since: Suspension | None = None
) -> int:
    """Count what was missed in the last days, and after the start of the suspension before."""
    missed = Reservation.objects.of(person).filter(
        state=Reservation.State.NO_SHOW,
        offering__ends_at__gt=at - timedelta(days=numbers.no_show_days),
        offering__ends_at__lte=at,
    )
    # What a correction lifted should never have been: what was missed before it still counts.
    earlier = Suspension.objects.of(person).exclude(lift_reason=CORRECTED)
    if since:
        earlier = earlier.filter(starts_at__lt=since.starts_at)
    last = earlier.order_by("-starts_at").first()
    return missed.filter(offering__ends_at__gt=last.starts_at).count() if last else missed.count()
