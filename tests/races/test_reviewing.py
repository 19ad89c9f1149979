"""Members of staff review and place at the same moment, over HTTP against a real server."""

from collections import Counter
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from classrooms.models import ApplicationStep, ClassSession, TopicApplication
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.models import Hosting
from tests import moments, offerings, topics
from tests import scene as scenes
from tests.races import server

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
STAFF = 6


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


def place_at_once(colleagues, app="mentor_portal.wsgi:application"):
    """Each places a topic of another mentor, all in one venue at one time."""
    venue, window = offerings.make_venue(seats=40), topics.half_day(5)
    ready = [topics.approved(mentor, colleagues[0], windows=[window]) for mentor in mentors(STAFF)]
    starts_at, ends_at = window.usual_span(moments.SHANGHAI, 90)
    body = urlencode(
        {
            "day": window.day,
            "starts": f"{starts_at:%H:%M}",
            "ends": f"{ends_at:%H:%M}",
            "venue": venue.pk,
            "capacity": 40,
        }
    )
    keys = server.sign_in(colleagues)
    board = reverse("admin:classrooms_topicapplication_board")
    posts = [
        (keys[person.pk], f"{board}?topic={topic.pk}")
        for person, topic in zip(colleagues, ready, strict=True)
    ]
    with server.portal(app) as port:
        return server.post_at_once(port, posts, body)


def test_one_venue_at_one_time_goes_to_one_and_the_others_are_told(colleagues):
    answers = place_at_once(colleagues)
    assert Counter(status for status, _ in answers) == {302: 1, 422: STAFF - 1}
    [session] = ClassSession.objects.all()
    assert Hosting.objects.filter(offering=session.pk).count() == 1
    assert ApplicationStep.objects.filter(action="placed").count() == 1
    assert Message.objects.filter(kind="placement_proposed").count() == 1
    assert offerings.broken_invariants() == []


def test_one_venue_at_one_time_without_the_lock_goes_to_several(colleagues):
    """The twin: without the lock on the venue the same staff fill it twice."""
    place_at_once(colleagues, "tests.races.without_venue_lock:application")
    assert ClassSession.objects.count() > 1


def decide_at_once(colleagues, app="mentor_portal.wsgi:application"):
    [mentor] = mentors(1)
    topic = topics.submitted(mentor)
    body = urlencode(
        {"decision": "returned", "comment": "请写明适合人群", "seen_at": topic.submitted_at.isoformat()}
    )
    path = reverse("admin:classrooms_topicapplication_change", args=[topic.pk])
    keys = server.sign_in(colleagues)
    with server.portal(app) as port:
        answers = server.post_at_once(port, [(keys[person.pk], path) for person in colleagues], body)
    return topic, answers


def test_one_topic_is_decided_once_and_the_other_reviewers_are_shown_by_whom(colleagues):
    topic, answers = decide_at_once(colleagues)
    assert Counter(status for status, _ in answers) == {302: 1, 200: STAFF - 1}
    topic.refresh_from_db()
    assert topic.state == TopicApplication.State.RETURNED
    [step] = topic.steps.filter(action="returned")
    assert step.by == topic.decided_by
    assert Message.objects.filter(kind="topic_returned").count() == 1


def test_one_topic_without_the_lock_is_decided_by_several(colleagues):
    """The twin: without the lock on the topic several reviewers decide it."""
    topic, _ = decide_at_once(colleagues, "tests.races.without_topic_lock:application")
    assert topic.steps.filter(action="returned").count() > 1
