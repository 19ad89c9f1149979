"""Each broken invariant of topics and classes is named; a whole database has none."""

import pytest
from django.utils import timezone

from classrooms.models import ClassSession, HostEvent, TopicApplication
from classrooms.services import publish_session
from tests import offerings, topics

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(mentor_user, staff):
    return topics.placed(topics.approved(mentor_user.mentor, staff), staff)


def test_placed_and_published_topic_breaks_nothing(session, staff):
    publish_session(session=session, by=staff, at=timezone.now())
    assert offerings.broken_invariants() == []


def test_topic_given_by_somebody_else_is_named(session):
    other = offerings.make_mentor(name="别的导师")
    session.mentors.set([other])
    assert any("does not give it" in each for each in offerings.broken_invariants())


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"answer": "declined"}, "although the mentor declined"),
        ({"answer": "asked", "is_outside_windows": True}, "without the mentor's yes"),
    ],
    ids=["declined", "outside"],
)
def test_class_published_against_the_mentor_is_named(session, staff, fields, said):
    publish_session(session=session, by=staff, at=timezone.now())
    ClassSession.objects.filter(pk=session.pk).update(**fields, answered_at=timezone.now())
    assert any(said in each for each in offerings.broken_invariants())


def test_decision_that_no_step_tells_of_is_named(session):
    TopicApplication.objects.get().steps.filter(action="approved").delete()
    assert any("no step says who decided" in each for each in offerings.broken_invariants())


def test_wish_that_is_arranged_without_a_class_is_named():
    topics.event(wish=HostEvent.Wish.ARRANGED)
    assert any("there is none" in each for each in offerings.broken_invariants())
