"""Planning the year and the trips: publishing, signing up, moving, calling off, too few who came forward."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentor_portal.notifications.models import Message
from mentor_portal.reservations import errors as engine
from mentor_portal.reservations.models import Offering, Reservation, Suspension
from mentors.models import Appointment
from research import errors, services
from research.models import ResearchTheme, ResearchTrip
from research.wordings import Kind
from tests import moments, offerings, trips

pytestmark = pytest.mark.django_db
State = Reservation.State
NOW = timezone.now


# The year's plan


def test_plan_is_published_at_one_stroke_and_mentors_in_office_are_told(staff):
    first, second = (trips.theme(year=2026, month=month, published_at=None) for month in (2, 1))
    [mentor] = trips.make_mentors(1)
    trips.make_mentors(1, is_appointed=False)
    at = NOW()
    assert services.publish_plan(year=2026, by=staff, at=at) == [second, first]
    assert set(ResearchTheme.objects.values_list("published_at", flat=True)) == {at}
    [message] = Message.objects.filter(kind=Kind.PLAN_PUBLISHED)
    assert message.person == mentor.user
    assert message.path == "/research/?year=2026"


def test_plan_is_published_once_and_grows_with_themes_added_later(staff):
    trips.theme(year=2026, month=1, published_at=None)
    services.publish_plan(year=2026, by=staff, at=NOW())
    with pytest.raises(errors.PlanPublished):
        services.publish_plan(year=2026, by=staff, at=NOW())
    later = trips.theme(year=2026, month=2, published_at=None)
    assert services.publish_plan(year=2026, by=staff, at=NOW()) == [later]


def test_plan_without_a_theme_is_not_published(staff):
    with pytest.raises(errors.PlanEmpty):
        services.publish_plan(year=2026, by=staff, at=NOW())


def test_month_has_one_theme():
    trips.theme(year=2026, month=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        trips.theme(year=2026, month=3)
    with pytest.raises(ValidationError, match="每月一个"):
        ResearchTheme(year=2026, month=3, title="又一个", destination="长沙").full_clean()


# Planning and publishing a trip


def test_trip_of_an_unpublished_theme_is_not_published(staff):
    draft = trips.draft_trip(staff, theme=trips.theme(published_at=None))
    with pytest.raises(errors.ThemeNotPublished):
        services.publish_trip(trip=draft, by=staff, at=NOW())


def test_trip_that_has_begun_is_not_published(staff):
    draft = trips.draft_trip(staff, starts_at=moments.in_days(-1))
    with pytest.raises(errors.InThePast):
        services.publish_trip(trip=draft, by=staff, at=NOW())


def test_trip_needs_no_more_people_than_it_has_places(staff):
    with pytest.raises(errors.MinimumTooLarge):
        trips.draft_trip(staff, capacity=4, minimum=5)
    trip = trips.trip(staff)
    with pytest.raises(errors.MinimumTooLarge):
        services.change_trip(trip=trip, plan=trips.plan(theme=trip.theme, minimum=7), by=staff, at=NOW())


def test_trip_that_moves_tells_who_signed_up(staff):
    trip = trips.trip(staff)
    [mentor] = trips.make_mentors(1)
    trips.hold(trip, [mentor])
    moved = trips.plan(theme=trip.theme, starts_at=moments.in_days(12), gathering="高铁南站")
    services.change_trip(trip=trip, plan=moved, by=staff, at=NOW())
    [message] = Message.objects.filter(kind="moved", person=mentor.user)
    assert "集合地点：高铁南站" in message.body
    assert not Message.objects.filter(kind=Kind.TRIP_GATHERS_ELSEWHERE).exists()
    assert ResearchTrip.objects.get().offering.starts_at == moments.in_days(12)


def test_trip_that_gathers_elsewhere_tells_who_signed_up(staff):
    trip = trips.trip(staff)
    [mentor] = trips.make_mentors(1)
    trips.hold(trip, [mentor])
    elsewhere = trips.plan(theme=trip.theme, gathering="高铁南站")
    for _ in range(2):
        services.change_trip(trip=trip, plan=elsewhere, by=staff, at=NOW())
    [message] = Message.objects.filter(kind=Kind.TRIP_GATHERS_ELSEWHERE)
    assert message.person == mentor.user
    assert "集合地点改为：高铁南站" in message.body


def test_draft_that_gathers_elsewhere_tells_nobody(staff):
    trip = trips.draft_trip(staff)
    elsewhere = trips.plan(theme=trip.theme, gathering="高铁南站")
    services.change_trip(trip=trip, plan=elsewhere, by=staff, at=NOW())
    assert not Message.objects.filter(kind=Kind.TRIP_GATHERS_ELSEWHERE).exists()


def test_trip_that_is_called_off_tells_who_signed_up(staff):
    trip = trips.trip(staff)
    [mentor] = trips.make_mentors(1)
    trips.hold(trip, [mentor])
    services.cancel_trip(trip=trip, by=staff, at=NOW(), reason="企业停产检修")
    assert Message.objects.filter(kind="offering_cancelled", person=mentor.user).count() == 1
    assert Reservation.objects.get().state == State.CANCELLED


# Signing up


def test_six_have_places_and_the_seventh_waits(staff):
    trip = trips.trip(staff)
    rows = trips.hold(trip, trips.make_mentors(8))
    assert [row.state for row in rows] == [State.CONFIRMED] * 6 + [State.WAITLISTED] * 2
    assert offerings.broken_invariants() == []


def test_freed_place_is_offered_to_the_first_who_waits(staff):
    trip = trips.trip(staff)
    rows = trips.hold(trip, trips.make_mentors(8))
    offerings_cancel(rows[0])
    rows[6].refresh_from_db()
    assert rows[6].state == State.OFFERED


def offerings_cancel(row):
    from mentor_portal.reservations.services import cancel

    cancel(reservation=row, by=row.person, at=NOW())


def test_second_sign_up_is_answered_with_the_first(staff):
    trip = trips.trip(staff)
    [mentor] = trips.make_mentors(1)
    [first] = trips.hold(trip, [mentor])
    outcome = services.sign_up(trip=trip, person=mentor.user, by=mentor.user, at=NOW())
    assert (outcome.reservation, outcome.is_new) == (first, False)


def test_job_seeker_does_not_sign_up(staff, job_seeker):
    with pytest.raises(errors.MentorsOnly):
        services.sign_up(trip=trips.trip(staff), person=job_seeker, by=job_seeker, at=NOW())
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("change", ["none", "ended", "revoked", "later"])
def test_mentor_out_of_office_does_not_sign_up(staff, change):
    [mentor] = trips.make_mentors(1)
    terms, today = Appointment.objects.filter(mentor=mentor), moments.in_days(0).date()
    match change:
        case "none":
            terms.delete()
        case "ended":
            terms.update(ends_on=today - timedelta(days=1))
        case "revoked":
            terms.update(state=Appointment.State.REVOKED)
        case "later":
            terms.update(starts_on=today + timedelta(days=1))
    with pytest.raises(errors.MentorsOnly, match="在聘"):
        trips.hold(trips.trip(staff), [mentor])


def test_sign_up_opens_and_closes_at_its_moments(staff):
    trip = trips.trip(staff)
    [mentor] = trips.make_mentors(1)
    opens, closes = trip.offering.booking_opens_at, trip.offering.booking_closes_at
    Appointment.objects.update(starts_on=opens.date() - timedelta(days=9))
    with pytest.raises(errors.SignUpNotOpen, match="开始报名"):
        trips.hold(trip, [mentor], opens - timedelta(seconds=1))
    with pytest.raises(errors.SignUpClosed, match="报名已截止"):
        trips.hold(trip, [mentor], closes)
    assert trips.hold(trip, [mentor], opens)[0].state == State.CONFIRMED


def test_mentor_with_a_class_at_that_time_does_not_sign_up(staff):
    trip = trips.trip(staff)
    [mentor] = trips.make_mentors(1)
    offerings.make_session(starts_at=trip.offering.starts_at, mentors=[mentor])
    with pytest.raises(engine.PersonClash):
        trips.hold(trip, [mentor])


def test_mentor_whose_booking_is_paused_does_not_sign_up(staff):
    [mentor] = trips.make_mentors(1)
    at = NOW()
    Suspension.objects.create(
        person=mentor.user, starts_at=at, ends_at=at + timedelta(days=30), reason="未到场 3 次"
    )
    with pytest.raises(engine.BookingSuspended):
        trips.hold(trips.trip(staff), [mentor], at)


# Below the minimum


@pytest.fixture
def short(staff):
    """A trip whose sign-up ended with four."""
    trip = trips.trip(staff, starts_at=moments.in_days(3))
    trips.hold(trip, trips.make_mentors(4))
    return trip


def told():
    return Message.objects.filter(kind=Kind.TRIP_SHORT)


def test_staff_of_the_province_are_told_once_when_too_few_signed_up(short, staff, unit_staff):
    closes = short.offering.booking_closes_at
    assert services.tell_short_trips(at=closes - timedelta(seconds=1)) == 0
    assert services.tell_short_trips(at=closes) == 1
    assert services.tell_short_trips(at=closes + timedelta(hours=1)) == 0
    [message] = told()
    assert message.person == staff
    assert "4 人报名，未达到 5 人" in message.body
    assert unit_staff.pk != message.person_id


def test_nobody_is_told_of_a_trip_with_enough_or_called_off(short, staff):
    trips.hold(short, trips.make_mentors(1))
    off = trips.trip(staff, starts_at=moments.in_days(3))
    services.cancel_trip(trip=off, by=staff, at=NOW(), reason="改期")
    trips.draft_trip(staff, starts_at=moments.in_days(3))
    assert services.tell_short_trips(at=moments.in_days(2, "23:00")) == 0
    assert not told().exists()


def test_staff_are_told_anew_where_sign_up_went_on(short, staff):
    closes = short.offering.booking_closes_at
    services.tell_short_trips(at=closes)
    later = trips.plan(theme=short.theme, starts_at=moments.in_days(5), booking_closes_at=moments.in_days(4))
    services.change_trip(trip=short, plan=later, by=staff, at=closes + timedelta(minutes=5))
    assert services.tell_short_trips(at=moments.in_days(4)) == 1
    assert told().count() == 2


def test_short_trip_stays_short_in_the_lists_of_staff(short):
    closes = short.offering.booking_closes_at
    assert list(ResearchTrip.objects.short(closes)) == [short] and short_now(closes)
    before = closes - timedelta(minutes=1)
    assert not ResearchTrip.objects.short(before).exists() and not short_now(before)
    Offering.objects.update(state=Offering.State.FINISHED)
    assert not ResearchTrip.objects.short(closes).exists() and not short_now(closes)


def short_now(at):
    return ResearchTrip.objects.select_related("offering").get().is_short(at)
