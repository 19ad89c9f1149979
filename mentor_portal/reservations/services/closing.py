"""What has ended is closed: who did not come is noted, who waited in vain is told."""

from datetime import datetime, timedelta

from django.db import transaction

from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.services import places, suspensions
from mentor_portal.reservations.signals import Change, Event, offering_finished

State = Reservation.State
Cause = Reservation.Cause
Excuse = Reservation.Excuse


def finish_offerings(*, at: datetime) -> int:
    """Close every published offering that ended some minutes ago, one for each transaction.

    Returns how many were closed.
    """
    ended_by = at - timedelta(minutes=places.booking_rules().finish_after_minutes)
    due = Offering.objects.published().filter(ends_at__lte=ended_by).order_by("ends_at", "pk")
    return sum(finish_offering(offering_id=pk, at=at) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def finish_offering(*, offering_id: int, at: datetime) -> bool:
    """Close a published offering that has ended; closing twice is once. Returns whether it was open.

    Confirmed places without check-in become no-shows, except where leave is asked for and not yet
    settled, and where the offering was moved after the booking: that never counts against anybody.
    """
    offering = places.lock_offering(offering_id)
    if offering.state != Offering.State.PUBLISHED or offering.ends_at > at:
        return False
    changes = []
    missed = []
    for reservation in offering.reservations.live().select_related("person").order_by("pk"):
        if reservation.state != State.CONFIRMED:
            places.end_reservation(offering, reservation, cause=Cause.NOT_REACHED, by=None, at=at)
            changes.append(Change(reservation, Event.NOT_REACHED, at))
        elif _was_moved_after(offering, reservation):
            places.end_reservation(offering, reservation, cause=Cause.MOVED_AWAY, by=None, at=at)
        elif reservation.excuse != Excuse.ASKED:
            missed.append(reservation)
            changes.append(Change(reservation, Event.NO_SHOW, at))
    note_no_shows(missed)
    offering.state, offering.finished_at = Offering.State.FINISHED, at
    offering.save(update_fields=["state", "finished_at", "places_taken", "waiting_count"])
    places.announce(offering, changes)
    offering_finished.send(sender=Offering, offering=offering, at=at)
    for reservation in sorted(missed, key=lambda each: each.person_id):
        suspensions.suspend_after_no_show(reservation.person, at)
    return True


def note_no_shows(reservations: list[Reservation]) -> None:
    """Write that these people did not come; under their offering's lock."""
    Reservation.objects.filter(pk__in=[each.pk for each in reservations]).update(state=State.NO_SHOW)
    for reservation in reservations:
        reservation.state = State.NO_SHOW


def note_missed(offering: Offering, reservation: Reservation, at: datetime) -> None:
    """Write, once the offering is closed, that a place was held and nobody came; under its lock."""
    if _was_moved_after(offering, reservation):
        places.end_reservation(offering, reservation, cause=Cause.MOVED_AWAY, by=None, at=at)
        places.store_counts(offering)
        return
    note_no_shows([reservation])
    suspensions.suspend_after_no_show(reservation.person, at)


def _was_moved_after(offering: Offering, reservation: Reservation) -> bool:
    """Tell whether the offering was moved after the booking: that never counts against anybody."""
    return offering.moved_at is not None and reservation.queued_at < offering.moved_at
