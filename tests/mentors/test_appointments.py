from datetime import date

import pytest

from mentors import errors, services
from mentors.models import Appointment, Mentor

pytestmark = pytest.mark.django_db
TERM = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}


@pytest.fixture
def mentor(make_mentor) -> Mentor:
    return make_mentor(appointed=False)


def test_appoint_puts_a_term_in_force(mentor):
    appointment = services.appoint(mentor=mentor, number="A-1", **TERM)
    assert appointment.state == Appointment.State.IN_FORCE
    assert list(Mentor.objects.appointed(date(2026, 12, 31))) == [mentor]


def test_appoint_term_that_ends_before_it_starts_is_refused(mentor):
    with pytest.raises(errors.TermInvalid):
        services.appoint(mentor=mentor, number="A-1", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 1))


def test_appoint_overlapping_term_is_refused_with_the_other(mentor):
    services.appoint(mentor=mentor, number="A-1", **TERM)
    with pytest.raises(errors.TermOverlaps, match=r"A-1（2026-01-01 至 2026-12-31）"):
        services.appoint(
            mentor=mentor, number="A-2", starts_on=date(2026, 12, 31), ends_on=date(2027, 12, 31)
        )
    services.appoint(mentor=mentor, number="A-2", starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))


def test_appoint_taken_number_is_refused_with_the_holder(mentor, make_mentor):
    services.appoint(mentor=make_mentor("李敏", appointed=False), number="A-1", **TERM)
    with pytest.raises(errors.CertificateTaken, match="A-1 已用于“李敏”"):
        services.appoint(mentor=mentor, number="A-1", **TERM)


def test_revoked_term_frees_its_days(mentor):
    first = services.appoint(mentor=mentor, number="A-1", **TERM)
    services.change_appointment(appointment=first, state=Appointment.State.REVOKED, **TERM)
    second = services.appoint(mentor=mentor, number="A-2", **TERM)
    with pytest.raises(errors.TermOverlaps):
        services.change_appointment(appointment=first, state=Appointment.State.IN_FORCE, **TERM)
    assert list(mentor.appointments.filter(state="in_force")) == [second]
