"""Accepting, declining, cancelling, leave."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentor_portal.notifications.models import Message
from mentor_portal.reservations import errors
from mentor_portal.reservations.models import Reservation
from mentor_portal.reservations.services import (
    accept,
    ask_excuse,
    cancel,
    cancel_by_staff,
    cancel_offering,
    decline,
    settle_excuse,
)
from tests import offerings

pytestmark = pytest.mark.django_db
State, Cause = Reservation.State, Reservation.Cause


@pytest.fixture
def session():
    return offerings.make_session(capacity=1, starts_at=timezone.now() + timedelta(days=5))


@pytest.fixture
def queue(session):
    """Three people: one holds the only place, two wait."""
    return offerings.hold(session, offerings.make_people(3))


def again(reservation):
    reservation.refresh_from_db()
    return reservation


def test_cancel_offers_the_place_to_the_next_in_the_same_moment(queue):
    now = timezone.now()
    cancel(reservation=queue[0], by=queue[0].person, at=now)
    assert again(queue[0]).cause == Cause.PERSON
    assert (queue[0].ended_at, queue[0].ended_by) == (now, queue[0].person)
    assert again(queue[1]).state == State.OFFERED
    assert queue[1].offer_expires_at == now + timedelta(hours=12)
    assert again(queue[2]).state == State.WAITLISTED
    assert Message.objects.filter(person=queue[1].person, kind="offered").count() == 1
    assert offerings.broken_invariants() == []


def test_cancel_twice_is_once(queue):
    now = timezone.now()
    cancel(reservation=queue[0], by=queue[0].person, at=now)
    cancel(reservation=queue[0], by=queue[0].person, at=now + timedelta(seconds=1))
    assert again(queue[0]).ended_at == now
    assert Message.objects.filter(kind="cancelled").count() == 1


def test_cancel_leaving_the_queue_moves_nobody(queue):
    cancel(reservation=queue[1], by=queue[1].person, at=timezone.now())
    assert again(queue[0]).state == State.CONFIRMED
    assert again(queue[2]).state == State.WAITLISTED
    assert offerings.broken_invariants() == []


@pytest.mark.parametrize(
    ("before_start", "refusal"),
    [
        (timedelta(hours=2), None),
        (timedelta(hours=2, seconds=-1), errors.CancelTooLate),
        (timedelta(0), errors.AlreadyOver),
        (timedelta(hours=-1), errors.AlreadyOver),
    ],
)
def test_cancel_is_free_until_two_hours_before(session, queue, before_start, refusal):
    moment = session.offering.starts_at - before_start
    if refusal is None:
        cancel(reservation=queue[0], by=queue[0].person, at=moment)
        assert again(queue[0]).state == State.CANCELLED
        return
    with pytest.raises(refusal):
        cancel(reservation=queue[0], by=queue[0].person, at=moment)
    assert again(queue[0]).state == State.CONFIRMED


def test_waiting_can_be_given_up_to_the_start(session, queue):
    cancel(reservation=queue[1], by=queue[1].person, at=session.offering.starts_at - timedelta(minutes=5))
    assert again(queue[1]).state == State.CANCELLED


def test_accept_in_time_confirms_and_twice_is_once(queue):
    now = timezone.now()
    cancel(reservation=queue[0], by=queue[0].person, at=now)
    for _ in range(2):
        accept(reservation=queue[1], by=queue[1].person, at=now + timedelta(hours=1))
    assert again(queue[1]).state == State.CONFIRMED
    assert Message.objects.filter(kind="accepted").count() == 1
    assert offerings.broken_invariants() == []


def test_accept_after_the_deadline_is_refused_and_the_place_passes_on(queue):
    now = timezone.now()
    cancel(reservation=queue[0], by=queue[0].person, at=now)
    with pytest.raises(errors.OfferExpired):
        accept(reservation=queue[1], by=queue[1].person, at=now + timedelta(hours=12))
    assert again(queue[1]).cause == Cause.OFFER_EXPIRED
    assert again(queue[2]).state == State.OFFERED
    assert offerings.broken_invariants() == []


@pytest.mark.parametrize("place_in_line", [1, 2])
def test_accept_without_an_offer_is_refused(queue, place_in_line):
    with pytest.raises(errors.NoOffer):
        accept(reservation=queue[place_in_line], by=queue[place_in_line].person, at=timezone.now())


def test_decline_passes_the_place_on(queue):
    now = timezone.now()
    cancel(reservation=queue[0], by=queue[0].person, at=now)
    decline(reservation=queue[1], by=queue[1].person, at=now)
    decline(reservation=queue[1], by=queue[1].person, at=now)
    assert again(queue[1]).cause == Cause.DECLINED
    assert again(queue[2]).state == State.OFFERED
    with pytest.raises(errors.NoOffer):
        decline(reservation=queue[0], by=queue[0].person, at=now)


def test_offers_on_the_last_day_are_shorter_and_end_with_the_start(session, queue):
    starts_at = session.offering.starts_at
    cancel(reservation=queue[0], by=queue[0].person, at=starts_at - timedelta(hours=5))
    assert again(queue[1]).offer_expires_at == starts_at - timedelta(hours=3)
    decline(reservation=queue[1], by=queue[1].person, at=starts_at - timedelta(minutes=30))
    assert again(queue[2]).offer_expires_at == starts_at


def test_cancel_by_staff_says_why(staff, queue):
    cancel_by_staff(reservation=queue[0], by=staff, at=timezone.now(), note="重复登记")
    assert (again(queue[0]).cause, queue[0].ended_by) == (Cause.STAFF, staff)
    assert "重复登记" in Message.objects.get(kind="cancelled_by_staff").body


def test_cancel_offering_tells_everyone_and_counts_against_nobody(staff, session, queue):
    for _ in range(2):
        cancel_offering(offering=session.offering, by=staff, at=timezone.now(), reason="导师临时出差")
    assert {again(row).cause for row in queue} == {Cause.OFFERING_CANCELLED}
    told = Message.objects.filter(kind="offering_cancelled")
    assert told.count() == 3
    assert "导师临时出差" in told.first().body
    assert offerings.broken_invariants() == []


def test_excuse_accepted_frees_the_place(staff, session, queue):
    late = session.offering.starts_at - timedelta(hours=1)
    ask_excuse(reservation=queue[0], by=queue[0].person, at=late, reason="面试冲突")
    settle_excuse(reservation=queue[0], by=staff, at=late, accepted=True)
    assert (again(queue[0]).cause, queue[0].excuse_reason) == (Cause.EXCUSED, "面试冲突")
    assert again(queue[1]).state == State.OFFERED
    with pytest.raises(errors.ExcuseSettled):
        settle_excuse(reservation=queue[0], by=staff, at=late, accepted=False)
    assert offerings.broken_invariants() == []


def test_excuse_refused_keeps_the_place(staff, session, queue):
    late = session.offering.starts_at - timedelta(hours=1)
    ask_excuse(reservation=queue[0], by=queue[0].person, at=late, reason="有事")
    settle_excuse(reservation=queue[0], by=staff, at=late, accepted=False)
    assert again(queue[0]).state == State.CONFIRMED
    assert Message.objects.filter(kind="excuse_refused").count() == 1


def test_excuse_while_cancelling_is_free_is_refused(queue):
    with pytest.raises(errors.ExcuseNotNeeded):
        ask_excuse(reservation=queue[0], by=queue[0].person, at=timezone.now(), reason="有事")
