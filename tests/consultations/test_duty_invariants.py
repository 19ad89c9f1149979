"""Each broken invariant of duties is named; those that were declared, arranged and booked break none."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations import services
from consultations.models import Consultation, ConsultationShift, ConsultationSlot
from mentor_portal.reservations.models import Hosting, Offering
from tests import duties, moments, offerings

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift(job_seeker):
    shift = duties.make_shift()
    duties.book(duties.slots_of(shift)[0], job_seeker)
    return shift


def test_booked_waiting_declined_and_cancelled_duties_break_nothing(shift, staff, stranger):
    talent = duties.make_shift(kind=duties.Kind.TALENT)
    duties.book(duties.slots_of(talent)[0], stranger)
    duties.declare(shift.mentor, starts_at=moments.in_days(5))
    [declined] = duties.declare(shift.mentor, starts_at=moments.in_days(6))
    at = timezone.now()
    services.decline_shift(shift=declined, by=staff, at=at, comment="场地检修")
    services.cancel_shift(shift=duties.running_shift(at=at), by=staff, at=at, reason="停电")
    assert offerings.broken_invariants() == []


def first_offering(shift):
    return Offering.objects.filter(pk=duties.slots_of(shift)[0].pk)


def of_another_kind(shift):
    first_offering(shift).update(kind="trip")


def without_a_slot(shift):
    ConsultationSlot.objects.filter(pk=duties.slots_of(shift)[3].pk).delete()


def in_another_room(shift):
    first_offering(shift).update(venue=duties.make_room())


def outside_its_duty(shift):
    ConsultationShift.objects.filter(pk=shift.pk).update(ends_at=shift.ends_at - timedelta(minutes=30))


def with_a_yes_that_is_not_needed(shift):
    first_offering(shift).update(needs_approval=True)


def without_its_mentor(shift):
    Hosting.objects.filter(offering=duties.slots_of(shift)[0].pk).delete()


def arranged_without_slots(shift):
    duties.make_shift(starts_at=moments.in_days(8)).slots.all().delete()


def waiting_with_slots(shift):
    ConsultationShift.objects.filter(pk=shift.pk).update(state="submitted", decided_at=None)


def cancelled_with_open_slots(shift):
    ConsultationShift.objects.filter(pk=shift.pk).update(state="cancelled")


def declared_twice(shift):
    [other] = duties.declare(shift.mentor, starts_at=moments.in_days(8))
    other.pk, other.starts_at = None, other.starts_at + timedelta(minutes=30)
    other.save(force_insert=True)


def booked_without_a_record(shift):
    Consultation.objects.all().delete()


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (of_another_kind, "is not a consultation"),
        (without_a_slot, "is a consultation without a slot"),
        (in_another_room, "has another time, room, unit or size"),
        (outside_its_duty, "has another time, room, unit or size"),
        (with_a_yes_that_is_not_needed, "asks for the staff's yes"),
        (without_its_mentor, "does not host it"),
        (arranged_without_slots, "is arranged, but has no slots"),
        (waiting_with_slots, "is submitted, but has slots"),
        (cancelled_with_open_slots, "is cancelled, but slots of it are open"),
        (declared_twice, "at the time of another duty"),
        (booked_without_a_record, "has no record of its question"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_broken_invariant_is_named(shift, break_it, said):
    break_it(shift)
    assert any(said in each for each in offerings.broken_invariants()), offerings.broken_invariants()
