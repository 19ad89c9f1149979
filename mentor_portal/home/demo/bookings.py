"""Who has booked what in the demo: whole classes at once, as the engine would have left them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from random import Random

from mentor_portal.home.demo.calendar import ClassPlan, midnight
from mentor_portal.home.demo.classes import Held
from mentor_portal.reservations.models import Offering, Reservation

BATCH = 2000
LAST_BOOKING_BEFORE = timedelta(hours=3)
# So many gave their place back before the class was full.
CHANGED_THEIR_MIND = (0, 1, 0, 2)

State = Reservation.State


def fill(held: Iterable[Held], seekers: list[int], today: date) -> int:
    """Book the classes that could be booked before today; return how many bookings were made.

    The calendar has no two classes of a cast at the same time, so nobody is in two places.
    """
    opened = [each for each in held if each.plan.has_opened(today)]
    for each in opened:
        each.offering.places_taken = each.plan.taken_of(each.offering.capacity)
        each.offering.waiting_count = each.plan.waiting
    rows = [row for each in opened for row in _bookings(each.plan, each.offering, seekers, today)]
    Reservation.objects.bulk_create(rows, batch_size=BATCH)
    Offering.objects.bulk_update(
        [each.offering for each in opened], ["places_taken", "waiting_count"], batch_size=BATCH
    )
    return len(rows)


def _bookings(plan: ClassPlan, offering: Offering, seekers: list[int], today: date) -> Iterator[Reservation]:
    """Yield the bookings of a class in order of arrival."""
    random = Random(plan.number)
    changed = CHANGED_THEIR_MIND[plan.number % len(CHANGED_THEIR_MIND)] if offering.places_taken > 6 else 0
    many = changed + offering.places_taken + offering.waiting_count
    arrivals = zip(random.sample(seekers, many), _moments(plan, many, today, random), strict=True)
    for place, (person, moment) in enumerate(arrivals, start=-changed):
        if place < 0:
            yield _given_back(offering, person, moment)
        elif place < offering.places_taken:
            yield _standing(offering, person, moment, State.CONFIRMED)
        else:
            yield _standing(offering, person, moment, State.WAITLISTED)


def _moments(plan: ClassPlan, many: int, today: date, random: Random) -> list[datetime]:
    """Return moments from the opening on, most of them early, all before today and the class."""
    last = min(plan.starts_at - LAST_BOOKING_BEFORE, midnight(today))
    seconds = (last - plan.opens_at).total_seconds()
    return sorted(plan.opens_at + timedelta(seconds=int(seconds * random.random() ** 2)) for _ in range(many))


def _standing(offering: Offering, person: int, moment: datetime, state: State) -> Reservation:
    return Reservation(
        offering=offering,
        person_id=person,
        state=state,
        queued_at=moment,
        confirmed_at=moment if state == State.CONFIRMED else None,
    )


def _given_back(offering: Offering, person: int, moment: datetime) -> Reservation:
    """A place given back within minutes, before anybody waited for it."""
    return Reservation(
        offering=offering,
        person_id=person,
        state=State.CANCELLED,
        queued_at=moment,
        confirmed_at=moment,
        ended_at=moment + timedelta(minutes=4),
        ended_by_id=person,
        cause=Reservation.Cause.PERSON,
    )
