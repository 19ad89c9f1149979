"""Many people press the button in the same second, over HTTP against a real server."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from mentor_portal.notifications.models import Message
from mentor_portal.reservations.models import Reservation
from tests import offerings
from tests.races import server

pytestmark = pytest.mark.django_db(transaction=True)
State = Reservation.State


def book_path(session):
    return reverse("classrooms:session-book", args=[session.pk])


def book_at_once(port, session, people):
    keys = server.sign_in(people)
    return server.post_at_once(port, [(keys[person.pk], book_path(session)) for person in people])


def counted(session):
    return Counter(state for _, state in offerings.states(session))


@pytest.mark.postgres
def test_200_at_once_for_30_seats_sells_30_and_queues_170():
    session = offerings.make_session(capacity=30)
    people = offerings.make_people(200)
    with server.portal() as port:
        answers = book_at_once(port, session, people)
    assert Counter(answers) == {(302, session.get_absolute_url()): 200}
    assert counted(session) == {State.CONFIRMED: 30, State.WAITLISTED: 170}
    in_order = [state for _, state in offerings.states(session)]
    assert in_order == [State.CONFIRMED] * 30 + [State.WAITLISTED] * 170
    assert Message.objects.filter(person__in=people).count() == 200
    assert offerings.broken_invariants() == []


@pytest.mark.postgres
def test_200_at_once_without_the_lock_oversells():
    """The twin: without the lock and the constraint behind it the same crowd oversells."""
    session = offerings.make_session(capacity=30)
    people = offerings.make_people(200)
    constraint = "ALTER TABLE reservations_offering {} CONSTRAINT offering_never_oversold"
    with connection.cursor() as cursor:
        cursor.execute(constraint.format("DROP"))
    try:
        with server.portal("tests.races.without_offering_lock:application") as port:
            book_at_once(port, session, people)
        assert counted(session)[State.CONFIRMED] > 30
        assert offerings.broken_invariants() != []
    finally:
        Reservation.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reservations_offering SET places_taken = 0, waiting_count = 0")
            cursor.execute(constraint.format("ADD") + " CHECK (places_taken <= capacity)")


@pytest.mark.sqlite
def test_50_at_once_for_10_seats_on_sqlite_settle_without_a_locked_database():
    session = offerings.make_session(capacity=10)
    people = offerings.make_people(50)
    with server.portal() as port:
        answers = book_at_once(port, session, people)
    assert Counter(answers) == {(302, session.get_absolute_url()): 50}
    assert counted(session) == {State.CONFIRMED: 10, State.WAITLISTED: 40}
    assert offerings.broken_invariants() == []


def test_15_cancel_at_once_with_40_waiting_and_the_first_15_get_offers():
    session = offerings.make_session(capacity=20)
    people = offerings.make_people(60)
    rows = offerings.hold(session, people)
    keys = server.sign_in(people[:15])
    posts = [(keys[row.person_id], reverse("reservations:cancel", args=[row.pk])) for row in rows[:15]]
    with server.portal() as port:
        answers = server.post_at_once(port, posts)
    assert {status for status, _ in answers} == {302}
    offered = Reservation.objects.filter(state=State.OFFERED).order_by("queued_at", "pk")
    assert [row.pk for row in offered] == [row.pk for row in rows[20:35]]
    assert Counter(Message.objects.filter(kind="offered").values_list("person_id", flat=True)) == {
        row.person_id: 1 for row in rows[20:35]
    }
    assert offerings.broken_invariants() == []


def test_one_person_20_times_at_once_holds_one_reservation():
    session = offerings.make_session(capacity=30)
    [person] = offerings.make_people(1)
    with server.portal() as port:
        answers = book_at_once(port, session, [person] * 20)
    assert Counter(answers) == {(302, session.get_absolute_url()): 20}
    assert counted(session) == {State.CONFIRMED: 1}
    assert Message.objects.filter(person=person).count() == 1
    assert offerings.broken_invariants() == []


def two_overlapping_for_each(people):
    starts_at = timezone.now() + timedelta(days=3)
    first = offerings.make_session(starts_at=starts_at, capacity=100)
    second = offerings.make_session(starts_at=starts_at + timedelta(minutes=30), capacity=100)
    keys = server.sign_in(people)
    return [(keys[person.pk], book_path(session)) for person in people for session in (first, second)]


def test_two_overlapping_classes_at_once_are_never_both_held():
    people = offerings.make_people(20)
    posts = two_overlapping_for_each(people)
    with server.portal() as port:
        answers = server.post_at_once(port, posts)
    assert {status for status, _ in answers} == {302}
    held = Counter(Reservation.objects.live().values_list("person_id", flat=True))
    assert held == {person.pk: 1 for person in people}
    assert offerings.broken_invariants() == []


@pytest.mark.postgres
def test_two_overlapping_classes_at_once_without_the_lock_are_both_held():
    """The twin: without the lock on the person some hold both; each has two classes of their own."""
    people = offerings.make_people(6)
    posts = [post for person in people for post in two_overlapping_for_each([person])]
    with server.portal("tests.races.without_person_lock:application") as port:
        server.post_at_once(port, posts)
    held = Counter(Reservation.objects.live().values_list("person_id", flat=True))
    assert max(held.values()) == 2
    assert offerings.broken_invariants() != []
