"""Two members of staff place things at the same moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from classrooms.models import ClassSession
from classrooms.services import plan_session
from mentor_portal.reservations import errors
from tests import offerings
from tests.races.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def place_at_once(staff, plans):
    return at_once([lambda plan=plan: plan_session(plan=plan, by=staff) for plan in plans])


def test_one_venue_placed_at_once_is_given_once(staff):
    starts_at = timezone.now() + timedelta(days=3)
    venue = offerings.make_venue()
    plans = [offerings.make_plan(starts_at=starts_at, venue=venue) for _ in range(6)]
    results = place_at_once(staff, plans)
    refusals = [result for result in results if isinstance(result, errors.VenueClash)]
    assert (ClassSession.objects.count(), len(refusals)) == (1, 5)
    assert ClassSession.objects.get().title in str(refusals[0])
    assert offerings.broken_invariants() == []


def test_one_mentor_placed_at_once_is_given_once(staff):
    starts_at = timezone.now() + timedelta(days=3)
    mentor = offerings.make_mentor(name="向导师")
    plans = [offerings.make_plan(starts_at=starts_at, mentors=[mentor]) for _ in range(6)]
    results = place_at_once(staff, plans)
    refusals = [result for result in results if isinstance(result, errors.HostClash)]
    assert (ClassSession.objects.count(), len(refusals)) == (1, 5)
    assert "向导师" in str(refusals[0])
    assert offerings.broken_invariants() == []


def test_two_mentors_in_two_classes_at_once_do_not_wait_for_each_other(staff):
    """People are locked by id, whatever the order in which they were named: no deadlock."""
    starts_at = timezone.now() + timedelta(days=3)
    first, second = offerings.make_mentor(), offerings.make_mentor()
    plans = [
        offerings.make_plan(starts_at=starts_at, mentors=pair)
        for pair in ([first, second], [second, first]) * 4
    ]
    place_at_once(staff, plans)
    assert ClassSession.objects.count() == 1
