"""The day itself: checking in at the door and at the desk, walking in, and who taught."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from mentor_portal.accounts.models import User
from mentor_portal.accounts.services import accounts_for_phones
from mentor_portal.reservations import errors, rules
from mentor_portal.reservations.models import Hosting, Offering, Reservation
from mentor_portal.reservations.services import closing, places, suspensions
from mentor_portal.reservations.services.places import booking_rules
from mentor_portal.reservations.signals import attendance_changed
from mentor_portal.wording import moment, span

State = Reservation.State
Cause = Reservation.Cause
# Another class of the person that starts this soon is the one they look for.
SOON = timedelta(hours=3)


@dataclass(frozen=True)
class CheckIn:
    """A checked-in reservation, and whether this very request checked it in."""

    reservation: Reservation
    is_new: bool


@transaction.atomic
def check_in(*, code: str, person: User, by: User, at: datetime) -> CheckIn:
    """Check a person in by the code of the poster; a second time is answered with the first.

    An offer that is still held is accepted by it. Raises Offering.DoesNotExist for an unknown code,
    OfferingCancelled, CheckInElsewhere (which names where the person is expected), CheckInTooEarly,
    CheckInOver, StillWaiting or NotBooked.
    """
    offering = places.lock_offering(Offering.objects.visible().only("pk").get(check_in_code=code).pk)
    title = f"“{offering.title}”"
    reservation = _standing(offering, person)
    if reservation and reservation.state == State.ATTENDED:
        return CheckIn(reservation, is_new=False)
    if offering.state == Offering.State.CANCELLED:
        raise errors.OfferingCancelled(title=title)
    if reservation is None:
        _refuse_if_expected_elsewhere(offering, title, person, at)
    _refuse_outside_window(offering, title, at)
    if reservation is None:
        raise errors.NotBooked(title=title)
    if reservation.state == State.WAITLISTED:
        raise errors.StillWaiting(title=title, position=_position(reservation))
    _attend(offering, reservation, by, at)
    return CheckIn(reservation, is_new=True)


@transaction.atomic
def check_in_at_desk(*, reservation: Reservation, by: User, at: datetime) -> CheckIn:
    """Check a person in by hand, also after the end where the door was missed; twice is once.

    Who waits or did not hold a place comes in as a walk-in. Raises DeskClosed, OfferingCancelled,
    NoPlaceToCheckIn where the reservation was cancelled.
    """
    offering = places.lock_offering(reservation.offering_id)
    _refuse_closed_desk(offering, at)
    reservation = _read_again(reservation)
    if reservation.state == State.ATTENDED:
        return CheckIn(reservation, is_new=False)
    if reservation.state == State.CANCELLED:
        raise errors.NoPlaceToCheckIn(name=str(reservation.person))
    _attend(offering, reservation, by, at)
    return CheckIn(reservation, is_new=True)


@transaction.atomic
def add_walk_in(*, offering: Offering, name: str, phone: str, by: User, at: datetime) -> CheckIn:
    """Note somebody who came without a booking; whoever has one is checked in on it.

    ``phone`` is normalised; the account is made where there is none. A walk-in takes no place and
    is welcome when all are taken. Raises DeskClosed, OfferingCancelled, AccountClosedAtDesk.
    """
    offering = places.lock_offering(offering.pk)
    _refuse_closed_desk(offering, at)
    person = accounts_for_phones(names={phone: name})[phone]
    if not person.is_active:
        raise errors.AccountClosedAtDesk
    reservation = _standing(offering, person)
    if reservation is None:
        # Nobody who walks in has waited: the order of arrival is that of the check-in.
        reservation = Reservation(offering=offering, person=person, is_walk_in=True, queued_at=at)
        _mark_attended(reservation, by, at)
        reservation.save()
        _announce(offering, reservation, at)
        return CheckIn(reservation, is_new=True)
    if reservation.state == State.ATTENDED:
        return CheckIn(reservation, is_new=False)
    _attend(offering, reservation, by, at)
    return CheckIn(reservation, is_new=True)


@transaction.atomic
def undo_check_in(*, reservation: Reservation, by: User, at: datetime) -> Reservation:
    """Take a check-in back: a booked place is held again, or missed once the class is finished.

    A walk-in who had waited waits again while the class is on; another ends. Raises DeskClosed,
    OfferingCancelled, NotCheckedIn, and what a listener refuses it for.
    """
    offering = places.lock_offering(reservation.offering_id)
    _refuse_closed_desk(offering, at)
    reservation = _read_again(reservation)
    if reservation.state != State.ATTENDED:
        raise errors.NotCheckedIn(name=str(reservation.person))
    if reservation.is_walk_in:
        _undo_walk_in(offering, reservation, by, at)
    else:
        _store_undone(reservation, State.CONFIRMED)
        if offering.state == Offering.State.FINISHED:
            closing.note_missed(offering, reservation, at)
    _announce(offering, reservation, at)
    return reservation


@transaction.atomic
def note_presence(*, hosting: Hosting, is_present: bool, by: User, at: datetime) -> Hosting:
    """Note whether a host was there; it may be corrected. Raises DeskClosed, OfferingCancelled."""
    offering = places.lock_offering(hosting.offering_id)
    _refuse_closed_desk(offering, at)
    hosting = Hosting.objects.select_related("person").get(pk=hosting.pk)
    hosting.presence = Hosting.Presence.PRESENT if is_present else Hosting.Presence.ABSENT
    hosting.presence_noted_at, hosting.presence_noted_by = at, by
    hosting.save(update_fields=["presence", "presence_noted_at", "presence_noted_by"])
    return hosting


@transaction.atomic
def note_presence_in_row(*, hostings: Sequence[Hosting], is_present: bool, by: User, at: datetime) -> None:
    """Note whether a host was there for offerings that follow each other, the first of them first.

    The desk of the first one says whether it can be noted: raises DeskClosed, OfferingCancelled.
    """
    first, *others = hostings
    noted = note_presence(hosting=first, is_present=is_present, by=by, at=at)
    Hosting.objects.filter(pk__in=[each.pk for each in others]).update(
        presence=noted.presence, presence_noted_at=at, presence_noted_by=by
    )


def _standing(offering: Offering, person: User) -> Reservation | None:
    rows = offering.reservations.of(person).exclude(state=State.CANCELLED)
    return rows.select_related("person").first()


def _read_again(reservation: Reservation) -> Reservation:
    """Return the reservation as it is now that its offering is locked."""
    return Reservation.objects.select_related("person").get(pk=reservation.pk)


def _attend(offering: Offering, reservation: Reservation, by: User, at: datetime) -> None:
    """Turn a standing reservation into one attended, under the offering's lock."""
    was_no_show = reservation.state == State.NO_SHOW
    if reservation.state == State.WAITLISTED:
        offering.waiting_count -= 1
        reservation.is_walk_in = True
    elif reservation.state in (State.OFFERED, State.REQUESTED):
        reservation.confirmed_at = at
        reservation.offer_expires_at = None
    _mark_attended(reservation, by, at)
    places.withdraw_excuse(reservation)
    reservation.save(
        update_fields=[
            *("state", "checked_in_at", "checked_in_by"),
            *("is_walk_in", "confirmed_at", "offer_expires_at", "excuse"),
        ]
    )
    places.store_counts(offering)
    if was_no_show:
        suspensions.lift_if_corrected(reservation.person, by, at)
    _announce(offering, reservation, at)


