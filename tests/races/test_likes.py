"""One person who likes a mentor in twenty windows at once, and a check-in taken back meanwhile."""

from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentor_portal.reservations.services import check_in_at_desk, undo_check_in
from mentors.models import Like
from mentors.services import like
from tests import offerings, scene
from tests.races import server
from tests.races.together import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def held():
    """A place in a class that starts in a moment, checked in at its desk."""
    person, teacher = offerings.make_people(2)
    mentor = scene.make_listed_mentor(teacher)
    session = offerings.make_session(mentors=[mentor], starts_at=timezone.now() + timedelta(minutes=5))
    [held] = offerings.hold(session, [person])
    check_in_at_desk(reservation=held, by=offerings._staff(), at=timezone.now())
    return held


def test_20_requests_at_once_are_one_like(held):
    mentor = held.offering.class_session.mentors.get()
    key = server.sign_in([held.person])[held.person_id]
    path = reverse("mentors:mentor-like", args=[mentor.pk])
    with server.portal() as port:
        answers = server.post_at_once(port, [(key, path)] * 20)
    assert Counter(answers) == {(302, f"{reverse('mentors:mentor-detail', args=[mentor.pk])}#like"): 20}
    assert Like.objects.count() == 1
    assert offerings.broken_invariants() == []


def test_check_in_taken_back_in_the_same_moment_leaves_no_like(held):
    mentor, staff = held.offering.class_session.mentors.get(), offerings._staff()
    for _ in range(10):
        at_once(
            [
                *[lambda: like(mentor=mentor, person=held.person, by=held.person, at=timezone.now())] * 4,
                lambda: undo_check_in(reservation=held, by=staff, at=timezone.now()),
            ]
        )
        assert offerings.broken_invariants() == []
        assert not Like.objects.exists()
        check_in_at_desk(reservation=held, by=staff, at=timezone.now())
