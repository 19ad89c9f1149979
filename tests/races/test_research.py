"""Mentors who want the same trip in the same second, and one report sent by several windows at once."""

from collections import Counter

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from mentor_portal.notifications.models import Message
from mentor_portal.reservations.models import Reservation
from research.models import ResearchReport
from research.rules import Decision
from research.services import ReportContent, Seen, decide_report, save_report, tell_short_trips
from tests import moments, offerings, trips
from tests.races import server
from tests.races.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
State = Reservation.State


@pytest.fixture
def office():
    return offerings._staff()


def sign_up_at_once(port, trip, mentors):
    keys = server.sign_in([mentor.user for mentor in mentors])
    path = reverse("research:trip-book", args=[trip.pk])
    return server.post_at_once(port, [(keys[mentor.user_id], path) for mentor in mentors])


def states_in_order(trip):
    rows = Reservation.objects.filter(offering=trip.pk).order_by("queued_at", "pk")
    return list(rows.values_list("state", flat=True))


@pytest.mark.postgres
def test_60_mentors_at_once_for_6_places_and_54_wait_in_order(office):
    trip = trips.trip(office)
    mentors = trips.make_mentors(60)
    with server.portal() as port:
        answers = sign_up_at_once(port, trip, mentors)
    assert Counter(answers) == {(302, trip.get_absolute_url()): 60}
    assert states_in_order(trip) == [State.CONFIRMED] * 6 + [State.WAITLISTED] * 54
    assert Message.objects.filter(person__mentor__in=mentors).count() == 60
    assert offerings.broken_invariants() == []


@pytest.mark.postgres
def test_60_mentors_at_once_without_the_lock_oversell_the_trip(office):
    """The twin: without the lock and the constraint behind it the same crowd oversells."""
    trip = trips.trip(office)
    mentors = trips.make_mentors(60)
    constraint = "ALTER TABLE reservations_offering {} CONSTRAINT offering_never_oversold"
    with connection.cursor() as cursor:
        cursor.execute(constraint.format("DROP"))
    try:
        with server.portal("tests.races.without_offering_lock:application") as port:
            sign_up_at_once(port, trip, mentors)
        assert Counter(states_in_order(trip))[State.CONFIRMED] > 6
        assert offerings.broken_invariants() != []
    finally:
        Reservation.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reservations_offering SET places_taken = 0, waiting_count = 0")
            cursor.execute(constraint.format("ADD") + " CHECK (places_taken <= capacity)")


def test_one_mentor_10_times_at_once_holds_one_place(office):
    trip = trips.trip(office)
    [mentor] = trips.make_mentors(1)
    with server.portal() as port:
        answers = sign_up_at_once(port, trip, [mentor] * 10)
    assert Counter(answers) == {(302, trip.get_absolute_url()): 10}
    assert states_in_order(trip) == [State.CONFIRMED]


@pytest.mark.postgres
def test_first_save_of_several_windows_at_once_makes_one_report_about_a_trip(office):
    [mentor] = trips.make_mentors(1)
    trip = trips.attended(office, [mentor])

    def save(number):
        content = ReportContent(title="报告", body=f"第{number}个窗口写的。")
        how = {"by": mentor.user, "at": timezone.now(), "trip": trip, "seen": Seen(revision=0)}
        return lambda: save_report(mentor=mentor, content=content, **how)

    results = at_once([save(number) for number in range(6)])
    [report] = ResearchReport.objects.all()
    assert report.revision == 1
    refusals = Counter(getattr(result, "code", "kept") for result in results)
    assert refusals == {"kept": 1, "report_changed": 5}


@pytest.mark.postgres
def test_two_reviewers_at_once_decide_a_report_once(office):
    [mentor] = trips.make_mentors(1)
    report = trips.submitted(mentor)

    def decide(decision):
        how = {"by": office, "at": timezone.now(), "comment": "请补充"}
        return lambda: decide_report(report=report, decision=decision, **how)

    results = at_once([decide(Decision.ACCEPT), decide(Decision.RETURN)] * 3)
    refusals = Counter(getattr(result, "code", "decided") for result in results)
    assert refusals == {"decided": 1, "report_decided": 5}
    assert report.steps.count() == 2
    assert offerings.broken_invariants() == []


@pytest.mark.postgres
def test_several_workers_at_once_tell_staff_of_a_short_trip_once(office):
    trip = trips.trip(office, starts_at=moments.in_days(3))
    closes = trip.offering.booking_closes_at
    told = at_once([lambda: tell_short_trips(at=closes)] * 6)
    assert sum(told) == 1
    assert Message.objects.filter(kind="research_trip_short").count() == 1
