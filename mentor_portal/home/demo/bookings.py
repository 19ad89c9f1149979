"""Who has booked what in the demo: whole classes at once, as the engine would have left them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from random import Random

from mentor_portal.home.demo.calendar import ClassPlan, midnight
from mentor_portal.home.demo.classes import Held, has_opened
from mentor_portal.reservations.models import Offering, Reservation

BATCH = 2000
LAST_BOOKING_BEFORE = timedelta(hours=3)
# So many gave their place back before the class was full.
CHANGED_THEIR_MIND = (0, 1, 0, 2)

State = Reservation.State


def fill(held: Iterable[Held], seekers: list[int], today: date) -> int:
    """Book the classes that could be booked before today, and store their counts; returns how many bookings.

    The calendar has no two classes of a cast at the same time, so nobody is in two places.
    """
    rows: list[Reservation] = []
    touched: list[Offering] = []
    for each in held:
        if has_opened(each.plan, today):
            rows += rows_for(each.plan, each.offering, seekers, today)
            touched.append(each.offering)
    Reservation.objects.bulk_create(rows, batch_size=BATCH)
    Offering.objects.bulk_update(touched, ["places_taken", "waiting_count"], batch_size=BATCH)
    return len(rows)


def count(plan: ClassPlan, offering: Offering) -> None:
    """Note on the offering how many places the calendar has taken, and how many people wait."""
    offering.places_taken = plan.taken_of(offering.capacity)
    offering.waiting_count = plan.waiting


def rows_for(plan: ClassPlan, offering: Offering, seekers: list[int], today: date) -> Iterator[Reservation]:
    """Yield the bookings of a class in order of arrival, and note their numbers on the offering."""
    count(plan, offering)
    random = Random(plan.number)
    changed = CHANGED_THEIR_MIND[plan.number % len(CHANGED_THEIR_MIND)] if offering.places_taken > 6 else 0
    standing = offering.places_taken + offering.waiting_count
    people = iter(random.sample(seekers, standing + changed))
    moments = iter(_moments(plan, standing + changed, today, random))
    for _ in range(changed):
        yield _changed_mind(offering, next(people), next(moments))
    for place in range(standing):
        yield _standing(offering, next(people), next(moments), has_place=place < offering.places_taken)


def _moments(plan: ClassPlan, many: int, today: date, random: Random) -> list[datetime]:
    """Return moments from the opening on, most of them early, all before today and the class."""
    last = min(plan.starts_at - LAST_BOOKING_BEFORE, midnight(today))
    seconds = (last - plan.opens_at).total_seconds()
    return sorted(plan.opens_at + timedelta(seconds=int(seconds * random.random() ** 2)) for _ in range(many))


def _standing(offering: Offering, person: int, moment: datetime, *, has_place: bool) -> Reservation:
    return Reservation(
        offering=offering,
        person_id=person,
        state=State.CONFIRMED if has_place else State.WAITLISTED,
        queued_at=moment,
        confirmed_at=moment if has_place else None,
    )


def _changed_mind(offering: Offering, person: int, moment: datetime) -> Reservation:
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
