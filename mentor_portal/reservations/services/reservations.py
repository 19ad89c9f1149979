"""Who holds a place: reserving, waiting, accepting, cancelling, asking for leave."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mentor_portal.accounts.models import User
from mentor_portal.reservations import errors, rules
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.services import clashes, closing, extra, places, suspensions
from mentor_portal.reservations.signals import Change, Event
from mentor_portal.wording import moment

State = Reservation.State
Cause = Reservation.Cause


@dataclass(frozen=True)
class Outcome:
    """What became of a request: the reservation, and whether this request made it."""

    reservation: Reservation
    is_new: bool


@transaction.atomic
def reserve(*, offering: Offering, person: User, by: User, at: datetime) -> Outcome:
    """Give the person a place, or a place in the queue where none is free.

    A second request is answered with the reservation of the first. Raises OfferingNotPublished,
    OfferingCancelled, OfferingNotOpen, BookingClosed, BookingSuspended, PersonClash,
    CannotHostAndAttend or TooManyOneToOnes.
    """
    offering = places.lock_offering(offering.pk)
    places.lock_people([person.pk])
    busy_with = clashes.commitments(offering, person)
    if offering in busy_with:
        earlier = offering.reservations.of(person).exclude(state=State.CANCELLED).first()
        if earlier:
            return Outcome(earlier, is_new=False)
    _refuse_if_not_bookable(offering, at)
    suspensions.refuse_if_suspended(person, at)
    clashes.refuse_if_person_is_busy(offering, busy_with)
    if offering.is_one_to_one:
        _refuse_too_many_one_to_ones(person, at)

    changes = places.settle(offering, at) if offering.places_left == 0 else []
    decision = rules.verdict(
        capacity=offering.capacity, taken=offering.places_taken, waiting=offering.waiting_count
    )
    if decision is rules.Verdict.CONFIRM:
        offering.places_taken += 1
        values, event = places.held_values(offering, at), places.booked_event(offering)
    else:
        offering.waiting_count += 1
        values, event = {"state": State.WAITLISTED}, Event.WAITING
    reservation = Reservation.objects.create(offering=offering, person=person, **values)
    places.store_counts(offering)
    places.announce(offering, [*changes, Change(reservation, event, at)])
    return Outcome(reservation, is_new=True)


def accept(*, reservation: Reservation, by: User, at: datetime) -> Reservation:
    """Take the place that is held for the person; taking it twice is once.

    Where it was offered beside another (另行开班), the other place or queue is given up.
    Raises OfferExpired where its time is over, NoOffer where none is held.
    """
    with transaction.atomic():
        pair = extra.pair_of(reservation)
        offerings = places.lock_offerings({reservation.offering_id, *(each.offering_id for each in pair)})
        offering = offerings[reservation.offering_id]
        # First what expired goes to the next in line, so that a refusal below leaves that standing.
        changes = places.settle(offering, at)
        reservation = _read_again(reservation)
        if reservation.state == State.OFFERED:
            _set(reservation, offer_expires_at=None, **places.held_values(offering, at))
            event = Event.REQUESTED if offering.needs_approval else Event.ACCEPTED
            changes.append(Change(reservation, event, at))
        _store_and_announce(offering, changes)
        if reservation.state in (State.CONFIRMED, State.REQUESTED):
            extra.end_pair(pair, offerings, by, at)
    if reservation.cause == Cause.OFFER_EXPIRED:
        raise errors.OfferExpired
    if reservation.state not in (State.CONFIRMED, State.REQUESTED):
        raise errors.NoOffer
    return reservation


@transaction.atomic
def approve_request(*, reservation: Reservation, by: User, at: datetime) -> Reservation:
    """Say yes to a place that is requested and held; twice is once.

    Raises RequestSettled where it ended or was refused, AlreadyOver after the start.
    """
    offering = places.lock_offering(reservation.offering_id)
    reservation = _read_again(reservation)
    if reservation.state == State.CONFIRMED:
        return reservation
    _refuse_if_settled(offering, reservation, at)
    _set(reservation, state=State.CONFIRMED, confirmed_at=at)
    places.announce(offering, [Change(reservation, Event.APPROVED, at)])
    return reservation


@transaction.atomic
def refuse_request(*, reservation: Reservation, by: User, at: datetime, note: str) -> Reservation:
    """Say no to a place that is requested, with a reason that the person is told; the next in line is asked.

    Raises ReasonMissing, RequestSettled where it was decided or ended, AlreadyOver after the start.
    """
    if not note.strip():
        raise errors.ReasonMissing
    offering = places.lock_offering(reservation.offering_id)
    reservation = _read_again(reservation)
    if reservation.cause == Cause.REFUSED:
        return reservation
    _refuse_if_settled(offering, reservation, at)
    _end(offering, reservation, Cause.REFUSED, Event.REFUSED, by, at, note.strip())
    return reservation


@transaction.atomic
def decline(*, reservation: Reservation, by: User, at: datetime) -> Reservation:
    """Give up the place that is held for the person; the next in line gets the offer.

    Raises NoOffer where none is held any more.
    """
    offering = places.lock_offering(reservation.offering_id)
    reservation = _read_again(reservation)
    if reservation.cause == Cause.DECLINED:
        return reservation
    if reservation.state != State.OFFERED:
        raise errors.NoOffer
    _end(offering, reservation, Cause.DECLINED, Event.DECLINED, by, at)
    return reservation


@transaction.atomic
def cancel(*, reservation: Reservation, by: User, at: datetime) -> Reservation:
    """Give up a place or a place in the queue; cancelling twice is once.

    Raises AlreadyOver after the start, CancelTooLate within the hours in which a confirmed place
    needs leave, NothingToCancel where the reservation ended in another way.
    """
    offering = places.lock_offering(reservation.offering_id)
    reservation = _read_again(reservation)
    if reservation.cause == Cause.PERSON:
        return reservation
    _refuse_if_ended(offering, reservation, at)
    if reservation.state == State.CONFIRMED and at > _free_cancel_until(offering):
        raise errors.CancelTooLate(hours=_free_hours(offering))
    _end(offering, reservation, Cause.PERSON, Event.CANCELLED, by, at)
    return reservation


@transaction.atomic
def cancel_by_staff(*, reservation: Reservation, by: User, at: datetime, note: str) -> Reservation:
    """Take back a person's place with a reason that the person is told.

    Raises AlreadyOver after the start, NothingToCancel where the reservation has ended.
    """
    offering = places.lock_offering(reservation.offering_id)
    reservation = _read_again(reservation)
    _refuse_if_ended(offering, reservation, at)
    _end(offering, reservation, Cause.STAFF, Event.CANCELLED_BY_STAFF, by, at, note)
    return reservation


@transaction.atomic
def ask_excuse(*, reservation: Reservation, by: User, at: datetime, reason: str) -> Reservation:
    """Ask for leave (请假) once cancelling is no longer free; staff decide.

    Raises AlreadyOver after the start, NothingToCancel where no place is held, ExcuseNotNeeded
    while cancelling is still free, ExcuseSettled where staff have decided.
    """
    offering = places.lock_offering(reservation.offering_id)
    reservation = _read_again(reservation)
    _refuse_if_ended(offering, reservation, at)
    if reservation.state != State.CONFIRMED or at <= _free_cancel_until(offering):
        raise errors.ExcuseNotNeeded
    if reservation.excuse in (Reservation.Excuse.ACCEPTED, Reservation.Excuse.REFUSED):
        raise errors.ExcuseSettled(outcome=reservation.get_excuse_display())
    reservation.excuse = Reservation.Excuse.ASKED
    reservation.excuse_reason = reason
    reservation.save(update_fields=["excuse", "excuse_reason"])
    places.announce(offering, [Change(reservation, Event.EXCUSE_ASKED, at)])
    return reservation


@transaction.atomic
def settle_excuse(
    *, reservation: Reservation, by: User, at: datetime, accepted: bool, note: str = ""
) -> Reservation:
    """Accept or refuse a request for leave; an accepted one frees the place.

    Refused after the end, it counts as a no-show.

    Raises ExcuseSettled where it is no longer open.
    """
    offering = places.lock_offering(reservation.offering_id)
    reservation = _read_again(reservation)
    if reservation.excuse != Reservation.Excuse.ASKED or not reservation.is_live:
        raise errors.ExcuseSettled(outcome=reservation.get_excuse_display())
    reservation.excuse = Reservation.Excuse.ACCEPTED if accepted else Reservation.Excuse.REFUSED
    reservation.save(update_fields=["excuse"])
    if accepted:
        _end(offering, reservation, Cause.EXCUSED, Event.EXCUSE_ACCEPTED, by, at, note)
    else:
        places.announce(offering, [Change(reservation, Event.EXCUSE_REFUSED, at)])
        if offering.state == Offering.State.FINISHED:
            closing.note_missed(offering, reservation, at)
    return reservation


def pass_expired_offers_on(*, at: datetime) -> int:
    """Pass every expired offer on to the next in line, one offering for each transaction.

    Returns how many offerings were touched.
    """
    touched = (
        Reservation.objects.offers_expired(at).order_by("offering_id").values_list("offering_id", flat=True)
    )
    offering_ids = list(touched.distinct())
    for offering_id in offering_ids:
        with transaction.atomic():
            offering = places.lock_offering(offering_id)
            _store_and_announce(offering, places.settle(offering, at))
    return len(offering_ids)


def _refuse_if_not_bookable(offering: Offering, at: datetime) -> None:
    title = f"“{offering.title}”"
    if offering.state == Offering.State.DRAFT:
        raise errors.OfferingNotPublished(title=title)
    if offering.state == Offering.State.CANCELLED:
        raise errors.OfferingCancelled(title=title)
    if offering.state == Offering.State.FINISHED or at >= offering.booking_closes_at:
        raise errors.BookingClosed(title=title)
    if at < offering.booking_opens_at:
        raise errors.OfferingNotOpen(title=title, opens=moment(offering.booking_opens_at))


def _refuse_too_many_one_to_ones(person: User, at: datetime) -> None:
    """At most so many open one-to-ones a person; the caller holds the person's row."""
    most = places.booking_rules().most_one_to_ones
    open_ones = (
        Reservation.objects.of(person)
        .live()
        .filter(offering__kind=OfferingKind.CONSULTATION, offering__ends_at__gt=at)
    )
    held = list(open_ones.select_related("offering").order_by("offering__starts_at")[: most + 1])
    if len(held) >= most:
        others = "；".join(f"{moment(each.offering.starts_at)} {each.offering.title}" for each in held)
        raise errors.TooManyOneToOnes(most=most, others=others)


