"""A year with all that can happen in it, made by the services: what counts beside what does not."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from classrooms.models import ClassSession, HostEvent
from classrooms.services import cancel_session, change_session
from consultations.models import Consultation
from consultations.services import confirm_outcome, note_duty, rate, verify_placement
from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.reservations.models import Hosting
from mentor_portal.reservations.services import (
    accept,
    add_walk_in,
    cancel,
    check_in_at_desk,
    finish_offering,
    note_presence,
)
from mentors.models import Appointment, Category, IndustrialChain, Mentor, TopicType
from tests import clinics, duties, feedback, moments, offerings, pairings, topics

YEAR = 2025


@dataclass(frozen=True)
class World:
    """Who looks at the figures: the province, and the staff of one unit."""

    staff: User
    unit_staff: User
    mentors: list[Mentor]


def make_world() -> World:
    """Make the year, the one before with less, and what lies just outside both."""
    staff = User.objects.create_user("18800000001", name="中心小王", is_staff=True)
    unit = HostUnit.objects.create(name="湘潭人力资源市场", kind=HostUnit.Kind.MARKET, prefecture="4303")
    unit_staff = User.objects.create_user("18800000002", name="湘潭小张", is_staff=True, host_unit=unit)
    world = World(staff, unit_staff, _mentors())
    people = offerings.make_people(9)
    _classes_of_every_sort(world, unit, people)
    _at_the_edges(world, people)
    _called_off_and_moved(world, people)
    _a_waiting_list(world, people)
    _consultations(world, unit, people)
    _placements(world, people)
    return world


def _mentors() -> list[Mentor]:
    """Three mentors of different chains and terms, the third without a chain."""
    chains = list(IndustrialChain.objects.order_by("pk")[:2])
    made = [offerings.make_mentor(primary_category=chain.category, primary_chain=chain) for chain in chains]
    made.append(offerings.make_mentor(primary_category=Category.objects.order_by("-position").first()))
    terms = [
        (date(2024, 3, 1), date(2026, 2, 28)),
        (date(2025, 12, 31), date(2026, 12, 30)),
        (date(2024, 1, 1), date(2025, 1, 1)),
    ]
    for mentor, (starts_on, ends_on) in zip(made, terms, strict=True):
        Appointment.objects.create(
            mentor=mentor, number=f"聘{mentor.pk}", starts_on=starts_on, ends_on=ends_on
        )
    Appointment.objects.create(
        mentor=made[1],
        number="聘解",
        starts_on=date(2025, 2, 1),
        ends_on=date(2025, 6, 1),
        state=Appointment.State.REVOKED,
    )
    return made


def held(world: World, starts_at: str, *, was_present: bool | None = True, **fields: object) -> ClassSession:
    """Make a class; the presence of its mentors is confirmed, denied, or left open."""
    fields.setdefault("mentors", world.mentors[:1])
    session = offerings.make_session(starts_at=moments.at(starts_at), **fields)
    if was_present is not None:
        _note(world, session, was_present)
    return session


def _note(world: World, session: ClassSession, was_present: bool) -> None:
    for hosting in Hosting.objects.filter(offering=session.pk):
        note_presence(hosting=hosting, is_present=was_present, by=world.staff, at=_start(session))


def _start(session: ClassSession) -> datetime:
    session.offering.refresh_from_db()
    return session.offering.starts_at


def _close(session: ClassSession) -> None:
    finish_offering(offering_id=session.pk, at=_start(session) + timedelta(hours=5))


def _classes_of_every_sort(world: World, unit: HostUnit, people: list[User]) -> None:
    """By chains, types, places and events; one gave leave, came, missed, walked in, rated."""
    first, second = IndustrialChain.objects.order_by("pk")[:2]
    of_two = held(
        world,
        "2025-03-05 09:00",
        mentors=world.mentors[:2],
        chains=[first, second],
        category=first.category,
        topic_type=TopicType.objects.order_by("-position").first(),
    )
    rows = offerings.hold(of_two, people[:5], at=moments.at("2025-03-01 09:00"))
    cancel(reservation=rows[4], by=people[4], at=moments.at("2025-03-01 10:00"))
    for row in rows[:3]:
        check_in_at_desk(reservation=row, by=world.staff, at=_start(of_two))
    start = _start(of_two)
    add_walk_in(offering=of_two.offering, name="路过", phone="13911112222", by=world.staff, at=start)
    _close(of_two)
    for row, level in zip(rows[:3], (5, 3, 2), strict=True):
        row.refresh_from_db()
        feedback.give(row, level, at=start + timedelta(hours=6))

    event = topics.event(unit=unit, reach=HostEvent.Reach.CAMPUS, starts_at=moments.at("2025-06-10 08:00"))
    of_unit = held(
        world,
        "2025-06-10 09:00",
        mentors=world.mentors[2:],
        host_unit=unit,
        host_event=event,
        chains=[second],
    )
    for row in offerings.hold(of_unit, people[2:6], at=moments.at("2025-06-01 09:00")):
        check_in_at_desk(reservation=row, by=world.staff, at=_start(of_unit))
    _close(of_unit)

    year_before = held(world, "2024-03-05 09:00", chains=[first])
    [row] = feedback.attend(year_before, people[:1])
    _close(year_before)
    row.refresh_from_db()
    feedback.give(row, 1, at=_start(year_before) + timedelta(hours=6))
    held(world, "2025-04-01 09:00", was_present=False)
    held(world, "2025-04-02 09:00", was_present=None)


def _at_the_edges(world: World, people: list[User]) -> None:
    """The last minutes of one year and the first of the next, in Shanghai."""
    for year in (2024, 2025, 2026):
        for mentor, guests, starts_at in (
            (world.mentors[0], people[:2], f"{year - 1}-12-31 23:30"),
            (world.mentors[1], people[2:4], f"{year}-01-01 00:00"),
        ):
            feedback.attend(held(world, starts_at, mentors=[mentor]), guests)


def _called_off_and_moved(world: World, people: list[User]) -> None:
    off = held(world, "2025-05-05 09:00", was_present=None)
    offerings.hold(off, people[:3], at=moments.at("2025-05-01 09:00"))
    cancel_session(session=off, by=world.staff, at=moments.at("2025-05-02 09:00"), reason="导师生病")
    moved = held(world, "2025-12-30 14:00", was_present=None)
    offerings.hold(moved, people[6:8], at=moments.at("2025-12-20 09:00"))
    into_next_year = offerings.make_plan(
        starts_at=moments.at("2026-01-02 14:00"), mentors=world.mentors[:1], title=moved.offering.title
    )
    change_session(session=moved, plan=into_next_year, by=world.staff, at=moments.at("2025-12-21 09:00"))
    _note(world, moved, True)
    back = held(world, "2025-07-31 20:00", was_present=None)
    offerings.hold(back, people[7:9], at=moments.at("2025-07-20 09:00"))
    into_august = offerings.make_plan(
        starts_at=moments.at("2025-08-01 07:30"), mentors=world.mentors[:1], title=back.offering.title
    )
    change_session(session=back, plan=into_august, by=world.staff, at=moments.at("2025-07-21 09:00"))
    _note(world, back, True)


def _a_waiting_list(world: World, people: list[User]) -> None:
    """Two seats: one is given up and taken up, a place stays offered, and somebody never gets one."""
    full = held(
        world, "2025-09-03 09:00", capacity=2, chains=list(IndustrialChain.objects.order_by("pk")[:1])
    )
    rows = offerings.hold(full, people[:5], at=moments.at("2025-08-20 09:00"))
    cancel(reservation=rows[0], by=people[0], at=moments.at("2025-08-21 09:00"))
    rows[2].refresh_from_db()
    accept(reservation=rows[2], by=people[2], at=moments.at("2025-08-21 10:00"))
    cancel(reservation=rows[1], by=people[1], at=moments.at("2025-08-21 11:00"))


def _consultations(world: World, unit: HostUnit, people: list[User]) -> None:
    mentor = world.mentors[0]
    start = moments.at("2025-03-12 09:00")
    shift = duties.make_shift(mentor, starts_at=start, at=start - timedelta(days=2))
    note_duty(shift=shift, is_present=True, by=world.staff, at=start)
    slots = duties.slots_of(shift)
    for slot, person, level in ((slots[0], people[0], 4), (slots[1], people[6], 1), (slots[2], people[7], 0)):
        row = duties.book(slot, person, at=start - timedelta(days=1))
        if level:
            duties.check_in(row, world.staff, at=slot.offering.starts_at)
            finish_offering(offering_id=slot.pk, at=start + timedelta(days=1))
            held_one = Consultation.objects.get(reservation=row.pk)
            rate(consultation=held_one, rating=level, words="", by=person, at=start + timedelta(days=1))
    chain = IndustrialChain.objects.order_by("pk")[1]
    clinic = clinics.make_clinic(
        starts_at=moments.at("2025-10-10 09:00"),
        mentors=world.mentors[1:],
        chains=[chain],
        category=chain.category,
        host_unit=unit,
    )
    rows = clinics.book(clinic, people[:3], at=moments.at("2025-10-01 09:00"))
    clinics.arrive(rows[:2], at=clinic.offering.starts_at)
    for hosting in Hosting.objects.filter(offering=clinic.pk)[:1]:
        note_presence(hosting=hosting, is_present=True, by=world.staff, at=clinic.offering.starts_at)


def _placements(world: World, people: list[User]) -> None:
    """Somebody counts once however many jobs; what nobody verified counts not at all."""
    for mentor, person, started_on, name, is_verified in (
        (world.mentors[0], people[0], date(2025, 6, 1), "三一重工", True),
        (world.mentors[0], people[0], date(2025, 9, 1), "中联重科", True),
        (world.mentors[2], people[1], date(2025, 12, 31), "铁建重工", True),
        (world.mentors[2], people[2], date(2024, 12, 31), "山河智能", True),
        (world.mentors[0], people[3], date(2025, 7, 1), "株洲中车", False),
    ):
        at = moments.at(f"{started_on} 00:00") + timedelta(days=1)
        pairing = pairings.active(mentor, person, at=moments.at("2024-06-01 09:00"))
        pairing = pairings.claim(pairing, at=at, started_on=started_on, name=name)
        confirm_outcome(pairing=pairing, by=person, at=at)
        if is_verified:
            beside = set(person.placements.values_list("pk", flat=True))
            verify_placement(pairing=pairing, by=world.staff, at=at, beside=beside)
