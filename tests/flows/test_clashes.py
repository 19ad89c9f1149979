"""Nobody and nothing is in two places, whatever the two things are; each refusal names the other one."""

from itertools import product

import pytest
from django.utils import timezone

from mentor_portal.errors import DomainError
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.services import reserve
from tests import clinics, duties, moments, offerings, trips

pytestmark = pytest.mark.django_db
STARTS_AT = moments.in_days(3)


def a_class(**fields: object) -> Offering:
    return offerings.make_session(starts_at=STARTS_AT, title="怎么写简历", **fields).offering


def a_duty(**fields: object) -> Offering:
    shift = duties.make_shift(starts_at=STARTS_AT, **fields)
    return duties.slots_of(shift)[0].offering


def a_clinic(**fields: object) -> Offering:
    return clinics.make_clinic(starts_at=STARTS_AT, title="春季集中诊断", **fields).offering


# For a mentor, what makes each; a trip is joined.
def host_class(mentor, staff):
    return a_class(mentors=[mentor])


def host_duty(mentor, staff):
    return a_duty(mentor=mentor)


def host_clinic(mentor, staff):
    return a_clinic(mentors=[mentor, offerings.make_mentor("李慧芳")])


def join_trip(mentor, staff):
    trip = trips.trip(staff, starts_at=STARTS_AT, title="走进产业园")
    trips.hold(trip, [mentor])
    return trip.offering


OF_A_MENTOR = (host_class, host_duty, host_clinic, join_trip)
# In a room, what takes it.
IN_A_ROOM = (
    lambda room: a_class(venue=room),
    lambda room: a_duty(room=room),
    lambda room: a_clinic(venue=room),
)
# For a job seeker, what is booked.
FOR_A_PERSON = (a_class, a_duty, a_clinic)


def names(pairs) -> list[str]:
    return [f"{first.__name__} then {second.__name__}" for first, second in pairs]


MENTOR_PAIRS = list(product(OF_A_MENTOR, repeat=2))


@pytest.mark.parametrize(("first", "second"), MENTOR_PAIRS, ids=names(MENTOR_PAIRS))
def test_mentor_is_in_one_place_and_hears_what_else_there_is(staff, first, second):
    mentor = duties.appoint(offerings.make_mentor("谭晓峰"))
    there = first(mentor, staff)
    with pytest.raises(DomainError) as refusal:
        second(mentor, staff)
    assert there.title in str(refusal.value)
    assert offerings.broken_invariants() == []


@pytest.mark.parametrize("pair", list(product(range(3), repeat=2)))
def test_room_is_taken_once_and_the_refusal_names_by_what(staff, pair):
    room = duties.make_room()
    first, second = (IN_A_ROOM[place] for place in pair)
    there = first(room)
    with pytest.raises(DomainError) as refusal:
        second(room)
    assert there.title in str(refusal.value)
    assert offerings.broken_invariants() == []


PERSON_PAIRS = list(product(FOR_A_PERSON, repeat=2))


@pytest.mark.parametrize(("first", "second"), PERSON_PAIRS, ids=names(PERSON_PAIRS))
def test_job_seeker_holds_one_thing_at_a_time_and_hears_which(job_seeker, first, second):
    there, other = first(), second()
    at = timezone.now()
    reserve(offering=there, person=job_seeker, by=job_seeker, at=at)
    with pytest.raises(DomainError) as refusal:
        reserve(offering=other, person=job_seeker, by=job_seeker, at=at)
    assert there.title in str(refusal.value)
