"""One slot that many want in the same second, over HTTP against a real server."""

from collections import Counter
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.urls import reverse

from consultations.models import Consultation
from mentor_portal.reservations import services
from mentor_portal.reservations.errors import RequestSettled
from mentor_portal.reservations.models import Reservation
from tests import duties, offerings
from tests.races import server
from tests.races.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
State = Reservation.State
QUESTION = urlencode({"question": "怎么转行"})


def book_at_once(port, slot, people):
    keys = server.sign_in(people)
    path = reverse("consultations:slot-book", args=[slot.pk])
    return server.post_at_once(port, [(keys[person.pk], path) for person in people], QUESTION)


def counted(slot):
    return Counter(state for _, state in offerings.states(slot))


@pytest.mark.postgres
def test_100_at_once_for_one_slot_book_it_once_and_queue_in_order():
    slot = duties.slots_of(duties.make_shift())[0]
    with server.portal() as port:
        answers = book_at_once(port, slot, offerings.make_people(100))
    assert Counter(answers) == {(302, slot.get_absolute_url()): 100}
    assert counted(slot) == {State.CONFIRMED: 1, State.WAITLISTED: 99}
    assert next(state for _, state in offerings.states(slot)) == State.CONFIRMED
    assert offerings.broken_invariants() == []


@pytest.mark.postgres
def test_100_at_once_without_the_lock_oversell_the_slot():
    """The twin: without the lock and the constraint behind it the slot is sold more than once."""
    slot = duties.slots_of(duties.make_shift())[0]
    constraint = "ALTER TABLE reservations_offering {} CONSTRAINT offering_never_oversold"
    with connection.cursor() as cursor:
        cursor.execute(constraint.format("DROP"))
    try:
        with server.portal("tests.races.without_offering_lock:application") as port:
            book_at_once(port, slot, offerings.make_people(100))
        assert counted(slot)[State.CONFIRMED] > 1
    finally:
        Consultation.objects.all().delete()
        Reservation.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reservations_offering SET places_taken = 0, waiting_count = 0")
            cursor.execute(constraint.format("ADD") + " CHECK (places_taken <= capacity)")


def test_yes_and_no_at_once_leave_one_answer(staff):
    slot = duties.slots_of(duties.make_shift(kind=duties.Kind.TALENT))[0]
    [person] = offerings.make_people(1)
    request = duties.book(slot, person)
    at = slot.offering.booking_opens_at
    outcomes = at_once(
        [
            lambda: services.approve_request(reservation=request, by=staff, at=at),
            lambda: services.refuse_request(reservation=request, by=staff, at=at, note="不符合条件"),
        ]
    )
    request.refresh_from_db()
    assert request.state in (State.CONFIRMED, State.CANCELLED)
    assert sum(isinstance(each, RequestSettled) for each in outcomes) == 1
    assert offerings.broken_invariants() == []
