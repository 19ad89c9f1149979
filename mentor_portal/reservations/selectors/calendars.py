"""The private calendar of a person: where it is found, and what stands in it."""

from datetime import datetime

from django.utils.crypto import constant_time_compare, salted_hmac

from mentor_portal.accounts.models import User
from mentor_portal.reservations.calendars import KEPT_DAYS, MOST, Entry, status_of
from mentor_portal.reservations.models import CalendarAddress, Offering, Reservation
from mentor_portal.reservations.selectors.reservations import PENDING, with_position, word_of

_SALT = "mentor_portal.reservations.calendar"
_SIGNED = 32


def secret_of(address: CalendarAddress) -> str:
    """Return what the private address ends with: the key and its signature."""
    return address.key + _signature(address.key)


def person_of(secret: str) -> User | None:
    """Return whose private address this is; nobody where it was stopped, or the account is closed."""
    key = secret[:-_SIGNED]
    if not constant_time_compare(secret, key + _signature(key)):
        return None
    address = CalendarAddress.objects.select_related("person").filter(key=key, person__is_active=True).first()
    return address.person if address else None


def calendar_of(person: User, at: datetime) -> list[Entry]:
    """Return what a person holds, waits for or has given up, each offering once, the next one first."""
    own = Reservation.objects.of(person).filter(offering__ends_at__gt=at - KEPT_DAYS)
    rows = with_position(own).select_related("offering__venue__host_unit")
    latest: dict[int, Reservation] = {}
    earlier: dict[int, int] = {}
    for row in rows.order_by("offering__starts_at", "pk")[:MOST]:
        if row.offering_id in latest:
            earlier[row.offering_id] = earlier.get(row.offering_id, 0) + 1
        latest[row.offering_id] = row
    return [entry_of(row, earlier.get(pk, 0)) for pk, row in latest.items()]


def entry_of(reservation: Reservation, earlier: int = 0) -> Entry:
    """Return a reservation as its person's calendar shows it, after so many earlier ones of the offering."""
    offering = reservation.offering
    is_off = reservation.state == Reservation.State.CANCELLED or offering.state == Offering.State.CANCELLED
    is_open = reservation.state in PENDING
    return Entry(
        offering=offering,
        status="CANCELLED" if is_off else "TENTATIVE" if is_open else status_of(offering),
        word=word_of(reservation) if is_open else "",
        description=f"{offering.get_kind_display()}，{word_of(reservation)}",
        # Booking, holding and giving up come one after the other, and again where it is booked anew.
        steps=3 * earlier + (2 if is_off else 0 if is_open else 1),
    )


def _signature(key: str) -> str:
    return salted_hmac(_SALT, key, algorithm="sha256").hexdigest()[:_SIGNED]
