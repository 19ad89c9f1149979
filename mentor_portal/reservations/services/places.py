"""The steps that the engine's services share, all under the lock of one offering.

Locks are always taken in one order, so that no two transactions wait for each other: the
offering, then its venue, then people by id. Nothing takes an offering after a person.
"""

from collections.abc import Collection
from datetime import datetime

from mentor_portal import portal_settings
from mentor_portal.accounts.models import User
from mentor_portal.reservations import rules
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.signals import Change, Event, reservations_changed


def booking_rules() -> rules.BookingRules:
    """Return the engine's numbers as staff have set them."""
    values = portal_settings.read()
    return rules.BookingRules(
        offer_hold_hours=values["OFFER_HOLD_HOURS"],
        offer_hold_hours_last_day=values["OFFER_HOLD_HOURS_LAST_DAY"],
        cancel_free_hours_group=values["CANCEL_FREE_HOURS_GROUP"],
        cancel_free_hours_one_to_one=values["CANCEL_FREE_HOURS_ONE_TO_ONE"],
        few_seats=values["FEW_SEATS"],
        most_one_to_ones=values["MOST_ONE_TO_ONES"],
        check_in_opens_minutes=values["CHECK_IN_OPENS_MINUTES"],
        finish_after_minutes=values["FINISH_AFTER_MINUTES"],
        desk_open_days=values["DESK_OPEN_DAYS"],
        no_show_limit=values["NO_SHOW_LIMIT"],
        no_show_days=values["NO_SHOW_DAYS"],
        suspension_days=values["SUSPENSION_DAYS"],
        reminder_day_hour=values["REMINDER_DAY_HOUR"],
        reminder_soon_hours=values["REMINDER_SOON_HOURS"],
    )


def lock_offering(pk: int) -> Offering:
    """Return the offering as it is now, held against every other change until the transaction ends.

    Its venue is loaded with it: what is announced names the place.
    """
    locked = Offering.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("venue__host_unit").get(pk=pk)


def lock_offerings(pks: Collection[int]) -> dict[int, Offering]:
    """Return several offerings as ``lock_offering`` does, locked in the order of their ids."""
    locked = Offering.objects.select_for_update(no_key=True, of=("self",))
    found = locked.select_related("venue__host_unit").filter(pk__in=pks).order_by("pk")
    return {offering.pk: offering for offering in found}


def lock_people(pks: Collection[int]) -> None:
    """Hold people's commitments until the transaction ends, always in the order of their ids."""
    list(
        User.objects.select_for_update(no_key=True)
        .filter(pk__in=pks)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def store_counts(offering: Offering) -> None:
    offering.save(update_fields=["places_taken", "waiting_count"])


def announce(offering: Offering, changes: list[Change]) -> None:
    """Tell the listeners, in this transaction, what happened; nothing is sent for no change."""
    if changes:
        reservations_changed.send(sender=Offering, offering=offering, changes=changes)


def end_reservation(
    offering: Offering,
    reservation: Reservation,
    *,
    cause: Reservation.Cause,
    by: User | None,
    at: datetime,
    note: str = "",
) -> None:
    """Close a live reservation and give back what it held; the offering's counts are stored later."""
    if reservation.state == Reservation.State.WAITLISTED:
        offering.waiting_count -= 1
    else:
        offering.places_taken -= 1
    reservation.state = Reservation.State.CANCELLED
    reservation.offer_expires_at = None
    reservation.ended_at = at
    reservation.ended_by = by
    reservation.cause = cause
    reservation.cause_note = note
    withdraw_excuse(reservation)
    reservation.save(
        update_fields=[
            *("state", "offer_expires_at", "ended_at", "ended_by"),
            *("cause", "cause_note", "excuse"),
        ]
    )


def withdraw_excuse(reservation: Reservation) -> None:
    """Leave that was asked for and not settled waits for nobody once the reservation is over."""
    if reservation.excuse == Reservation.Excuse.ASKED:
        reservation.excuse = Reservation.Excuse.NONE


def expire_offers(offering: Offering, at: datetime) -> list[Change]:
    """End the offers whose time is over."""
    expired = list(
        offering.reservations.offers_expired(at).select_related("person").order_by("offer_expires_at", "pk")
    )
    for reservation in expired:
        end_reservation(offering, reservation, cause=Reservation.Cause.OFFER_EXPIRED, by=None, at=at)
    return [Change(reservation, Event.OFFER_PASSED, at) for reservation in expired]


def fill_free_places(offering: Offering, at: datetime) -> list[Change]:
    """Give free places to the first in line: an offer with a deadline, or at once where none is set."""
    free = offering.places_left
    is_over = offering.state != Offering.State.PUBLISHED or at >= offering.starts_at
    if is_over or free <= 0 or not offering.waiting_count:
        return []
    next_in_line = list(offering.reservations.waiting_in_order().select_related("person")[:free])
    deadline = rules.offer_deadline(at=at, starts_at=offering.starts_at, rules=booking_rules())
    if deadline:
        values = {"state": Reservation.State.OFFERED, "offered_at": at, "offer_expires_at": deadline}
    else:
        values = held_values(offering, at)
    Reservation.objects.filter(pk__in=[reservation.pk for reservation in next_in_line]).update(**values)
    for reservation in next_in_line:
        for name, value in values.items():
            setattr(reservation, name, value)
    offering.places_taken += len(next_in_line)
    offering.waiting_count -= len(next_in_line)
    event = Event.OFFERED if deadline else booked_event(offering)
    return [Change(reservation, event, at) for reservation in next_in_line]


def held_values(offering: Offering, at: datetime) -> dict[str, object]:
    """Return what a reservation becomes that gets a place: confirmed, or requested where staff decide."""
    if offering.needs_approval:
        return {"state": Reservation.State.REQUESTED}
    return {"state": Reservation.State.CONFIRMED, "confirmed_at": at}


def booked_event(offering: Offering) -> Event:
    """Return what is announced for a reservation that gets a place."""
    return Event.REQUESTED if offering.needs_approval else Event.BOOKED


def settle(offering: Offering, at: datetime) -> list[Change]:
    """Pass on what expired and fill what is free; the caller stores the counts and announces."""
    changes = expire_offers(offering, at) if offering.places_taken else []
    return changes + fill_free_places(offering, at)
