"""Two people take a step of a pairing, or let the same job count, at the same moment."""

from collections import Counter
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from consultations import errors, services
from consultations.models import Pairing, Placement
from mentor_portal.notifications.models import Message
from tests import offerings, pairings
from tests import scene as scenes
from tests.races import server
from tests.races.together import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
STAFF = 4
ONCE = "placement_verified_once_per_person_and_job"


@pytest.fixture
def colleagues(make_user):
    from django.contrib.auth.models import Group

    from mentor_portal.home.roles import PROVINCE_GROUP

    people = [make_user(f"中心{number}号", is_staff=True) for number in range(STAFF)]
    for person in people:
        person.groups.add(Group.objects.get(name=PROVINCE_GROUP))
    return people


def mentors(count):
    return [
        scenes.make_listed_mentor(person, number)
        for number, person in enumerate(offerings.make_people(count), start=1)
    ]


# One pairing, several members of staff


def verify_at_once(colleagues, app="mentor_portal.wsgi:application"):
    [mentor] = mentors(1)
    pairing = pairings.confirmed(mentor, offerings.make_people(1)[0])
    seen_at = pairing.placement.claimed_at.isoformat()
    path = reverse("admin:consultations_pairing_change", args=[pairing.pk])
    keys = server.sign_in(colleagues)
    body = urlencode({"decision": "verify", "comment": "", "seen_at": seen_at})
    with server.portal(app) as port:
        answers = server.post_at_once(port, [(keys[person.pk], path) for person in colleagues], body)
    return pairing, answers


def test_one_outcome_is_verified_once_and_the_other_staff_see_that_it_is(colleagues):
    pairing, answers = verify_at_once(colleagues)
    assert Counter(status for status, _ in answers) == {302: 1, 200: STAFF - 1}
    assert pairing.steps.filter(action="verified").count() == 1
    assert Message.objects.filter(kind="outcome_verified").count() == 2
    assert offerings.broken_invariants() == []


def test_one_outcome_without_the_lock_is_verified_by_several(colleagues):
    """The twin: without the lock on the pairing several members of staff verify it."""
    pairing, _ = verify_at_once(colleagues, "tests.races.without_pairing_lock:application")
    assert pairing.steps.filter(action="verified").count() > 1


# One job, claimed by two mentors


def count_one_job_at_once(colleagues):
    """Each member of staff verifies another mentor's claim for the same person and job."""
    [person] = offerings.make_people(1)
    claims = [pairings.confirmed(mentor, person) for mentor in mentors(STAFF)]
    every_placement = [pairing.placement.pk for pairing in claims]
    return at_once(
        [
            lambda staff=staff, pairing=pairing: services.verify_placement(
                pairing=pairing, by=staff, at=timezone.now(), beside=every_placement
            )
            for staff, pairing in zip(colleagues, claims, strict=True)
        ]
    )


def test_one_job_of_two_mentors_counts_once_and_the_others_are_told_for_whom(colleagues):
    results = count_one_job_at_once(colleagues)
    [counted] = Placement.objects.verified()
    refused = [each for each in results if isinstance(each, errors.JobAlreadyCounted)]
    assert len(refused) == STAFF - 1
    assert all(counted.pairing.mentor.name in str(each) for each in refused)
    states = Counter(Pairing.objects.values_list("state", flat=True))
    assert states == {"placed": 1, "confirmed": STAFF - 1}
    assert offerings.broken_invariants() == []


def test_one_job_without_the_constraint_counts_several_times(colleagues):
    """The twin: what keeps the second one out is the database's constraint."""
    [constraint] = [each for each in Placement._meta.constraints if each.name == ONCE]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Placement, constraint)
    try:
        count_one_job_at_once(colleagues)
        assert Placement.objects.verified().count() > 1
    finally:
        Placement.objects.update(verified_at=None, verified_by=None)
        with connection.schema_editor() as editor:
            editor.add_constraint(Placement, constraint)


# The two of a pairing


def test_two_proposals_at_once_are_one_live_pairing():
    [mentor] = mentors(1)
    [person] = offerings.make_people(1)
    results = at_once([lambda: pairings.proposed(mentor, person)] * 4)
    assert Pairing.objects.live().count() == 1
    assert sum(isinstance(each, errors.PairingIsLive) for each in results) == 3
    assert Message.objects.filter(kind="pairing_proposed").count() == 1


def test_confirming_and_stopping_at_once_is_one_of_both():
    [mentor] = mentors(1)
    [person] = offerings.make_people(1)
    pairing = pairings.claimed(mentor, person)
    results = at_once(
        [
            lambda: services.confirm_outcome(pairing=pairing, by=person, at=timezone.now()),
            lambda: services.stop_pairing(
                pairing=pairing, by=mentor.user, at=timezone.now(), reason="弄错了"
            ),
        ]
    )
    assert sum(isinstance(each, errors.PairingStandsElsewhere) for each in results) == 1
    assert pairing.steps.count() == 4
    assert offerings.broken_invariants() == []