def _refuse_if_settled(offering: Offering, reservation: Reservation, at: datetime) -> None:
    if reservation.state != State.REQUESTED:
        outcome = reservation.get_cause_display() or reservation.get_state_display()
        raise errors.RequestSettled(outcome=outcome)
    if at >= offering.starts_at:
        raise errors.AlreadyOver(title=f"“{offering.title}”")


def _refuse_if_ended(offering: Offering, reservation: Reservation, at: datetime) -> None:
    if not reservation.is_live:
        raise errors.NothingToCancel
    if at >= offering.starts_at:
        raise errors.AlreadyOver(title=f"“{offering.title}”")


def _free_hours(offering: Offering) -> int:
    numbers = places.booking_rules()
    return numbers.cancel_free_hours_one_to_one if offering.is_one_to_one else numbers.cancel_free_hours_group


def _free_cancel_until(offering: Offering) -> datetime:
    return rules.free_cancel_until(
        starts_at=offering.starts_at,
        one_to_one=offering.is_one_to_one,
        rules=places.booking_rules(),
    )


def _read_again(reservation: Reservation) -> Reservation:
    """Return the reservation as it is now that its offering is locked."""
    return Reservation.objects.select_related("person").get(pk=reservation.pk)


def _set(reservation: Reservation, **values: object) -> None:
    for name, value in values.items():
        setattr(reservation, name, value)
    reservation.save(update_fields=list(values))


def _end(
    offering: Offering,
    reservation: Reservation,
    cause: Reservation.Cause,
    event: Event,
    by: User,
    at: datetime,
    note: str = "",
) -> None:
    places.end_reservation(offering, reservation, cause=cause, by=by, at=at, note=note)
    _store_and_announce(offering, [Change(reservation, event, at), *places.settle(offering, at)])


def _store_and_announce(offering: Offering, changes: list[Change]) -> None:
    places.store_counts(offering)
    places.announce(offering, changes)
