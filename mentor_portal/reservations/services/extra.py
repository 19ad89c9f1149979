"""An extra class (另行开班): those who wait for a place elsewhere are offered one in it, in their order."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from mentor_portal.accounts.models import User
from mentor_portal.reservations import rules
from mentor_portal.reservations.models import Hosting, Offering, Reservation, Suspension
from mentor_portal.reservations.services import places
from mentor_portal.reservations.signals import Change, Event

State = Reservation.State
# What a person holds for good: the other place of a pair is then given up.
SETTLED = (State.CONFIRMED, State.ATTENDED)


@transaction.atomic
def offer_to_waiting(*, source: Offering, extra: Offering, by: User, at: datetime) -> list[Reservation]:
    """Offer the places of a just published offering to those who wait in another, in their order.

    As many as there are places get an offer with a deadline (or the place at once where offers are
    not held), the others wait in the same order; everybody keeps the place in the first queue until
    one of the two is taken. Who is busy at the time or may not book now is passed over.
    """
    offerings = places.lock_offerings([source.pk, extra.pk])
    source, extra = offerings[source.pk], offerings[extra.pk]
    waiting = list(source.reservations.waiting_in_order().select_related("person"))
    people = {reservation.person_id for reservation in waiting}
    places.lock_people(people)
    passed_over = _kept_away(people, extra, at)
    chosen = [each for each in waiting if each.person_id not in passed_over]
    deadline = rules.offer_deadline(at=at, starts_at=extra.starts_at, rules=places.booking_rules())
    free = extra.places_left
    rows = [_row(extra, waits, deadline, at, has_place=number < free) for number, waits in enumerate(chosen)]
    Reservation.objects.bulk_create(rows)
    with_place = min(free, len(rows))
    extra.places_taken += with_place
    extra.waiting_count += len(rows) - with_place
    places.store_counts(extra)
    places.announce(extra, [Change(row, _event_of(row), at) for row in rows])
    taken = [row.instead_of for row in rows if row.state == State.CONFIRMED]
    end_pair(taken, offerings, by, at)
    return rows


def release_superseded(*, at: datetime) -> int:
    """Give up places and queues of people who have taken the other of a pair; one a transaction.

    Returns how many were given up.
    """
    by_extra = Q(instead__state__in=SETTLED)
    by_first = Q(instead_of__state__in=SETTLED)
    found = Reservation.objects.live().exclude(state=State.CONFIRMED).filter(by_extra | by_first)
    pairs = list(found.order_by("offering_id", "pk").values_list("offering_id", "pk").distinct())
    return sum(_release(offering_id, pk, at) for offering_id, pk in pairs)


def pair_of(reservation: Reservation) -> list[Reservation]:
    """Return the live reservations that are given up once this one is taken."""
    return list(
        Reservation.objects.live()
        .exclude(state=State.CONFIRMED)
        .filter(Q(instead_of=reservation) | Q(pk=reservation.instead_of_id or 0))
    )


def end_pair(
    reservations: Iterable[Reservation], offerings: dict[int, Offering], by: User, at: datetime
) -> None:
    """Give up the others of a pair, whose offerings are locked; their places pass on."""
    for other in reservations:
        other = Reservation.objects.select_related("person").get(pk=other.pk)
        if other.state in (State.OFFERED, State.WAITLISTED):
            _end(offerings[other.offering_id], other, by, at)


@transaction.atomic
def _release(offering_id: int, pk: int, at: datetime) -> bool:
    offering = places.lock_offering(offering_id)
    reservation = Reservation.objects.select_related("person").get(pk=pk)
    if reservation.state not in (State.OFFERED, State.WAITLISTED):
        return False
    _end(offering, reservation, None, at)
    return True


def _end(offering: Offering, reservation: Reservation, by: User | None, at: datetime) -> None:
    cause = Reservation.Cause.MOVED_TO_EXTRA
    places.end_reservation(offering, reservation, cause=cause, by=by, at=at)
    changes = places.settle(offering, at)
    places.store_counts(offering)
    places.announce(offering, changes)


def _row(
    extra: Offering, waits: Reservation, deadline: datetime | None, at: datetime, *, has_place: bool
) -> Reservation:
    row = Reservation(offering=extra, person=waits.person, instead_of=waits, state=State.WAITLISTED)
    if has_place and deadline:
        row.state, row.offered_at, row.offer_expires_at = State.OFFERED, at, deadline
    elif has_place:
        row.state, row.confirmed_at = State.CONFIRMED, at
    return row


def _event_of(row: Reservation) -> Event:
    match row.state:
        case State.OFFERED:
            return Event.EXTRA_OFFERED
        case State.CONFIRMED:
            return Event.BOOKED
        case _:
            return Event.EXTRA_WAITING


def _kept_away(people: set[int], extra: Offering, at: datetime) -> set[int]:
    """Return those who are elsewhere at the time, teach themselves, or may not book now."""
    elsewhere = Offering.objects.occupying().overlapping(extra.starts_at, extra.ends_at)
    busy = Reservation.objects.filter(person_id__in=people, offering__in=elsewhere).exclude(
        state=State.CANCELLED
    )
    hosting = Hosting.objects.filter(person_id__in=people, offering__in=elsewhere)
    suspended = Suspension.objects.in_force(at).filter(person_id__in=people)
    return {pk for rows in (busy, hosting, suspended) for pk in rows.values_list("person_id", flat=True)}
