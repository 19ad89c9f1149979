"""People are reminded the day before and shortly before the start."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from mentor_portal.reservations import rules
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.services import places
from mentor_portal.reservations.signals import Change, Event

# No reminder of the day before is due earlier than this before the start.
LOOKS_AHEAD = timedelta(days=2)


def remind(*, at: datetime) -> int:
    """Remind those who hold a place, once for each start; returns how many offerings it was for.

    Whoever booked after a reminder fell due gets none of it.
    """
    coming = Offering.objects.published().filter(starts_at__gt=at, starts_at__lte=at + LOOKS_AHEAD)
    pks = list(coming.order_by("starts_at", "pk").values_list("pk", flat=True))
    return sum(_remind_of(pk, at) for pk in pks)


def _remind_of(pk: int, at: datetime) -> bool:
    offering = Offering.objects.get(pk=pk)
    numbers = places.booking_rules()
    starts_at = timezone.localtime(offering.starts_at)
    day_due = rules.day_reminder_at(starts_at=starts_at, rules=numbers)
    soon_due = rules.soon_reminder_at(starts_at=starts_at, rules=numbers)
    if at >= soon_due:
        return _tell_once(offering, "soon_reminded_at", Event.REMINDER_SOON, soon_due, at)
    # Told late, on the day itself, the message would speak of tomorrow.
    if at >= day_due and timezone.localtime(at).date() < starts_at.date():
        return _tell_once(offering, "day_reminded_at", Event.REMINDER_DAY, day_due, at)
    return False


@transaction.atomic
def _tell_once(offering: Offering, mark: str, event: Event, due: datetime, at: datetime) -> bool:
    """Claim the reminder by its mark and tell in the same transaction."""
    if getattr(offering, mark):
        return False
    unclaimed = Offering.objects.published().filter(
        pk=offering.pk, starts_at=offering.starts_at, **{f"{mark}__isnull": True}
    )
    if not unclaimed.update(**{mark: at}):
        return False
    offering = Offering.objects.select_related("venue__host_unit").get(pk=offering.pk)
    held = offering.reservations.filter(state=Reservation.State.CONFIRMED, confirmed_at__lt=due)
    places.announce(offering, [Change(reservation, event, at) for reservation in held.order_by("pk")])
    return True
