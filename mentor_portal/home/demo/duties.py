"""The demo's one-to-ones: duties with rooms, booked slots, and what came of those that are over.

All of it is told by the services, as mentors, staff and job seekers would have done it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice

from django.db.models import QuerySet
from django.utils import timezone

from consultations import services
from consultations.models import Consultation, ConsultationShift, ConsultationSlot
from mentor_portal.accounts.models import User
from mentor_portal.errors import DomainError
from mentor_portal.home.demo import words
from mentor_portal.home.demo.classes import Cast
from mentor_portal.home.demo.people import SEEKER
from mentor_portal.moments import midnight
from mentor_portal.reservations.models import Offering, Reservation, Venue
from mentor_portal.reservations.services import approve_request
from mentors.models import Mentor

Kind = ConsultationShift.Kind
State = Reservation.State

DAY = timedelta(days=1)
DAYS_BEFORE, DAYS_AHEAD = 7, 14
DECLARED_BEFORE, BOOKED_BEFORE = 12 * DAY, 2 * DAY
MORNING, AFTERNOON = (time(9), time(11, 30)), (time(14, 30), time(17))
# Of every ten slots so many are left free; on one working day of the week ahead none is.
FREE_OF_TEN = 5
FULL_AFTER = 3
# Staff have answered the requests for talks that begin within so many days.
ANSWERED = timedelta(days=4)
# Steps through mentors and job seekers so that neighbours differ.
STRIDE, TRIES = 7, 12
WAITING_DUTIES = 4


@dataclass(frozen=True)
class Place:
    """A room in a half-day of some weekdays."""

    room: Venue
    kind: Kind
    weekdays: tuple[int, ...]
    part: tuple[time, time]


def tell(cast: Cast, today: date, at: datetime, staff: User) -> None:
    """Fill the rooms from a week ago to two weeks ahead, and leave some duties waiting for staff."""
    mentors = [cast.mentors[place * STRIDE % len(cast.mentors)] for place in range(len(cast.mentors))]
    for offset in range(-DAYS_BEFORE, DAYS_AHEAD + 1):
        day = today + offset * DAY
        for turn, place in enumerate(_places()):
            if day.weekday() in place.weekdays and not _is_filled(place.room, day, place.part):
                _fill(place, day, mentors, day.toordinal() * 3 + turn, at, staff)
    _own_duties(cast.mentors[0], today, at, staff)
    _leave_waiting(mentors, today, at)
    _book_for_the_sign_in(at)
    _book(cast, today, at)
    _answer_requests(at, staff)


def look_back(at: datetime) -> None:
    """Mentors note what came of those who came, and most of them say how it was; done once it stays."""
    said = words.read("consultations")
    over = Consultation.objects.filter(
        reservation__state=State.ATTENDED, reservation__offering__ends_at__lte=at, noted_at=None
    )
    outcomes = [each for each in Consultation.Outcome.values if each]
    for row in over.select_related("reservation__offering__consultation_slot__shift__mentor"):
        number, offering = row.pk, row.reservation.offering
        if not hasattr(offering, "consultation_slot") or number % 6 == 0:
            continue
        mentor = offering.consultation_slot.shift.mentor
        services.note_outcome(
            consultation=row,
            mentor=mentor,
            notes=said["notes"][number % len(said["notes"])],
            outcome=outcomes[number % len(outcomes)],
            by=mentor.user,
            at=offering.ends_at,
        )
        if number % 4 and row.reservation.person.phone != SEEKER:
            services.rate(
                consultation=row,
                rating=5 - number % 9 // 6,
                words=said["words"][number % len(said["words"])],
                by=row.reservation.person,
                at=offering.ends_at + timedelta(hours=1),
            )


def _places() -> list[Place]:
    rooms = Venue.objects.exclude(kind=Venue.Kind.CLASSROOM).select_related("host_unit").order_by("pk")
    consultation = [room for room in rooms if room.kind == Venue.Kind.CONSULTATION]
    talent = [room for room in rooms if room.kind == Venue.Kind.TALENT]
    every_day, some_days = (0, 1, 2, 3, 4), (1, 3)
    places = [Place(room, Kind.CONSULTATION, every_day, MORNING) for room in consultation[:1]]
    places += [Place(room, Kind.CONSULTATION, every_day, AFTERNOON) for room in consultation[1:2]]
    places += [Place(room, Kind.CONSULTATION, some_days, MORNING) for room in consultation[2:]]
    return places + [Place(room, Kind.TALENT, some_days, AFTERNOON) for room in talent[:1]]


def _rooms() -> QuerySet[Venue]:
    return Venue.objects.filter(kind=Venue.Kind.CONSULTATION).select_related("host_unit")


def _is_filled(room: Venue, day: date, part: tuple[time, time]) -> bool:
    starts_at, _ends_at = _span(day, part)
    return ConsultationShift.objects.filter(room=room, starts_at=starts_at).exists()


def _fill(place: Place, day: date, mentors: list[Mentor], turn: int, at: datetime, staff: User) -> None:
    """Give a room to the first mentor who can come."""
    for mentor in islice(cycle(mentors), turn % len(mentors), turn % len(mentors) + TRIES):
        shift = _declare(mentor, place.kind, place.room, day, place.part, at)
        if shift is None:
            continue
        try:
            services.arrange_shift(shift=shift, room=place.room, by=staff, at=_moment_before(shift, at))
        except DomainError:
            services.withdraw_shift(shift=shift, by=mentor.user, at=_moment_before(shift, at))
            continue
        return


def _declare(
    mentor: Mentor, kind: Kind, room: Venue, day: date, part: tuple[time, time], at: datetime
) -> ConsultationShift | None:
    plan = services.DutyPlan(kind=kind, host_unit=room.host_unit, first_on=day, begins=part[0], ends=part[1])
    starts_at, _ = _span(day, part)
    declared_at = min(at, starts_at) - DECLARED_BEFORE
    try:
        [shift] = services.declare_shifts(mentor=mentor, plan=plan, by=mentor.user, at=declared_at)
    except DomainError:
        return None
    return shift


def _moment_before(shift: ConsultationShift, at: datetime) -> datetime:
    return min(at, shift.starts_at) - DECLARED_BEFORE + DAY


def _own_duties(mentor: Mentor, today: date, at: datetime, staff: User) -> None:
    """The mentor of the sign-ins has a duty ahead, weekly ones that wait, and one that was declined."""
    if ConsultationShift.objects.of(mentor).coming(at).exists():
        return
    room = _rooms().earliest("pk")
    evening = (time(18, 30), time(20, 30))
    for offset in range(1, 6):
        ahead = _declare(mentor, Kind.CONSULTATION, room, today + offset * DAY, evening, at)
        if ahead:
            services.arrange_shift(shift=ahead, room=room, by=staff, at=at)
            break
    declined = _declare(mentor, Kind.CONSULTATION, room, today + 6 * DAY, (time(7, 30), time(8, 30)), at)
    if declined:
        services.decline_shift(
            shift=declined, by=staff, at=at, comment="咨询室 9:00 开放，请改到上午九点以后"
        )
    plan = services.DutyPlan(
        kind=Kind.CONSULTATION,
        host_unit=room.host_unit,
        first_on=today + 8 * DAY,
        until_on=today + 29 * DAY,
        begins=time(18, 30),
        ends=time(20, 30),
        note="晚上方便在职的求职者",
    )
    try:
        services.declare_shifts(mentor=mentor, plan=plan, by=mentor.user, at=at)
    except DomainError:
        return


def _leave_waiting(mentors: list[Mentor], today: date, at: datetime) -> None:
    """Some duties of others wait for a room."""
    room = _rooms().earliest("pk")
    lacking = (
        WAITING_DUTIES - ConsultationShift.objects.submitted().filter(series=None, starts_at__gt=at).count()
    )
    for mentor in mentors[: max(lacking, 0) * 2 : 2]:
        _declare(mentor, Kind.CONSULTATION, room, today + 9 * DAY, MORNING, at)


def _book(cast: Cast, today: date, at: datetime) -> None:
    """Book half of the slots that are open and untouched, and on one day every one."""
    questions = words.read("consultations")["questions"]
    seekers = cycle(User.objects.filter(pk__in=cast.seekers).order_by("pk"))
    slots = ConsultationSlot.objects.filter(
        offering__state=Offering.State.PUBLISHED,
        offering__reservations=None,
        offering__starts_at__lt=midnight(today + (DAYS_AHEAD + 1) * DAY),
    )
    full_day = _full_day(today)
    for slot in slots.select_related("offering").order_by("pk"):
        day = timezone.localtime(slot.offering.starts_at).date()
        if slot.pk % 10 < FREE_OF_TEN and day != full_day and slot.offering.starts_at > at:
            continue
        booked_at = min(slot.offering.starts_at - BOOKED_BEFORE, at)
        _book_somebody(slot, islice(seekers, TRIES), questions[slot.pk % len(questions)], booked_at)


def _full_day(today: date) -> date:
    """Return the third working day from now on."""
    days = (today + offset * DAY for offset in range(1, 8))
    return [day for day in days if day.weekday() < 5][FULL_AFTER - 1]


def _answer_requests(at: datetime, staff: User) -> None:
    """Staff have said yes to the requests for the next days; the later ones wait for them."""
    asked = Reservation.objects.filter(state=State.REQUESTED, offering__starts_at__lt=at + ANSWERED)
    for reservation in asked.select_related("offering").exclude(person__phone=SEEKER):
        answered_at = min(reservation.offering.starts_at - DAY, at)
        approve_request(reservation=reservation, by=staff, at=answered_at)


def _book_somebody(
    slot: ConsultationSlot, people: Iterator[User], question: str, booked_at: datetime
) -> None:
    for person in people:
        try:
            services.book_slot(slot=slot, person=person, question=question, by=person, at=booked_at)
        except DomainError:
            continue
        return


def _book_for_the_sign_in(at: datetime) -> None:
    """The job seeker of the sign-ins has one ahead, one that waits for staff, and one to rate."""
    seeker = User.objects.get(phone=SEEKER)
    if Consultation.objects.of(seeker).filter(reservation__offering__starts_at__gt=at).exists():
        return
    questions = words.read("consultations")["questions"]
    ahead = ConsultationSlot.objects.bookable(at).free().select_related("offering")
    ahead = ahead.order_by("offering__starts_at", "pk")
    past = ConsultationSlot.objects.filter(
        offering__ends_at__lt=at, offering__reservations=None, offering__state=Offering.State.PUBLISHED
    )
    # The past one first: at most so many may be open at a time.
    each = (past.select_related("offering"), ahead.one_to_one(), ahead.filter(shift__kind=Kind.TALENT))
    for number, slots in enumerate(each):
        for slot in slots[:TRIES]:
            booked_at = min(slot.offering.starts_at - BOOKED_BEFORE, at)
            try:
                services.book_slot(
                    slot=slot, person=seeker, question=questions[number], by=seeker, at=booked_at
                )
            except DomainError:
                continue
            break


def _span(day: date, part: tuple[time, time]) -> tuple[datetime, datetime]:
    zone = timezone.get_current_timezone()
    return datetime.combine(day, part[0], zone), datetime.combine(day, part[1], zone)
