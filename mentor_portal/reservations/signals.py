"""What the engine announces, inside the transaction that made it true."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.dispatch import Signal

if TYPE_CHECKING:
    from mentor_portal.reservations.models import Reservation

# Sent with offering: Offering and changes: list[Change].
reservations_changed = Signal()

# Sent with offering: Offering, reservation: Reservation and at: datetime, under the offering's lock, when
# somebody is checked in or a check-in is taken back; a listener may refuse by a DomainError.
attendance_changed = Signal()

# Sent with offering: Offering and at: datetime, under the offering's lock, once it is closed after its end.
offering_finished = Signal()

# Sent with suspension: Suspension and at: datetime, when booking is paused for a person.
person_suspended = Signal()


class Event(StrEnum):
    """What happened to a reservation."""

    BOOKED = "booked"
    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OFFER_PASSED = "offer_passed"
    CANCELLED = "cancelled"
    CANCELLED_BY_STAFF = "cancelled_by_staff"
    OFFERING_CANCELLED = "offering_cancelled"
    EXCUSE_ASKED = "excuse_asked"
    EXCUSE_ACCEPTED = "excuse_accepted"
    EXCUSE_REFUSED = "excuse_refused"
    MOVED = "moved"
    REMINDER_DAY = "reminder_day"
    REMINDER_SOON = "reminder_soon"
    EXTRA_OFFERED = "extra_offered"
    EXTRA_WAITING = "extra_waiting"
    NOT_REACHED = "not_reached"
    NO_SHOW = "no_show"


@dataclass(frozen=True)
class Change:
    """One reservation and what happened to it at a moment."""

    reservation: "Reservation"
    event: Event
    at: datetime
