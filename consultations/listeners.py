"""What consultations do when the engine announces something, in the same transaction."""

from datetime import datetime

from django.dispatch import receiver

from consultations.services import queue_up, withdraw_from_queue
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.services import reopen_booking
from mentor_portal.reservations.signals import attendance_changed


@receiver(attendance_changed, dispatch_uid="clinic-queue")
def keep_the_queue(
    sender: type, offering: Offering, reservation: Reservation, at: datetime, **_: object
) -> None:
    """Whoever checks in at a clinic gets a number at once; a check-in taken back leaves the queue."""
    if offering.kind != OfferingKind.CLINIC:
        return
    if reservation.state == Reservation.State.ATTENDED:
        queue_up(reservation=reservation, at=at)
    else:
        withdraw_from_queue(reservation=reservation, at=at)


@receiver(attendance_changed, dispatch_uid="slot-reopened")
def open_the_slot_again(
    sender: type, offering: Offering, reservation: Reservation, at: datetime, **_: object
) -> None:
    """A slot whose walk-in was a mistake is booked online again until it begins."""
    if offering.kind != OfferingKind.CONSULTATION or reservation.state == Reservation.State.ATTENDED:
        return
    reopen_booking(offering=offering, until=offering.starts_at, at=at)
