"""Checking in by the poster and at the desk, walking in, undoing it, and who taught."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentor_portal.accounts.models import User
from mentor_portal.reservations import errors, services
from mentor_portal.reservations.models import Hosting, Offering, Reservation
from tests import moments, offerings

pytestmark = pytest.mark.django_db
State = Reservation.State
Cause = Reservation.Cause
MINUTE = timedelta(minutes=1)


@pytest.fixture
def session():
    return offerings.make_session(starts_at=moments.in_days(3, "14:30"), capacity=2)


@pytest.fixture
def starts_at(session):
    return session.offering.starts_at


@pytest.fixture
def holder(session):
    [person] = offerings.make_people(1)
    return offerings.hold(session, [person])[0]


def scan(session, person, at):
    code = Offering.objects.get(pk=session.pk).check_in_code
    return services.check_in(code=code, person=person, by=person, at=at)


def walk_in(session, name, phone, by, at):
    return services.add_walk_in(offering=session.offering, name=name, phone=phone, by=by, at=at)


def again(row):
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("minutes", [-30, -1, 0, 45, 90])
def test_scan_within_the_window_checks_in(session, holder, starts_at, minutes):
    at = starts_at + minutes * MINUTE
    outcome = scan(session, holder.person, at)
    assert outcome.is_new
    assert (again(holder).state, holder.checked_in_at, holder.is_walk_in) == (State.ATTENDED, at, False)
    assert offerings.broken_invariants() == []


def test_scan_before_the_window_says_when_it_opens(session, holder, starts_at):
    with pytest.raises(errors.CheckInTooEarly, match="14:00 开始签到"):
        scan(session, holder.person, starts_at - 31 * MINUTE)


def test_scan_after_the_end_is_over(session, holder):
    with pytest.raises(errors.CheckInOver, match="已结束"):
        scan(session, holder.person, session.offering.ends_at + MINUTE)


def test_second_scan_is_answered_with_the_first(session, holder, starts_at):
    scan(session, holder.person, starts_at)
    outcome = scan(session, holder.person, starts_at + 5 * MINUTE)
    assert (outcome.is_new, outcome.reservation.checked_in_at) == (False, starts_at)


def test_scan_without_a_booking_leads_to_the_desk(session, stranger, starts_at):
    with pytest.raises(errors.NotBooked, match="签到台"):
        scan(session, stranger, starts_at)


def test_scan_of_another_sessions_code_names_ones_own(session, stranger, starts_at):
    own = offerings.make_session(starts_at=starts_at + 10 * MINUTE, title="简历门诊")
    offerings.hold(own, [stranger])
    with pytest.raises(errors.CheckInElsewhere, match="简历门诊"):
        scan(session, stranger, starts_at)


def test_scan_from_the_waiting_list_says_the_position(session, starts_at):
    people = offerings.make_people(4)
    rows = offerings.hold(session, people)
    with pytest.raises(errors.StillWaiting, match="第 2 位"):
        scan(session, people[3], starts_at)
    assert again(rows[3]).state == State.WAITLISTED


def test_scan_of_a_cancelled_session_says_so(session, holder, starts_at, staff):
    services.cancel_offering(offering=session.offering, by=staff, at=starts_at - 60 * MINUTE, reason="停电")
    with pytest.raises(errors.OfferingCancelled):
        scan(session, holder.person, starts_at)


def test_scan_takes_an_offer_that_is_still_held(session, starts_at):
    people = offerings.make_people(3)
    rows = offerings.hold(session, people)
    at = starts_at - 20 * MINUTE
    services.cancel_by_staff(reservation=rows[0], by=people[0], at=at, note="换人")
    assert again(rows[2]).state == State.OFFERED
    scan(session, people[2], at + MINUTE)
    assert again(rows[2]).state == State.ATTENDED
    assert offerings.broken_invariants() == []


def test_code_that_does_not_exist_finds_nothing(stranger):
    with pytest.raises(Offering.DoesNotExist):
        services.check_in(code="no-such-code", person=stranger, by=stranger, at=timezone.now())


def test_codes_are_long_and_all_different():
    codes = {offerings.make_session().offering.check_in_code for _ in range(20)}
    assert len(codes) == 20
    assert all(len(code) >= 22 for code in codes)


def test_walk_in_takes_no_place_and_is_welcome_when_all_are_taken(session, starts_at, staff):
    offerings.hold(session, offerings.make_people(3))
    outcome = walk_in(session, "赵大海", "13912345678", staff, starts_at)
    offering = Offering.objects.get(pk=session.pk)
    assert outcome.reservation.is_walk_in
    assert (offering.places_taken, offering.waiting_count) == (2, 1)
    assert User.objects.get(phone="13912345678").name == "赵大海"
    assert offerings.broken_invariants() == []


def test_walk_in_who_has_booked_is_checked_in_on_the_booking(session, holder, starts_at, staff):
    outcome = walk_in(session, "", holder.person.phone, staff, starts_at)
    assert outcome.reservation == holder
    assert not again(holder).is_walk_in
    assert session.offering.reservations.count() == 1


def test_walk_in_who_waits_leaves_the_queue(session, starts_at, staff):
    rows = offerings.hold(session, offerings.make_people(3))
    walk_in(session, "", rows[2].person.phone, staff, starts_at)
    assert (again(rows[2]).state, rows[2].is_walk_in) == (State.ATTENDED, True)
    assert Offering.objects.get(pk=session.pk).waiting_count == 0
    assert offerings.broken_invariants() == []


def test_walk_in_twice_is_once(session, starts_at, staff):
    first = walk_in(session, "赵大海", "13912345678", staff, starts_at)
    second = walk_in(session, "赵大海", "13912345678", staff, starts_at)
    assert (second.is_new, second.reservation) == (False, first.reservation)


def test_walk_in_who_cancelled_before_is_noted_beside_it(session, holder, starts_at, staff):
    services.cancel(reservation=holder, by=holder.person, at=starts_at - timedelta(days=1))
    walk_in(session, "", holder.person.phone, staff, starts_at)
    assert sorted(session.offering.reservations.values_list("state", flat=True)) == ["attended", "cancelled"]


def test_undo_gives_a_booked_place_back(session, holder, starts_at, staff):
    services.check_in_at_desk(reservation=holder, by=staff, at=starts_at)
    services.undo_check_in(reservation=holder, by=staff, at=starts_at)
    assert (again(holder).state, holder.checked_in_at) == (State.CONFIRMED, None)
    assert offerings.broken_invariants() == []


def test_undo_ends_a_walk_in(session, starts_at, staff):
    reservation = walk_in(session, "赵大海", "13912345678", staff, starts_at).reservation
    services.undo_check_in(reservation=reservation, by=staff, at=starts_at)
    assert (again(reservation).state, reservation.cause) == (State.CANCELLED, Cause.WALK_IN_UNDONE)
    assert offerings.broken_invariants() == []


def test_undo_of_a_walk_in_who_had_waited_waits_again(session, starts_at, staff):
    rows = offerings.hold(session, offerings.make_people(4))
    services.check_in_at_desk(reservation=rows[2], by=staff, at=starts_at)
    services.undo_check_in(reservation=rows[2], by=staff, at=starts_at)
    assert (again(rows[2]).state, rows[2].is_walk_in) == (State.WAITLISTED, False)
    assert Offering.objects.get(pk=session.pk).waiting_count == 2
    assert offerings.broken_invariants() == []


def test_undo_of_a_walk_in_whose_turn_has_passed_waits_at_the_end(session, starts_at, staff):
    rows = offerings.hold(session, offerings.make_people(4))
    at = starts_at - 20 * MINUTE
    services.check_in_at_desk(reservation=rows[2], by=staff, at=at)
    services.cancel_by_staff(reservation=rows[0], by=staff, at=at, note="换人")
    assert again(rows[3]).state == State.OFFERED
    services.undo_check_in(reservation=rows[2], by=staff, at=at)
    assert again(rows[2]).state == State.WAITLISTED
    assert offerings.broken_invariants() == []


def test_leave_that_was_asked_for_is_withdrawn_by_coming(session, holder, starts_at, staff):
    services.ask_excuse(
        reservation=holder, by=holder.person, at=starts_at - timedelta(hours=1), reason="面试"
    )
    scan(session, holder.person, starts_at)
    assert (again(holder).excuse, holder.excuse_reason) == ("", "面试")


def test_scan_of_the_wrong_code_names_ones_own_also_before_its_time(session, holder, starts_at):
    later = offerings.make_session(starts_at=starts_at + 90 * MINUTE)
    with pytest.raises(errors.CheckInElsewhere, match=session.title):
        scan(later, holder.person, starts_at)


def test_undo_of_what_was_not_checked_in_is_refused(session, holder, starts_at, staff):
    with pytest.raises(errors.NotCheckedIn):
        services.undo_check_in(reservation=holder, by=staff, at=starts_at)


@pytest.mark.parametrize(
    "away", [timedelta(minutes=-31), timedelta(days=7, minutes=91)], ids=["early", "late"]
)
def test_desk_is_closed_before_and_long_after(session, holder, starts_at, staff, away):
    with pytest.raises(errors.DeskClosed):
        services.check_in_at_desk(reservation=holder, by=staff, at=starts_at + away)


def test_desk_corrects_days_after(session, holder, starts_at, staff):
    services.check_in_at_desk(reservation=holder, by=staff, at=starts_at + timedelta(days=6))
    assert again(holder).state == State.ATTENDED


def test_presence_of_a_host_is_noted_and_corrected(session, starts_at, staff):
    hosting = Hosting.objects.get(offering=session.pk)
    services.note_presence(hosting=hosting, is_present=False, by=staff, at=starts_at)
    services.note_presence(hosting=hosting, is_present=True, by=staff, at=starts_at + MINUTE)
    hosting.refresh_from_db()
    assert (hosting.presence, hosting.presence_noted_by) == (Hosting.Presence.PRESENT, staff)


def test_presence_is_not_noted_before_the_day(session, starts_at, staff):
    hosting = Hosting.objects.get(offering=session.pk)
    with pytest.raises(errors.DeskClosed):
        services.note_presence(hosting=hosting, is_present=True, by=staff, at=starts_at - timedelta(days=1))
