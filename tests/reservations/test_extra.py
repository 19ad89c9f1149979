"""An extra class takes over a waiting list: in order, with offers, and nobody holds both."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentor_portal.notifications.models import Message
from mentor_portal.reservations import services
from mentor_portal.reservations.models import Offering, Reservation
from tests import moments, offerings

pytestmark = pytest.mark.django_db
State = Reservation.State
Cause = Reservation.Cause


@pytest.fixture
def full():
    session = offerings.make_session(starts_at=moments.in_days(5, "14:30"), capacity=2)
    offerings.hold(session, offerings.make_people(42))
    return session.offering


@pytest.fixture
def extra():
    return offerings.make_session(starts_at=moments.in_days(6, "14:30"), capacity=30).offering


def open_extra(full, extra, by):
    return services.offer_to_waiting(source=full, extra=extra, by=by, at=timezone.now())


def waiting(offering):
    return list(offering.reservations.waiting_in_order().values_list("person_id", flat=True))


def test_forty_who_wait_get_offers_and_places_in_the_queue_in_the_same_order(full, extra, staff):
    in_order = waiting(full)
    rows = open_extra(full, extra, staff)
    stored = list(extra.reservations.order_by("queued_at", "pk").values_list("person_id", "state"))
    assert [person for person, _ in stored] == in_order == [row.person_id for row in rows]
    assert [state for _, state in stored] == [State.OFFERED] * 30 + [State.WAITLISTED] * 10
    assert waiting(full) == in_order
    assert Message.objects.filter(kind="extra_offered").count() == 30
    assert Message.objects.filter(kind="extra_waiting").count() == 10
    assert offerings.broken_invariants() == []


def test_who_accepts_leaves_the_first_list(full, extra, staff):
    rows = open_extra(full, extra, staff)
    services.accept(reservation=rows[0], by=rows[0].person, at=timezone.now())
    first = Reservation.objects.get(offering=full, person=rows[0].person)
    assert (first.state, first.cause) == (State.CANCELLED, Cause.MOVED_TO_EXTRA)
    assert Offering.objects.get(pk=full.pk).waiting_count == 39
    assert offerings.broken_invariants() == []


def test_who_declines_keeps_the_place_in_the_first_list(full, extra, staff):
    rows = open_extra(full, extra, staff)
    services.decline(reservation=rows[0], by=rows[0].person, at=timezone.now())
    assert Reservation.objects.get(offering=full, person=rows[0].person).state == State.WAITLISTED
    next_in_line = Reservation.objects.get(pk=rows[30].pk)
    assert next_in_line.state == State.OFFERED


def test_who_gets_a_place_in_the_first_class_gives_up_the_extra_one(full, extra, staff):
    rows = open_extra(full, extra, staff)
    holder = full.reservations.filter(state=State.CONFIRMED).first()
    services.cancel(reservation=holder, by=holder.person, at=timezone.now())
    first = Reservation.objects.get(offering=full, person=rows[0].person)
    assert first.state == State.OFFERED
    services.accept(reservation=first, by=first.person, at=timezone.now())
    rows[0].refresh_from_db()
    assert (rows[0].state, rows[0].cause) == (State.CANCELLED, Cause.MOVED_TO_EXTRA)
    assert Reservation.objects.get(pk=rows[30].pk).state == State.OFFERED
    assert offerings.broken_invariants() == []


def test_who_is_busy_at_the_time_or_may_not_book_is_passed_over(full, extra, staff):
    people = waiting(full)
    busy = Reservation.objects.get(offering=full, person=people[0]).person
    offerings.hold(offerings.make_session(starts_at=extra.starts_at + timedelta(minutes=30)), [busy])
    rows = open_extra(full, extra, staff)
    assert [row.person_id for row in rows] == people[1:]
    assert waiting(full)[0] == busy.pk


def test_place_taken_where_offers_are_not_held_ends_the_first_at_once(full, extra, staff, settings):
    from constance import config

    config.OFFER_HOLD_HOURS = 0
    rows = open_extra(full, extra, staff)
    assert {row.state for row in rows[:30]} == {State.CONFIRMED}
    assert len(waiting(full)) == 10
    assert offerings.broken_invariants() == []


def test_place_that_was_superseded_behind_the_back_is_released_by_the_worker(full, extra, staff):
    rows = open_extra(full, extra, staff)
    at = timezone.now()
    Reservation.objects.filter(pk=rows[0].pk).update(
        state=State.CONFIRMED, confirmed_at=at, offer_expires_at=None
    )
    assert services.release_superseded(at=at) == 1
    assert services.release_superseded(at=at) == 0
    assert len(waiting(full)) == 39
    assert offerings.broken_invariants() == []
