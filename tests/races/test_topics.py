"""Two saves of one page arrive at the same moment: the second makes no second draft."""

from uuid import uuid4

import pytest
from django.utils import timezone

from classrooms import services
from classrooms.models import TopicApplication
from tests import offerings, topics
from tests.races.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_page_saved_many_times_at_once_is_one_draft():
    mentor, key = offerings.make_mentor(), uuid4()
    titles = [f"第 {number} 稿" for number in range(6)]
    contents = [topics.content(title=title) for title in titles]
    results = at_once(
        [
            lambda content=content: services.save_topic(
                mentor=mentor, content=content, by=mentor.user, at=timezone.now(), key=key
            )
            for content in contents
        ]
    )
    draft = TopicApplication.objects.get()
    assert {each.pk for each in results} == {draft.pk}
    assert draft.title in titles
    assert draft.half_days == [topics.half_day()]


def test_one_page_submitted_twice_at_once_is_submitted_once(mentor_user):
    mentor, key, content = mentor_user.mentor, uuid4(), topics.content()
    at_once(
        [
            lambda: services.offer_topic(
                mentor=mentor, content=content, by=mentor.user, at=timezone.now(), key=key
            )
        ]
        * 4
    )
    topic = TopicApplication.objects.get()
    assert (topic.state, topic.steps.count()) == (TopicApplication.State.SUBMITTED, 1)
