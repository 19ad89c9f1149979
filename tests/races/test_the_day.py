"""The day itself, at the same moment: the door, the desk, the worker, and an extra class."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from mentor_portal.notifications.models import Message
from mentor_portal.reservations import services
from mentor_portal.reservations.models import Offering, Reservation, Suspension
from mentor_portal.reservations.services import places
from tests import offerings
from tests.races import server
from tests.races.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
State = Reservation.State
MINUTE = timedelta(minutes=1)


@pytest.fixture
def session():
    return offerings.make_session(starts_at=timezone.now() + 10 * MINUTE, capacity=20)


def counted():
    return Counter(Reservation.objects.values_list("state", flat=True))


def test_door_and_desk_at_once_note_one_check_in_each(session, staff):
    rows = offerings.hold(session, offerings.make_people(6))
    code, at = session.offering.check_in_code, timezone.now()
    at_the_door = [
        lambda row=row: services.check_in(code=code, person=row.person, by=row.person, at=at) for row in rows
    ]
    at_the_desk = [
        lambda row=row: services.check_in_at_desk(reservation=row, by=staff, at=at) for row in rows
    ]
    results = at_once(at_the_door + at_the_desk)
    assert Counter(result.is_new for result in results) == {True: 6, False: 6}
    assert counted() == {State.ATTENDED: 6}
    assert offerings.broken_invariants() == []


def test_one_newcomer_noted_at_two_desks_at_once_is_noted_once(session, staff):
    walk_in = lambda: services.add_walk_in(  # noqa: E731
        offering=session.offering, name="赵大海", phone="13912345678", by=staff, at=timezone.now()
    )
    results = at_once([walk_in] * 5)
    assert Counter(result.is_new for result in results) == {True: 1, False: 4}
    assert counted() == {State.ATTENDED: 1}


def test_forty_scans_at_once_over_http_check_everybody_in():
    session = offerings.make_session(starts_at=timezone.now() + 10 * MINUTE, capacity=20)
    people = offerings.make_people(20)
    offerings.hold(session, people)
    keys = server.sign_in(people)
    path = f"/check-in/{session.offering.check_in_code}/"
    with server.portal() as port:
        answers = server.get_at_once(port, [(keys[person.pk], path) for person in people * 2])
    assert {status for status, _ in answers} == {200}
    assert counted() == {State.ATTENDED: 20}
    assert offerings.broken_invariants() == []


def finish_and_correct_at_once(staff):
    """The worker closes a class while the desk still checks its people in."""
    starts_at = timezone.now() - timedelta(hours=3)
    session = offerings.make_session(starts_at=starts_at)
    rows = offerings.hold(session, offerings.make_people(8), starts_at - timedelta(days=1))
    at = timezone.now()
    desk = [lambda row=row: services.check_in_at_desk(reservation=row, by=staff, at=at) for row in rows]
    at_once([lambda: services.finish_offering(offering_id=session.pk, at=at), *desk])
    return session


def test_closing_and_the_desk_at_once_leave_everybody_checked_in(staff):
    session = finish_and_correct_at_once(staff)
    assert counted() == {State.ATTENDED: 8}
    assert Offering.objects.get(pk=session.pk).state == Offering.State.FINISHED
    assert offerings.broken_invariants() == []


@pytest.mark.postgres
def test_closing_and_the_desk_at_once_without_the_lock_lose_each_other(staff, monkeypatch):
    """The twin: without the offering's lock a check-in is overwritten, or the database refuses."""
    lost = []
    monkeypatch.setattr(places, "lock_offering", _only_look)
    for _ in range(5):
        try:
            session = finish_and_correct_at_once(staff)
        except Exception as refusal:
            lost.append(refusal)
        else:
            rows = Reservation.objects.filter(offering=session.pk)
            lost += rows.exclude(state=State.ATTENDED)
    assert lost


def _only_look(pk):
    import time

    offering = Offering.objects.select_related("venue__host_unit").get(pk=pk)
    time.sleep(0.05)
    return offering


def test_two_workers_close_once_and_pause_booking_once():
    now = timezone.now()
    [person] = offerings.make_people(1)
    sessions = []
    for hours in (30, 20, 10):
        starts_at = now - timedelta(hours=hours)
        sessions.append(offerings.make_session(starts_at=starts_at))
        offerings.hold(sessions[-1], [person], starts_at - timedelta(days=1))
    results = at_once([lambda: services.finish_offerings(at=now)] * 4)
    assert sum(results) == 3
    assert Message.objects.filter(kind="no_show").count() == 3
    assert Suspension.objects.count() == 1
    assert Message.objects.filter(kind="suspended").count() == 1
    assert offerings.broken_invariants() == []


def test_two_workers_remind_each_person_once():
    session = offerings.make_session(starts_at=timezone.now() + timedelta(hours=3))
    offerings.hold(session, offerings.make_people(5))
    at = session.offering.starts_at - 60 * MINUTE
    at_once([lambda: services.remind(at=at)] * 4)
    assert Message.objects.filter(kind="reminder_soon").count() == 5


def test_extra_class_is_offered_while_the_first_passes_places_on_and_nobody_waits_for_ever(staff):
    """Both offerings are locked by id, whoever asks: no deadlock, and nobody holds two places."""
    now = timezone.now()
    full = offerings.make_session(starts_at=now + timedelta(days=5), capacity=6)
    rows = offerings.hold(full, offerings.make_people(26))
    extra = offerings.make_session(starts_at=now + timedelta(days=6), capacity=8)
    offer = lambda: services.offer_to_waiting(  # noqa: E731
        source=full.offering, extra=extra.offering, by=staff, at=now
    )
    cancels = [lambda row=row: services.cancel(reservation=row, by=row.person, at=now) for row in rows[:6]]
    at_once([offer, *cancels])
    offered = Reservation.objects.filter(state=State.OFFERED).select_related("person")
    at_once([lambda row=row: services.accept(reservation=row, by=row.person, at=now) for row in offered])
    services.release_superseded(at=now)
    held = Reservation.objects.filter(state=State.CONFIRMED).values_list("person_id", flat=True)
    assert set(Counter(held).values()) == {1}
    assert offerings.broken_invariants() == []
