"""Who has booked what and who came in the demo: whole classes at once, as the engine would have left them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from mentor_portal.home.demo.attendance import EARLY_MINUTES, NO_SHOW_EVERY
from mentor_portal.home.demo.calendar import ClassPlan, Standing
from mentor_portal.home.demo.classes import Held
from mentor_portal.moments import midnight
from mentor_portal.reservations.models import Offering, Reservation

BATCH = 2000
LAST_BOOKING_BEFORE = timedelta(hours=3)
# So many gave their place back before the class was full.
CHANGED_THEIR_MIND = (0, 1, 0, 2)

# Nobody misses more than so many, and so many walk in.
MOST_NO_SHOWS = 2
WALK_INS = (0, 2, 1, 4, 0, 3)
CLOSED_AFTER = timedelta(minutes=30)

State = Reservation.State
Cause = Reservation.Cause


@dataclass(frozen=True, kw_only=True)
class Closed:
    """The classes that were over before today, and how often each person has missed one."""

    today: date
    spares_cancelled: bool
    missed: Counter[int] = field(default_factory=Counter)

    def has(self, plan: ClassPlan) -> bool:
        is_spared = self.spares_cancelled and plan.standing is Standing.CANCELLED
        return plan.ends_at < midnight(self.today) and not is_spared

    def misses(self, person: int, place: int) -> bool:
        """Tell whether this one of those who had booked stayed away."""
        if place % NO_SHOW_EVERY != NO_SHOW_EVERY // 2 or self.missed[person] >= MOST_NO_SHOWS:
            return False
        self.missed[person] += 1
        return True


def fill(held: Iterable[Held], seekers: list[int], today: date, *, spares_cancelled: bool = False) -> int:
    """Book the classes that could be booked before today; return how many bookings were made.

    What was over before today is closed, but for what is yet to be called off where that is spared.
    The calendar has no two classes of a cast at the same time, so nobody is in two places.
    """
    opened = [each for each in held if each.plan.has_opened(today)]
    closed = Closed(today=today, spares_cancelled=spares_cancelled)
    for each in opened:
        each.offering.places_taken = each.plan.taken_of(each.offering.capacity)
        each.offering.waiting_count = each.plan.waiting
    rows = [row for each in opened for row in _bookings(each.plan, each.offering, seekers, closed)]
    for each in opened:
        if closed.has(each.plan):
            each.offering.waiting_count = 0
            each.offering.state = Offering.State.FINISHED
            each.offering.finished_at = each.plan.ends_at + CLOSED_AFTER
    Reservation.objects.bulk_create(rows, batch_size=BATCH)
    Offering.objects.bulk_update(
        [each.offering for each in opened],
        ["places_taken", "waiting_count", "state", "finished_at"],
        batch_size=BATCH,
    )
    return len(rows)


def _bookings(
    plan: ClassPlan, offering: Offering, seekers: list[int], closed: Closed
) -> Iterator[Reservation]:
    """Yield the bookings of a class in order of arrival, and those who walked in."""
    random = Random(plan.number)
    is_over = closed.has(plan)
    changed = CHANGED_THEIR_MIND[plan.number % len(CHANGED_THEIR_MIND)] if offering.places_taken > 6 else 0
    many = changed + offering.places_taken + offering.waiting_count
    walk_ins = WALK_INS[plan.number % len(WALK_INS)] if is_over else 0
    people = random.sample(seekers, many + walk_ins)
    arrivals = zip(people[:many], _moments(plan, many, closed.today, random), strict=True)
    for place, (person, moment) in enumerate(arrivals, start=-changed):
        if place < 0:
            yield _given_back(offering, person, moment)
        elif place < offering.places_taken:
            row = _standing(offering, person, moment, State.CONFIRMED)
            yield _attended(row, closed.misses(person, place)) if is_over else row
        else:
            row = _standing(offering, person, moment, State.WAITLISTED)
            yield _not_reached(row) if is_over else row
    for person in people[many:]:
        yield _walked_in(offering, person)


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
        cause=Cause.PERSON,
    )


def _attended(row: Reservation, has_missed: bool) -> Reservation:
    if has_missed:
        row.state = State.NO_SHOW
        return row
    row.state = State.ATTENDED
    row.checked_in_at = row.offering.starts_at - timedelta(minutes=row.person_id % EARLY_MINUTES)
    row.checked_in_by_id = row.person_id
    return row


def _not_reached(row: Reservation) -> Reservation:
    row.state, row.cause = State.CANCELLED, Cause.NOT_REACHED
    row.ended_at = row.offering.ends_at + CLOSED_AFTER
    return row


def _walked_in(offering: Offering, person: int) -> Reservation:
    return Reservation(
        offering=offering,
        person_id=person,
        state=State.ATTENDED,
        is_walk_in=True,
        queued_at=offering.starts_at,
        checked_in_at=offering.starts_at,
        checked_in_by_id=person,
    )
