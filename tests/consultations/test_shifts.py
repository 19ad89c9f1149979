"""Duties: declaring, arranging with a room, giving up, calling off, and the mentor's presence."""

import pytest

from consultations.models import ConsultationShift
from tests import duties, offerings

pytestmark = pytest.mark.django_db


def test_arranged_duty_has_slots_that_can_be_booked(job_seeker):
    shift = duties.make_shift(hours=2)
    assert shift.state == ConsultationShift.State.APPROVED
    slots = duties.slots_of(shift)
    assert len(slots) == 4
    assert duties.book(slots[0], job_seeker).state == "confirmed"
    assert offerings.broken_invariants() == []


def test_running_duty(job_seeker):
    shift = duties.running_shift()
    assert len(duties.slots_of(shift)) == 4
