"""Staff, mentors and job seekers meet over the same duty or the same room at the same moment."""

import pytest
from django.utils import timezone

from consultations import errors, services
from consultations.models import ConsultationShift
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.errors import OfferingCancelled, VenueClash
from mentor_portal.reservations.models import Reservation
from tests import duties, offerings
from tests.races.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
State = ConsultationShift.State


def arranging(shift, room, staff):
    return lambda: services.arrange_shift(shift=shift, room=room, by=staff, at=timezone.now())


def states() -> list[str]:
    return sorted(ConsultationShift.objects.values_list("state", flat=True))


def refusals(results, kind) -> list[Exception]:
    return [result for result in results if isinstance(result, kind)]


def test_two_mentors_arranged_into_one_room_at_once_get_it_once(staff):
    room = duties.make_room()
    shifts = [*duties.declare(), *duties.declare(offerings.make_mentor("李敏"))]
    results = at_once([arranging(shift, room, staff) for shift in shifts])
    [refusal] = refusals(results, VenueClash)
    winner = ConsultationShift.objects.get(state=State.APPROVED)
    assert f"一对一咨询 · {winner.mentor.name}" in str(refusal)
    assert states() == [State.APPROVED, State.SUBMITTED]
    assert winner.slots.count() == 4
    assert offerings.broken_invariants() == []


def test_many_duties_arranged_at_once_by_two_members_of_staff_in_opposite_order(staff):
    """Rooms and people are locked one after the other, whatever the order: no deadlock."""
    rooms = [duties.make_room(), duties.make_room()]
    shifts = [*duties.declare(), *duties.declare()]
    verbs = [
        lambda room=room: services.arrange_shifts(shifts=shifts, room=room, by=staff, at=timezone.now())
        for room in rooms * 2
    ]
    results = at_once(verbs)
    done = [shift.pk for arranged in results for shift in arranged.done]
    assert sorted(done) == sorted(shift.pk for shift in shifts)
    assert states() == [State.APPROVED] * 2
    assert offerings.broken_invariants() == []


def test_one_duty_arranged_in_two_rooms_at_once_gets_one(staff):
    [shift] = duties.declare()
    results = at_once([arranging(shift, duties.make_room(), staff) for _ in range(4)])
    assert len(refusals(results, errors.ShiftDecided)) == 3
    shift.refresh_from_db()
    assert {slot.offering.venue for slot in duties.slots_of(shift)} == {shift.room}
    assert Message.objects.filter(kind="shift_approved").count() == 1


def test_duty_taken_back_and_arranged_at_once_is_one_of_both(staff):
    [shift] = duties.declare()
    mentor = shift.mentor.user
    results = at_once(
        [
            arranging(shift, duties.make_room(), staff),
            lambda: services.withdraw_shift(shift=shift, by=mentor, at=timezone.now()),
        ]
    )
    assert len(refusals(results, errors.ShiftDecided)) == 1
    shift.refresh_from_db()
    assert shift.slots.exists() == (shift.state == State.APPROVED)


def test_duty_declared_twice_at_once_is_declared_once():
    mentor = duties.appoint(offerings.make_mentor())
    results = at_once([lambda: duties.declare(mentor) for _ in range(4)])
    assert len(refusals(results, errors.ShiftClash)) == 3
    assert ConsultationShift.objects.count() == 1


def test_duty_called_off_while_people_book_leaves_nobody_behind(staff):
    shift = duties.make_shift()
    people = offerings.make_people(4)
    slots = duties.slots_of(shift)
    booking = [
        lambda slot=slot, person=person: duties.book(slot, person)
        for slot, person in zip(slots, people, strict=True)
    ]
    off = lambda: services.cancel_shift(shift=shift, by=staff, at=timezone.now(), reason="停电检修")  # noqa: E731
    results = at_once([*booking, off])
    refused = refusals(results, OfferingCancelled)
    told = Message.objects.filter(kind="offering_cancelled")
    assert len(refused) + told.count() == len(people)
    assert not Reservation.objects.exclude(state="cancelled").exists()
    assert offerings.broken_invariants() == []


def test_two_walk_ins_into_one_slot_at_once_are_one(staff):
    slot = duties.slots_of(duties.running_shift())[0]
    results = at_once(
        [
            lambda phone=phone: services.take_walk_in(
                slot=slot, name="赵大海", phone=phone, question="", by=staff, at=timezone.now()
            )
            for phone in ("13912345671", "13912345672", "13912345673")
        ]
    )
    assert len(refusals(results, errors.SlotInUse)) == 2
    assert Reservation.objects.filter(offering=slot.pk, state="attended").count() == 1
