"""The consultations of the scaled year: duties with their one-to-ones, clinics, pairings that led to work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from consultations.models import (
    Consultation,
    ConsultationShift,
    ConsultationSlot,
    Pairing,
    PairingStep,
    PanelClinic,
    Placement,
    PlacementProof,
)
from consultations.rules.pairings import employer_key, month_of
from mentor_portal.home.demo.scale.cast import ScaledCast, ScaledMentor
from mentor_portal.home.demo.scale.classes import attended_row, finished_offering, present
from mentor_portal.home.demo.scale.plan import DAY, HOUR, MENTORS_PER_CLINIC
from mentor_portal.moments import midnight
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Hosting, Offering, Reservation

SLOTS, SLOT = 2, timedelta(minutes=30)
CLINIC_LASTS, CLINIC_PLACES = 2 * HOUR, 20
PLACEMENTS_PER_MENTOR = 4

Action = PairingStep.Action
# What led to a placement, in so many days before or after its first day, and by whom: mentor, seeker, staff.
WAY = (
    (Action.PROPOSED, -40, "mentor"),
    (Action.ACCEPTED, -39, "seeker"),
    (Action.CLAIMED, 1, "mentor"),
    (Action.CONFIRMED, 2, "seeker"),
    (Action.VERIFIED, 3, "staff"),
)


@dataclass
class _Duty:
    mentor: ScaledMentor
    shift: ConsultationShift
    slots: list[Offering]


def make_duties(cast: ScaledCast, mentors: Sequence[ScaledMentor]) -> list[Reservation]:
    """Make the duties of these mentors, the first slot of each booked; return the reservations."""
    duties = [_duty(cast, each, number) for each in mentors for number in range(each.plan.duties)]
    ConsultationShift.objects.bulk_create(each.shift for each in duties)
    slots = [(each, slot) for each in duties for slot in each.slots]
    Offering.objects.bulk_create(slot for _, slot in slots)
    ConsultationSlot.objects.bulk_create(
        ConsultationSlot(offering=slot, shift=each.shift) for each, slot in slots
    )
    Hosting.objects.bulk_create(present(slot, each.mentor) for each, slot in slots)
    rows = Reservation.objects.bulk_create(_one_to_one(cast, each) for each in duties)
    Consultation.objects.bulk_create(Consultation(reservation=row, question="规模测试") for row in rows)
    return rows


def _duty(cast: ScaledCast, mentor: ScaledMentor, number: int) -> _Duty:
    place = mentor.plan.place
    room, starts_at = cast.calendar.duty_at(place, number)
    shift = ConsultationShift(
        mentor_id=mentor.pk,
        host_unit=cast.province,
        starts_at=starts_at,
        ends_at=starts_at + SLOTS * SLOT,
        state=ConsultationShift.State.APPROVED,
        room=cast.duty_rooms[room],
        declared_at=starts_at - 30 * DAY,
        decided_at=starts_at - 29 * DAY,
        decided_by=cast.staff,
    )
    slots = [
        finished_offering(
            OfferingKind.CONSULTATION,
            f"一对一咨询 · 规模导师{place + 1}",
            starts_at + slot * SLOT,
            SLOT,
            code=f"scale-duty-{place}-{number}-{slot}",
            host_unit=cast.province,
            venue=cast.duty_rooms[room],
            capacity=1,
            places_taken=1 if slot == 0 else 0,
        )
        for slot in range(SLOTS)
    ]
    return _Duty(mentor, shift, slots)


def _one_to_one(cast: ScaledCast, duty: _Duty) -> Reservation:
    """The people of a mentor are next to each other, so that nobody is in two one-to-ones at a time."""
    person = cast.seekers[duty.mentor.plan.place % len(cast.seekers)]
    return attended_row(duty.slots[0], person)


def make_clinics(cast: ScaledCast, mentors: Sequence[ScaledMentor]) -> None:
    """Let neighbours hold a clinic together, at which nobody had booked."""
    groups = [
        mentors[first : first + MENTORS_PER_CLINIC] for first in range(0, len(mentors), MENTORS_PER_CLINIC)
    ]
    clinics = [(_clinic(cast, group), group) for group in groups]
    Offering.objects.bulk_create(offering for offering, _ in clinics)
    PanelClinic.objects.bulk_create(
        PanelClinic(offering=offering, category=cast.categories[0], introduction="规模测试")
        for offering, _ in clinics
    )
    links = PanelClinic.mentors.through
    links.objects.bulk_create(
        links(panelclinic_id=offering.pk, mentor_id=each.pk) for offering, group in clinics for each in group
    )
    Hosting.objects.bulk_create(present(offering, each) for offering, group in clinics for each in group)


def _clinic(cast: ScaledCast, group: Sequence[ScaledMentor]) -> Offering:
    number = group[0].plan.place // MENTORS_PER_CLINIC
    room, starts_at = cast.calendar.clinic_at(number)
    return finished_offering(
        OfferingKind.CLINIC,
        f"规模集中诊断第{number + 1}场",
        starts_at,
        CLINIC_LASTS,
        code=f"scale-clinic-{number}",
        host_unit=cast.province,
        venue=cast.class_rooms[room],
        capacity=CLINIC_PLACES,
    )


def make_placements(cast: ScaledCast, mentors: Sequence[ScaledMentor]) -> None:
    """Let people find work with these mentors' help, each person once, all of it verified."""
    pairs = [(each, number) for each in mentors for number in range(each.plan.placements)]
    placements = [_placement(cast, *pair) for pair in pairs]
    Pairing.objects.bulk_create(each.pairing for each in placements)
    Placement.objects.bulk_create(placements)
    people = [each.person for each, _ in pairs]
    PairingStep.objects.bulk_create(
        step
        for placement, mentor in zip(placements, people, strict=True)
        for step in _steps(cast, placement, mentor)
    )
    PlacementProof.objects.bulk_create(
        PlacementProof(placement=each, **cast.file_fields()) for each in placements
    )


def _placement(cast: ScaledCast, mentor: ScaledMentor, number: int) -> Placement:
    turn = mentor.plan.place * PLACEMENTS_PER_MENTOR + number
    seeker, started_on = cast.seekers[turn % len(cast.seekers)], cast.calendar.day_of(turn)
    moments = {action: _moment(midnight(started_on), days) for action, days, _ in WAY}
    verified_at = moments[Action.VERIFIED]
    name = f"规模测试单位{turn % 500 + 1}"
    pairing = Pairing(
        mentor_id=mentor.pk,
        job_seeker_id=seeker,
        started_by_id=mentor.person,
        goal="规模测试",
        state=Pairing.State.PLACED,
        created_at=moments[Action.PROPOSED],
        accepted_at=moments[Action.ACCEPTED],
        changed_at=verified_at,
        ended_at=verified_at,
    )
    return Placement(
        pairing=pairing,
        person_id=seeker,
        kind=Placement.Kind.JOB,
        name=name,
        name_key=employer_key(name),
        started_on=started_on,
        started_month=month_of(started_on),
        claimed_at=moments[Action.CLAIMED],
        verified_at=verified_at,
        verified_by=cast.staff,
    )


def _steps(cast: ScaledCast, placement: Placement, mentor: int) -> Iterator[PairingStep]:
    who = {"mentor": mentor, "seeker": placement.person_id, "staff": cast.staff.pk}
    for action, days, side in WAY:
        at = _moment(midnight(placement.started_on), days)
        yield PairingStep(pairing=placement.pairing, action=action, by_id=who[side], at=at)


def _moment(first_day: datetime, days: int) -> datetime:
    return first_day + days * DAY + 10 * HOUR
