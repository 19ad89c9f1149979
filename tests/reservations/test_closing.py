"""What has ended is closed: no-shows, leave, moves, and booking paused after three of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentor_portal.notifications.models import Message
from mentor_portal.reservations import errors, services
from mentor_portal.reservations.models import Offering, Reservation, Suspension
from tests import moments, offerings

pytestmark = pytest.mark.django_db
State = Reservation.State
Cause = Reservation.Cause
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def session():
    return offerings.make_session(starts_at=moments.in_days(3, "14:30"), capacity=3)


@pytest.fixture
def rows(session):
    return offerings.hold(session, offerings.make_people(5))


@pytest.fixture
def after(session):
    return session.offering.ends_at + HOUR


def finish(at):
    return services.finish_offerings(at=at)


def states(session):
    return [state for _, state in offerings.states(session)]


def test_class_is_closed_with_the_right_counts(session, rows, after, staff):
    start = session.offering.starts_at
    services.check_in_at_desk(reservation=rows[0], by=staff, at=start)
    services.add_walk_in(offering=session.offering, name="赵大海", phone="13912345678", by=staff, at=start)
    assert finish(after) == 1
    assert states(session) == ["attended", "no_show", "no_show", "cancelled", "cancelled", "attended"]
    offering = Offering.objects.get(pk=session.pk)
    assert (offering.state, offering.finished_at) == (Offering.State.FINISHED, after)
    assert (offering.places_taken, offering.waiting_count) == (3, 0)
    assert offerings.broken_invariants() == []


def test_closing_twice_tells_each_once(session, rows, after):
    assert (finish(after), finish(after)) == (1, 0)
    assert Message.objects.filter(kind="no_show").count() == 3
    assert Message.objects.filter(kind="not_reached").count() == 2


def test_class_that_ended_a_moment_ago_stays_open(session, rows):
    assert finish(session.offering.ends_at + timedelta(minutes=29)) == 0
    assert finish(session.offering.ends_at + timedelta(minutes=30)) == 1


def test_cancelled_class_is_not_closed_and_counts_against_nobody(session, rows, after, staff):
    services.cancel_offering(offering=session.offering, by=staff, at=timezone.now(), reason="停电")
    assert finish(after) == 0
    assert not Reservation.objects.filter(state=State.NO_SHOW).exists()


def test_leave_that_is_not_settled_waits_for_staff(session, rows, after, staff):
    asked, other = rows[0], rows[1]
    late = session.offering.starts_at - HOUR
    for row in (asked, other):
        services.ask_excuse(reservation=row, by=row.person, at=late, reason="面试")
    finish(after)
    assert states(session)[:3] == ["confirmed", "confirmed", "no_show"]
    services.settle_excuse(reservation=asked, by=staff, at=after, accepted=True)
    services.settle_excuse(reservation=other, by=staff, at=after, accepted=False)
    assert states(session)[:2] == ["cancelled", "no_show"]
    assert offerings.broken_invariants() == []


def test_class_that_was_moved_counts_only_against_those_who_booked_afterwards(session, rows, staff):
    [late_comer] = offerings.make_people(1)
    plan = offerings.make_plan(
        starts_at=session.offering.starts_at + DAY,
        venue=session.offering.venue,
        mentors=list(session.mentors.all()),
        capacity=9,
    ).offering_plan()
    offering = services.change_offering(offering=session.offering, plan=plan, by=staff, at=timezone.now())
    booked = services.reserve(offering=offering, person=late_comer, by=late_comer, at=timezone.now())
    finish(offering.ends_at + HOUR)
    assert Reservation.objects.get(pk=rows[0].pk).cause == Cause.MOVED_AWAY
    booked.reservation.refresh_from_db()
    assert [row.pk for row in Reservation.objects.filter(state=State.NO_SHOW)] == [booked.reservation.pk]


def miss(person, days, count=1):
    """Miss so many classes, the last so many days before now."""
    now = timezone.now()
    for number in reversed(range(count)):
        starts_at = now - timedelta(days=days, hours=3 * number)
        session = offerings.make_session(starts_at=starts_at)
        offerings.hold(session, [person], starts_at - DAY)
        services.finish_offering(offering_id=session.pk, at=starts_at + 2 * HOUR)


def book(person, at=None):
    at = at or timezone.now()
    session = offerings.make_session(starts_at=at + 3 * DAY)
    return services.reserve(offering=session.offering, person=person, by=person, at=at)


def test_two_no_shows_pause_nothing(stranger):
    miss(stranger, days=1, count=2)
    assert book(stranger).is_new


def test_three_no_shows_pause_booking_until_the_shown_day(stranger):
    miss(stranger, days=1, count=3)
    suspension = Suspension.objects.get(person=stranger)
    assert suspension.ends_at - suspension.starts_at == 30 * DAY
    clears = timezone.localtime(suspension.ends_at)
    with pytest.raises(errors.BookingSuspended, match=f"{clears.month}月{clears.day}日"):
        book(stranger)
    assert book(stranger, at=suspension.ends_at).is_new
    assert str(clears.day) in Message.objects.of(stranger).get(kind="suspended").body


def test_no_shows_of_more_than_ninety_days_ago_do_not_count(stranger):
    miss(stranger, days=92, count=1)
    miss(stranger, days=1, count=2)
    assert book(stranger).is_new


def test_no_shows_before_the_last_pause_do_not_pause_again(stranger):
    miss(stranger, days=40, count=3)
    assert Suspension.objects.count() == 1
    miss(stranger, days=1, count=1)
    assert Suspension.objects.count() == 1
    assert book(stranger).is_new


def test_pause_is_no_bar_to_walking_in(stranger, staff):
    miss(stranger, days=1, count=3)
    session = offerings.make_session(starts_at=timezone.now() + timedelta(minutes=10))
    outcome = services.add_walk_in(
        offering=session.offering, name="", phone=stranger.phone, by=staff, at=timezone.now()
    )
    assert outcome.reservation.state == State.ATTENDED


def test_staff_lift_a_pause_with_a_reason_and_it_is_known_who(stranger, staff):
    miss(stranger, days=1, count=3)
    suspension = Suspension.objects.get()
    with pytest.raises(errors.ReasonMissing):
        services.lift_suspension(suspension=suspension, by=staff, at=timezone.now(), reason=" ")
    lifted = services.lift_suspension(suspension=suspension, by=staff, at=timezone.now(), reason="已说明情况")
    assert (lifted.lifted_by, lifted.lift_reason) == (staff, "已说明情况")
    assert book(stranger).is_new
    with pytest.raises(errors.SuspensionEnded):
        services.lift_suspension(suspension=suspension, by=staff, at=timezone.now(), reason="再次")


def test_correction_at_the_desk_lifts_what_it_no_longer_justifies(stranger, staff):
    miss(stranger, days=1, count=3)
    wrong = Reservation.objects.filter(state=State.NO_SHOW).last()
    services.check_in_at_desk(reservation=wrong, by=staff, at=timezone.now())
    assert Suspension.objects.get().lifted_by == staff
    assert book(stranger).is_new


def test_undo_after_the_closing_is_a_no_show_again(session, rows, after, staff):
    services.check_in_at_desk(reservation=rows[0], by=staff, at=session.offering.starts_at)
    finish(after)
    services.undo_check_in(reservation=rows[0], by=staff, at=after)
    assert states(session)[0] == "no_show"


def test_correction_that_was_a_mistake_pauses_again(stranger, staff):
    miss(stranger, days=1, count=3)
    wrong = Reservation.objects.filter(state=State.NO_SHOW).last()
    services.check_in_at_desk(reservation=wrong, by=staff, at=timezone.now())
    services.undo_check_in(reservation=wrong, by=staff, at=timezone.now())
    assert Suspension.objects.in_force(timezone.now()).count() == 1
    with pytest.raises(errors.BookingSuspended):
        book(stranger)


def test_leave_refused_after_the_closing_can_be_the_third_no_show(stranger, staff):
    miss(stranger, days=1, count=2)
    starts_at = timezone.now() - timedelta(hours=3)
    session = offerings.make_session(starts_at=starts_at)
    [row] = offerings.hold(session, [stranger], starts_at - DAY)
    services.ask_excuse(reservation=row, by=stranger, at=starts_at - HOUR, reason="面试")
    services.finish_offering(offering_id=session.pk, at=timezone.now())
    services.settle_excuse(reservation=row, by=staff, at=timezone.now(), accepted=False)
    assert Suspension.objects.in_force(timezone.now() + HOUR).exists()
