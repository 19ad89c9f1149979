"""Each broken invariant of topics and classes is named; a whole database has none."""

import pytest
from django.utils import timezone

from classrooms.models import ClassSession, CoursewareVersion, HostEvent, SimilarPair, TopicApplication
from classrooms.services import confirm_pair, publish_session
from tests import courseware, offerings, topics

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


@pytest.fixture
def pair(mentor_user, staff):
    return confirm_pair(
        pair=courseware.answered(mentor_user.mentor, staff), reason="相同", by=staff, at=timezone.now()
    )


def test_confirmed_pair_breaks_nothing(pair):
    courseware.version(pair.version.courseware, courseware.OTHER_TEXT)
    assert offerings.broken_invariants() == []


def named(said):
    return any(said in each for each in offerings.broken_invariants())


def test_courseware_without_versions_or_with_a_gap_between_them_is_named(pair):
    made = courseware.kept(offerings.make_mentor("王强"), text="")
    made.versions.update(number=3)
    assert named("its 1 versions are numbered up to 3")
    made.versions.all().delete()
    assert named(f"courseware {made.pk}: has no version")


def test_courseware_for_a_topic_of_somebody_else_is_named(pair, session):
    topic = TopicApplication.objects.get()
    made = courseware.kept(offerings.make_mentor("王强"), text="", application=topic)
    assert named(f"courseware {made.pk}: is for topic {topic.pk} of another mentor")


def test_version_that_was_compared_unread_is_named(pair):
    CoursewareVersion.objects.filter(pk=pair.version_id).update(reading="waiting")
    assert named("was compared before it was read")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"answered_at": None}, "confirmed before the mentor could answer"),
        ({"state": "answered", "answer": ""}, "has no answer"),
    ],
    ids=["unheard", "silent"],
)
def test_pair_that_was_dealt_with_against_the_rules_is_named(pair, fields, said):
    SimilarPair.objects.update(**fields)
    assert named(said)


def test_pair_of_one_mentor_or_in_the_wrong_order_is_named(pair):
    later, earlier = pair.version_id, pair.earlier_id
    SimilarPair.objects.update(version=earlier, earlier=later)
    assert named("the earlier one was uploaded later")
    pair.earlier.courseware.mentor = pair.version.courseware.mentor
    pair.earlier.courseware.save(update_fields=["mentor"])
    assert named("both are of the same mentor")