def _announce(offering: Offering, reservation: Reservation, at: datetime) -> None:
    attendance_changed.send(sender=Offering, offering=offering, reservation=reservation, at=at)


def _undo_walk_in(offering: Offering, reservation: Reservation, by: User, at: datetime) -> None:
    has_waited = reservation.queued_at < reservation.checked_in_at
    if has_waited and offering.state == Offering.State.PUBLISHED:
        reservation.is_walk_in = False
        if _was_passed(offering, reservation):
            reservation.queued_at = at
        _store_undone(reservation, State.WAITLISTED)
        offering.waiting_count += 1
        changes = places.settle(offering, at)
        places.store_counts(offering)
        places.announce(offering, changes)
    else:
        reservation.cause, reservation.ended_at, reservation.ended_by = Cause.WALK_IN_UNDONE, at, by
        _store_undone(reservation, State.CANCELLED)


def _store_undone(reservation: Reservation, state: State) -> None:
    reservation.state = state
    reservation.checked_in_at = reservation.checked_in_by = None
    reservation.save(
        update_fields=[
            *("state", "checked_in_at", "checked_in_by", "is_walk_in"),
            *("queued_at", "cause", "ended_at", "ended_by"),
        ]
    )


def _was_passed(offering: Offering, reservation: Reservation) -> bool:
    """Tell whether somebody further down the line has been offered a place in the meantime."""
    later = offering.reservations.filter(queued_at__gt=reservation.queued_at, offered_at__isnull=False)
    return later.filter(state__in=Reservation.HOLDING).exists()


def _mark_attended(reservation: Reservation, by: User, at: datetime) -> None:
    reservation.state = State.ATTENDED
    reservation.checked_in_at, reservation.checked_in_by = at, by


def _refuse_outside_window(offering: Offering, title: str, at: datetime) -> None:
    numbers = booking_rules()
    window = rules.check_in_window(
        starts_at=offering.starts_at, ends_at=offering.ends_at, at=at, rules=numbers
    )
    if window is rules.CheckInWindow.EARLY:
        opens_at = rules.check_in_opens_at(starts_at=offering.starts_at, rules=numbers)
        raise errors.CheckInTooEarly(title=title, opens=moment(opens_at))
    if window is rules.CheckInWindow.OVER:
        raise errors.CheckInOver(title=title)


def _refuse_if_expected_elsewhere(offering: Offering, title: str, person: User, at: datetime) -> None:
    other = (
        Offering.objects.published()
        .filter(
            reservations__person=person,
            reservations__state__in=Reservation.HOLDING,
            starts_at__lte=at + SOON,
            ends_at__gt=at,
        )
        .exclude(pk=offering.pk)
        .order_by("starts_at")
        .first()
    )
    if other:
        raise errors.CheckInElsewhere(
            title=title,
            other=other.title,
            when=span(other.starts_at, other.ends_at),
            other_url=other.get_absolute_url(),
        )


def _refuse_closed_desk(offering: Offering, at: datetime) -> None:
    title, numbers = f"“{offering.title}”", booking_rules()
    if offering.state == Offering.State.CANCELLED:
        raise errors.OfferingCancelled(title=title)
    if not is_desk_open(offering, at):
        opens_at = rules.check_in_opens_at(starts_at=offering.starts_at, rules=numbers)
        raise errors.DeskClosed(title=title, opens=moment(opens_at), days=numbers.desk_open_days)


def is_desk_open(offering: Offering, at: datetime) -> bool:
    """Tell whether staff can check people in now."""
    return offering.state in (Offering.State.PUBLISHED, Offering.State.FINISHED) and rules.is_desk_open(
        starts_at=offering.starts_at, ends_at=offering.ends_at, at=at, rules=booking_rules()
    )


def _position(reservation: Reservation) -> int:
    ahead: Iterable[int] = (
        Reservation.objects.filter(offering=reservation.offering_id)
        .waiting_in_order()
        .values_list("pk", flat=True)
    )
    return list(ahead).index(reservation.pk) + 1
