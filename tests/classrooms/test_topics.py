"""A topic's way from draft to decision, and everything that is refused on it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from classrooms import errors, services
from classrooms.models import ApplicationStep, TopicApplication
from classrooms.rules import DayPart, Decision
from mentor_portal.notifications.models import Message
from tests import moments, offerings, topics

pytestmark = pytest.mark.django_db
State = TopicApplication.State


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


def submit(topic):
    return services.submit_topic(application=topic, by=topic.mentor.user, at=timezone.now())


def decide(topic, decision, by, comment="", **more):
    return services.decide_topic(
        application=topic, decision=decision, by=by, at=timezone.now(), comment=comment, **more
    )


def steps(topic):
    return list(
        ApplicationStep.objects.filter(application=topic).values_list("action", "by__name", "comment")
    )


def test_draft_without_a_title_is_kept_with_its_windows_in_order(mentor):
    late, early = topics.half_day(5), topics.half_day(3, DayPart.MORNING)
    topic = topics.draft(mentor, title="", windows=[late, early, late])
    assert (topic.state, topic.half_days) == (State.DRAFT, [early, late])


def test_windows_of_a_draft_that_are_kept_keep_their_rows(mentor):
    topic = topics.draft(mentor, windows=[topics.half_day(3), topics.half_day(4)])
    kept = topic.windows.get(day=topics.half_day(4).day).pk
    services.save_topic(
        mentor=mentor,
        content=topics.content(windows=[topics.half_day(4), topics.half_day(6)]),
        by=mentor.user,
        at=timezone.now(),
        application=topic,
    )
    topic.refresh_from_db()
    assert topic.half_days == [topics.half_day(4), topics.half_day(6)]
    assert topic.windows.filter(pk=kept).exists()


@pytest.mark.parametrize(
    ("lacking", "field"), [({"title": "  "}, "title"), ({"windows": []}, "windows")], ids=["title", "windows"]
)
def test_topic_that_lacks_something_is_not_submitted(mentor, lacking, field):
    topic = topics.draft(mentor, **lacking)
    with pytest.raises(errors.TopicIncomplete) as refusal:
        submit(topic)
    assert (refusal.value.data["field"], set(refusal.value.data["missing"])) == (field, {field})
    topic.refresh_from_db()
    assert topic.state == State.DRAFT


def test_topic_that_lacks_everything_is_told_of_all_at_once(mentor):
    with pytest.raises(errors.TopicIncomplete) as refusal:
        submit(topics.draft(mentor, title="", windows=[]))
    assert list(refusal.value.data["missing"]) == ["title", "windows"]


def test_page_that_is_saved_again_amends_the_one_draft(mentor):
    key = uuid4()
    first = topics.draft(mentor, key=key, title="面试")
    second = topics.draft(mentor, key=key, title="面试前的三天", windows=[topics.half_day(4)])
    assert second == first
    assert (second.title, second.half_days) == ("面试前的三天", [topics.half_day(4)])


def test_key_of_another_mentors_page_begins_a_topic_of_ones_own(mentor):
    key = uuid4()
    theirs = topics.draft(offerings.make_mentor("李敏"), key=key)
    assert topics.draft(mentor, key=key) != theirs


def offer(mentor, key, **fields):
    return services.offer_topic(
        mentor=mentor, content=topics.content(**fields), by=mentor.user, at=timezone.now(), key=key
    )


def test_topic_is_offered_in_one_go_and_twice_is_once(mentor):
    key = uuid4()
    topic = offer(mentor, key)
    assert topic.state == State.SUBMITTED
    assert offer(mentor, key) == topic
    assert steps(topic) == [("submitted", mentor.name, "")]


def test_draft_of_a_page_becomes_the_topic_that_the_page_offers(mentor):
    key = uuid4()
    draft = topics.draft(mentor, key=key, title="")
    topic = offer(mentor, key, title="面试前的三天")
    assert (topic, topic.title) == (draft, "面试前的三天")


def test_page_that_says_something_else_after_it_was_sent_is_refused(mentor):
    key = uuid4()
    topic = offer(mentor, key)
    with pytest.raises(errors.TopicNotEditable):
        offer(mentor, key, title="另一个题目")
    topic.refresh_from_db()
    assert topic.title == topics.content().title


def test_offer_that_lacks_something_leaves_no_draft(mentor):
    with pytest.raises(errors.TopicIncomplete):
        offer(mentor, uuid4(), windows=[])
    assert not TopicApplication.objects.exists()


def test_topic_with_windows_of_the_past_alone_is_not_submitted(mentor):
    with pytest.raises(errors.TopicIncomplete):
        submit(topics.draft(mentor, windows=[topics.half_day(0), topics.half_day(-1)]))


def test_topic_that_joins_an_event_needs_no_window(mentor):
    event = topics.event()
    topic = submit(topics.draft(mentor, windows=[], events=[event]))
    assert topic.state == State.SUBMITTED
    assert topic.offered_spans() == [(event.starts_at, event.ends_at)]


def test_mentor_whose_term_is_over_cannot_submit(mentor):
    today = moments.in_days(0).date()
    mentor.appointments.update(ends_on=today - timedelta(days=1))
    with pytest.raises(errors.MentorNotAppointed):
        submit(topics.draft(mentor))


def test_submitting_twice_is_once(mentor):
    topic = topics.submitted(mentor)
    first = topic.submitted_at
    assert submit(topic).submitted_at == first
    assert steps(topic) == [("submitted", mentor.name, "")]


def test_topic_under_review_cannot_be_changed(mentor):
    topic = topics.submitted(mentor)
    with pytest.raises(errors.TopicNotEditable, match="待审核"):
        services.save_topic(
            mentor=mentor, content=topics.content(), by=mentor.user, at=timezone.now(), application=topic
        )


def test_returned_topic_is_amended_and_approved_and_each_step_is_kept(mentor, staff):
    topic = topics.submitted(mentor)
    decide(topic, Decision.RETURN, staff, "请写明适合人群")
    services.save_topic(
        mentor=mentor,
        content=topics.content(audience="高校毕业生"),
        by=mentor.user,
        at=timezone.now(),
        application=topic,
    )
    submit(topic)
    decide(topic, Decision.APPROVE, staff)
    assert steps(topic) == [
        ("submitted", mentor.name, ""),
        ("returned", staff.name, "请写明适合人群"),
        ("submitted", mentor.name, ""),
        ("approved", staff.name, ""),
    ]
    topic.refresh_from_db()
    assert (topic.state, topic.decided_by, topic.audience) == (State.APPROVED, staff, "高校毕业生")


@pytest.mark.parametrize(
    ("decision", "kind"),
    [
        (Decision.APPROVE, "topic_approved"),
        (Decision.RETURN, "topic_returned"),
        (Decision.REJECT, "topic_rejected"),
    ],
)
def test_mentor_is_told_what_was_decided(mentor, staff, decision, kind):
    topic = topics.submitted(mentor)
    decide(topic, decision, staff, "写得很好")
    message = Message.objects.get(person=mentor.user)
    assert (message.kind, message.path) == (kind, f"/classes/topics/{topic.pk}/")
    assert topic.title in message.body


@pytest.mark.parametrize("decision", [Decision.RETURN, Decision.REJECT])
def test_refusal_without_a_comment_is_refused(mentor, staff, decision):
    with pytest.raises(errors.CommentMissing):
        decide(topics.submitted(mentor), decision, staff, "  ")


def test_second_reviewer_sees_what_the_first_decided(mentor, staff, make_user):
    topic = topics.submitted(mentor)
    decide(topic, Decision.RETURN, staff, "请补充提要")
    with pytest.raises(errors.AlreadyDecided) as refusal:
        decide(topic, Decision.APPROVE, make_user("中心小赵", is_staff=True))
    assert staff.name in str(refusal.value)
    assert "退回修改" in str(refusal.value)
    assert "请补充提要" in str(refusal.value)
    topic.refresh_from_db()
    assert topic.state == State.RETURNED


def test_reviewer_of_an_older_text_is_asked_to_read_the_new_one(mentor, staff):
    topic = topics.submitted(mentor)
    seen_at = topic.submitted_at
    decide(topic, Decision.RETURN, staff, "请改")
    submit(topic)
    with pytest.raises(errors.TopicChanged):
        decide(topic, Decision.APPROVE, staff, seen_at=seen_at)


def test_withdrawn_topic_cannot_be_decided(mentor, staff):
    topic = topics.submitted(mentor)
    services.withdraw_topic(application=topic, by=mentor.user, at=timezone.now())
    with pytest.raises(errors.TopicNotSubmitted, match="已撤回"):
        decide(topic, Decision.APPROVE, staff)


def test_topic_with_a_class_to_come_cannot_be_withdrawn(mentor, staff):
    topic = topics.approved(mentor, staff)
    topics.placed(topic, staff)
    with pytest.raises(errors.TopicHasSessions, match="申请调课"):
        services.withdraw_topic(application=topic, by=mentor.user, at=timezone.now())


def test_copy_takes_everything_but_windows_that_are_over(mentor, staff):
    topic = topics.approved(mentor, staff, windows=[topics.half_day(3), topics.half_day(-3)])
    topic.chains.set([mentor.primary_chain])
    copy = services.copy_topic(application=topic, by=mentor.user, at=timezone.now())
    assert copy.pk != topic.pk
    assert (copy.state, copy.title, copy.outline) == (State.DRAFT, topic.title, topic.outline)
    assert list(copy.chains.all()) == [mentor.primary_chain]
    assert copy.half_days == [topics.half_day(3)]


def test_invariants_hold_after_all_of_it(mentor, staff):
    topics.placed(topics.approved(mentor, staff), staff)
    assert offerings.broken_invariants() == []
