"""Asking for a place."""

from datetime import timedelta

import pytest
from constance.test import override_config
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentor_portal import portal_settings
from mentor_portal.notifications.models import Message
from mentor_portal.reservations import errors
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.services import (
    cancel,
    cancel_offering,
    change_offering,
    pass_expired_offers_on,
    reserve,
)
from tests import offerings

pytestmark = pytest.mark.django_db
State = Reservation.State


def ask(session, person, at=None):
    return reserve(offering=session.offering, person=person, by=person, at=at or timezone.now())


def test_reserve_with_a_free_place_confirms(job_seeker):
    session = offerings.make_session(capacity=2)
    outcome = ask(session, job_seeker)
    assert (outcome.reservation.state, outcome.is_new) == (State.CONFIRMED, True)
    session.offering.refresh_from_db()
    assert (session.offering.places_taken, session.offering.waiting_count) == (1, 0)
    assert offerings.broken_invariants() == []


def test_reserve_when_full_waits_in_order():
    session = offerings.make_session(capacity=2)
    people = offerings.make_people(4)
    offerings.hold(session, people)
    assert [state for _, state in offerings.states(session)] == [
        State.CONFIRMED,
        State.CONFIRMED,
        State.WAITLISTED,
        State.WAITLISTED,
    ]
    assert offerings.broken_invariants() == []


def test_reserve_twice_answers_with_the_first(job_seeker):
    session = offerings.make_session()
    first = ask(session, job_seeker)
    second = ask(session, job_seeker)
    assert second.reservation == first.reservation
    assert not second.is_new
    assert Message.objects.of(job_seeker).count() == 1


def test_reserve_again_after_cancelling_makes_a_new_one(job_seeker):
    session = offerings.make_session()
    first = ask(session, job_seeker).reservation
    cancel(reservation=first, by=job_seeker, at=timezone.now())
    second = ask(session, job_seeker).reservation
    assert second.pk != first.pk
    assert second.state == State.CONFIRMED
    assert offerings.broken_invariants() == []


def test_reserve_overlapping_another_names_it(job_seeker):
    starts = timezone.now() + timedelta(days=2)
    held = offerings.make_session(starts_at=starts, title="简历制作课")
    other = offerings.make_session(starts_at=starts + timedelta(minutes=60))
    ask(held, job_seeker)
    with pytest.raises(errors.PersonClash, match="简历制作课"):
        ask(other, job_seeker)
    assert offerings.broken_invariants() == []


def test_reserve_while_waiting_for_an_overlapping_one_is_refused(job_seeker, stranger):
    starts = timezone.now() + timedelta(days=2)
    full = offerings.make_session(starts_at=starts, capacity=1)
    other = offerings.make_session(starts_at=starts)
    ask(full, stranger)
    ask(full, job_seeker)
    with pytest.raises(errors.PersonClash):
        ask(other, job_seeker)


def test_reserve_right_after_another_ends_is_fine(job_seeker):
    starts = timezone.now() + timedelta(days=2)
    held = offerings.make_session(starts_at=starts)
    after = offerings.make_session(starts_at=held.offering.ends_at)
    ask(held, job_seeker)
    assert ask(after, job_seeker).reservation.state == State.CONFIRMED


def test_reserve_ones_own_class_is_refused():
    session = offerings.make_session()
    mentor = session.mentors.get()
    with pytest.raises(errors.CannotHostAndAttend):
        ask(session, mentor.user)


def test_reserve_while_teaching_elsewhere_is_refused():
    starts = timezone.now() + timedelta(days=2)
    mentor = offerings.make_mentor()
    offerings.make_session(starts_at=starts, mentors=[mentor], title="我自己的课")
    other = offerings.make_session(starts_at=starts)
    with pytest.raises(errors.PersonClash, match="我自己的课"):
        ask(other, mentor.user)


def test_reserve_a_draft_is_refused(job_seeker):
    draft = offerings.make_draft()
    with pytest.raises(errors.OfferingNotPublished):
        ask(draft, job_seeker)


@pytest.mark.parametrize(
    ("moved_by", "refusal"),
    [
        (timedelta(seconds=-1), errors.OfferingNotOpen),
        (timedelta(days=2), errors.BookingClosed),
        (timedelta(days=30), errors.BookingClosed),
    ],
)
def test_reserve_outside_the_booking_window_is_refused(job_seeker, moved_by, refusal):
    opens = timezone.now()
    session = offerings.make_session(
        starts_at=opens + timedelta(days=3),
        booking_opens_at=opens,
        booking_closes_at=opens + timedelta(days=2),
    )
    with pytest.raises(refusal):
        ask(session, job_seeker, at=opens + moved_by)
    assert not Reservation.objects.exists()


