"""A clinic on the day, at the same moment: mentors call, the door and the desk check people in."""

import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from consultations import services
from consultations.models import ClinicTurn
from consultations.services import turns
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.services import check_in, check_in_at_desk, undo_check_in
from tests import clinics, offerings
from tests.races.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
State = ClinicTurn.State


@pytest.fixture
def clinic():
    return clinics.make_running(mentors=[offerings.make_mentor(f"导师{each}") for each in range(4)])


def call_at_once(clinic):
    at = timezone.now()
    return at_once(
        [
            lambda mentor=mentor: services.call_next(clinic=clinic, mentor=mentor, by=mentor.user, at=at)
            for mentor in clinic.mentors.select_related("user")
        ]
    )


def test_mentors_who_call_at_once_get_different_people(clinic):
    clinics.make_queue(clinic, 6)
    called = call_at_once(clinic)
    assert sorted(turn.number for turn in called) == [1, 2, 3, 4]
    assert clinic.turns.called().count() == 4
    assert offerings.broken_invariants() == []


@pytest.mark.postgres
def test_mentors_who_call_at_once_without_the_lock_get_the_same_person(clinic, monkeypatch):
    """The twin: without the offering's lock one person is called twice, or the database refuses."""
    clinics.make_queue(clinic, 6)
    monkeypatch.setattr(turns, "lock_offering", _only_look)
    try:
        called = call_at_once(clinic)
    except IntegrityError:
        return
    assert len({turn.number for turn in called}) < 4


def _only_look(pk):
    return Offering.objects.get(pk=pk)


@pytest.fixture(autouse=True)
def _thinks_before_writing(monkeypatch):
    """A moment between looking and writing, so that every machine shows the race."""
    store = turns._set

    def set_slowly(turn, **values):
        time.sleep(0.05)
        return store(turn, **values)

    monkeypatch.setattr(turns, "_set", set_slowly)


def test_one_mentor_who_presses_twice_gets_one_person(clinic):
    clinics.make_queue(clinic, 3)
    mentor = clinic.mentors.first()
    results = at_once(
        [lambda: services.call_next(clinic=clinic, mentor=mentor, by=mentor.user, at=timezone.now())] * 3
    )
    assert sum(isinstance(result, ClinicTurn) for result in results) == 1
    assert clinic.turns.called().count() == 1


def test_people_who_check_in_at_once_get_numbers_without_gaps_while_mentors_call(clinic, staff):
    rows = clinics.book(clinic, offerings.make_people(10))
    at, code = timezone.now(), clinic.offering.check_in_code
    door = [lambda row=row: check_in(code=code, person=row.person, by=row.person, at=at) for row in rows[:5]]
    desk = [lambda row=row: check_in_at_desk(reservation=row, by=staff, at=at) for row in rows]
    calls = [
        lambda mentor=mentor: services.call_next(clinic=clinic, mentor=mentor, by=mentor.user, at=at)
        for mentor in clinic.mentors.select_related("user")
    ]
    at_once([*door, *desk, *calls])
    assert sorted(clinic.turns.values_list("number", flat=True)) == list(range(1, 11))
    assert offerings.broken_invariants() == []


def test_calling_and_taking_the_check_in_back_at_once_leave_one_of_both(clinic, staff):
    [turn] = clinics.make_queue(clinic, 1)
    mentor, at = clinic.mentors.first(), timezone.now() + timedelta(seconds=1)
    at_once(
        [
            lambda: services.call_next(clinic=clinic, mentor=mentor, by=mentor.user, at=at),
            lambda: undo_check_in(reservation=turn.reservation, by=staff, at=at),
        ]
    )
    states = Counter(clinic.turns.values_list("state", "reservation__state"))
    assert states in (Counter({(State.CALLED, "attended"): 1}), Counter({(State.LEFT, "confirmed"): 1}))
    assert offerings.broken_invariants() == []