def test_reserve_a_cancelled_class_is_refused(job_seeker, staff):
    session = offerings.make_session()
    cancel_offering(offering=session.offering, by=staff, at=timezone.now(), reason="导师出差")
    with pytest.raises(errors.OfferingCancelled):
        ask(session, job_seeker)


def test_expired_offer_goes_to_the_one_who_waits_before_a_new_arrival(job_seeker):
    session = offerings.make_session(capacity=1, starts_at=timezone.now() + timedelta(days=5))
    people = offerings.make_people(3)
    rows = offerings.hold(session, people)
    now = timezone.now()
    cancel(reservation=rows[0], by=people[0], at=now)
    late = now + timedelta(hours=13)
    assert ask(session, job_seeker, at=late).reservation.state == State.WAITLISTED
    found = dict(offerings.states(session))
    assert found[people[1].name] == State.CANCELLED
    assert found[people[2].name] == State.OFFERED
    assert offerings.broken_invariants() == []


def test_pass_expired_offers_on_goes_down_the_line():
    session = offerings.make_session(capacity=1, starts_at=timezone.now() + timedelta(days=9))
    people = offerings.make_people(3)
    rows = offerings.hold(session, people)
    now = timezone.now()
    cancel(reservation=rows[0], by=people[0], at=now)
    assert pass_expired_offers_on(at=now + timedelta(hours=11)) == 0
    assert pass_expired_offers_on(at=now + timedelta(hours=12)) == 1
    assert pass_expired_offers_on(at=now + timedelta(hours=12)) == 0
    rows[1].refresh_from_db()
    rows[2].refresh_from_db()
    assert (rows[1].state, rows[1].cause) == (State.CANCELLED, Reservation.Cause.OFFER_EXPIRED)
    assert rows[2].state == State.OFFERED
    assert Message.objects.filter(person=people[1], kind="offer_passed").count() == 1


def test_offers_with_hold_set_to_zero_confirm_at_once():
    session = offerings.make_session(capacity=1)
    people = offerings.make_people(2)
    rows = offerings.hold(session, people)
    with override_config(OFFER_HOLD_HOURS=0):
        portal_settings.forget()
        cancel(reservation=rows[0], by=people[0], at=timezone.now())
    rows[1].refresh_from_db()
    assert rows[1].state == State.CONFIRMED
    assert offerings.broken_invariants() == []


def test_more_places_go_to_the_waiting_list(staff):
    session = offerings.make_session(capacity=1)
    people = offerings.make_people(3)
    offerings.hold(session, people)
    plan = offerings.make_plan(
        starts_at=session.offering.starts_at,
        venue=session.offering.venue,
        mentors=list(session.mentors.all()),
        capacity=2,
    ).offering_plan()
    change_offering(offering=session.offering, plan=plan, by=staff, at=timezone.now())
    assert [state for _, state in offerings.states(session)] == [
        State.CONFIRMED,
        State.OFFERED,
        State.WAITLISTED,
    ]
    assert offerings.broken_invariants() == []


def test_fewer_places_than_taken_are_refused(staff):
    session = offerings.make_session(capacity=3)
    offerings.hold(session, offerings.make_people(2))
    plan = offerings.make_plan(
        venue=session.offering.venue, mentors=list(session.mentors.all()), capacity=1
    ).offering_plan()
    with pytest.raises(errors.CapacityTooSmall):
        change_offering(offering=session.offering, plan=plan, by=staff, at=timezone.now())


def test_the_database_itself_refuses_to_oversell(job_seeker):
    session = offerings.make_session(capacity=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offering.objects.filter(pk=session.pk).update(places_taken=2)


def test_the_database_itself_refuses_a_second_live_reservation(job_seeker):
    session = offerings.make_session()
    ask(session, job_seeker)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reservation.objects.create(offering=session.offering, person=job_seeker, state=State.WAITLISTED)


def test_the_database_itself_refuses_an_offer_without_deadline(job_seeker):
    session = offerings.make_session()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reservation.objects.create(offering=session.offering, person=job_seeker, state=State.OFFERED)
