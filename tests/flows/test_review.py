"""Staff review topics: the queue, one topic, many at once."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from classrooms import services
from classrooms.models import ApplicationStep, TopicApplication
from classrooms.rules import Decision
from mentor_portal.notifications.models import Message
from tests import offerings, topics
from tests import scene as scenes

pytestmark = pytest.mark.django_db
State = TopicApplication.State
QUEUE = reverse("admin:classrooms_topicapplication_changelist")


def page_of(topic) -> str:
    return reverse("admin:classrooms_topicapplication_change", args=[topic.pk])


def words(response) -> str:
    return response.content.decode()


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def listed(client, **query) -> list[TopicApplication]:
    return list(client.get(QUEUE, query).context["cl"].result_list)


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


@pytest.fixture
def as_staff(client, staff):
    client.force_login(staff)
    return client


def decide(client, topic, decision, comment="", seen_at=None, **more):
    seen_at = seen_at or TopicApplication.objects.get(pk=topic.pk).submitted_at
    form = {"decision": decision, "comment": comment, "seen_at": seen_at.isoformat()}
    return client.post(page_of(topic), form, **more)


def test_queue_shows_what_waits_and_the_rest_when_asked(as_staff, mentor, staff):
    first, second = topics.submitted(mentor, title="先提交"), topics.submitted(mentor, title="后提交")
    done = topics.approved(mentor, staff, title="已经通过")
    topics.draft(mentor, title="还在写")
    assert listed(as_staff) == [first, second]
    assert listed(as_staff, state="approved") == [done]
    assert set(listed(as_staff, state="all")) == {first, second, done}
    assert listed(as_staff, q="后提交") == [second]
    states = as_staff.get(QUEUE, {"q": "先", "p": 1, "state": "approved"}).context["states"]
    assert [state["word"] for state in states if state["is_on"]] == ["已通过"]
    assert states[-1]["query"] == "q=%E5%85%88&state=all"
    assert listed(as_staff, q=mentor.name, topic_type__id__exact=first.topic_type_id) == [first, second]


def test_queue_says_windows_in_words_and_who_decided(as_staff, mentor, staff):
    windows = [topics.half_day(number) for number in range(3, 8)]
    topic = topics.approved(mentor, staff, windows=windows)
    row = words(as_staff.get(QUEUE, {"state": "all"}))
    assert "、".join(topic.offered_words()[:3]) + " 等 5 个" in row
    assert topic.offered_words()[3] not in row
    assert staff.name in row


def test_reviewer_reads_everything_and_approves(as_staff, mentor, staff):
    earlier = topics.approved(mentor, staff, title="从前的主题")
    topics.placed(earlier, staff)
    topic = topics.submitted(mentor, title="薪酬怎么谈", outline="三个场景\n两次演练")
    page = words(as_staff.get(page_of(topic)))
    for shown in ("薪酬怎么谈", "三个场景<br>两次演练", *topic.offered_words(), "从前的主题", "将上 1 次"):
        assert shown in page
    response = decide(as_staff, topic, "approved", follow=True)
    assert response.redirect_chain[-1][0] == QUEUE
    assert told(response) == ["已通过：“薪酬怎么谈”，已告知导师。", "待审核的主题都处理完了。"]
    topic.refresh_from_db()
    assert (topic.state, topic.decided_by) == (State.APPROVED, staff)
    assert "去排课" in words(as_staff.get(page_of(topic)))


def test_decision_leads_to_the_topic_that_has_waited_longest(as_staff, mentor):
    first, second, third = (topics.submitted(mentor, title=f"主题{number}") for number in range(3))
    assert decide(as_staff, second, "approved").url == page_of(first)
    assert decide(as_staff, first, "rejected", "内容重复").url == page_of(third)


def test_topic_is_returned_with_a_comment_that_the_mentor_reads(as_staff, mentor):
    topic = topics.submitted(mentor)
    decide(as_staff, topic, "returned", "请写明适合人群")
    topic.refresh_from_db()
    assert (topic.state, topic.comment) == (State.RETURNED, "请写明适合人群")
    assert "请写明适合人群" in Message.objects.of(mentor.user).get().body
    page = words(as_staff.get(page_of(topic)))
    assert "退回修改" in page and "请写明适合人群" in page
    assert 'name="decision"' not in page


@pytest.mark.parametrize("decision", ["returned", "rejected"])
def test_refusal_without_a_comment_is_told_beside_the_field(as_staff, mentor, decision):
    topic = topics.submitted(mentor)
    response = decide(as_staff, topic, decision)
    assert response.context["form"].errors["comment"] == ["请写明原因，导师会据此修改。"]
    assert response.context["form"]["comment"].field.widget.attrs["autofocus"]
    topic.refresh_from_db()
    assert topic.state == State.SUBMITTED


def test_second_reviewer_sees_what_the_first_decided_and_keeps_what_was_typed(as_staff, mentor, make_user):
    topic = topics.submitted(mentor)
    colleague = make_user("中心小刘", is_staff=True)
    services.decide_topic(
        application=topic, decision=Decision.REJECT, by=colleague, at=timezone.now(), comment="与上月重复"
    )
    response = decide(as_staff, topic, "approved", "写得很好")
    [refusal] = response.context["form"].non_field_errors()
    assert "中心小刘" in refusal and "未通过" in refusal and "与上月重复" in refusal
    assert "写得很好" in words(response)
    topic.refresh_from_db()
    assert topic.decided_by == colleague


def test_topic_that_was_sent_again_meanwhile_must_be_read_again(as_staff, mentor, staff):
    topic = topics.submitted(mentor)
    seen_at = topic.submitted_at
    decide(as_staff, topic, "returned", "请改标题")
    content = topics.content(title="改过的标题")
    services.save_topic(mentor=mentor, content=content, by=mentor.user, at=timezone.now(), application=topic)
    services.submit_topic(application=topic, by=mentor.user, at=timezone.now())
    response = decide(as_staff, topic, "approved", "可以", seen_at=seen_at)
    assert "重新提交过" in response.context["form"].non_field_errors()[0]
    page = words(response)
    assert "改过的标题" in page and "可以" in page
    [shown] = re.findall(r'name="seen_at" value="([^"]+)"', page)
    topic.refresh_from_db()
    assert shown == topic.submitted_at.isoformat()
    assert decide(as_staff, topic, "approved").status_code == 302


def test_many_are_approved_at_once_and_each_refusal_is_told(as_staff, mentor, staff):
    waiting = [topics.submitted(mentor, title=f"主题{number}") for number in range(3)]
    done = topics.approved(mentor, staff, title="早已通过")
    chosen = [topic.pk for topic in (*waiting, done)]
    response = as_staff.post(
        f"{QUEUE}?state=all", {"action": "approve", "_selected_action": chosen}, follow=True
    )
    refusal, summary = told(response)
    assert "早已通过" in refusal and staff.name in refusal
    assert summary == "已通过 3 个主题，已告知导师。"
    assert set(TopicApplication.objects.values_list("state", flat=True)) == {State.APPROVED}


@pytest.mark.parametrize(("action", "state"), [("send_back", State.RETURNED), ("reject", State.REJECTED)])
def test_many_are_refused_at_once_with_one_comment(as_staff, mentor, action, state):
    waiting = [topics.submitted(mentor, title=f"主题{number}") for number in range(2)]
    chosen = {"action": action, "_selected_action": [topic.pk for topic in waiting]}
    assert "主题0" in words(as_staff.post(QUEUE, chosen))
    empty = as_staff.post(QUEUE, {**chosen, "comment": " "})
    assert "请写明原因，导师会据此修改。" in words(empty)
    assert ApplicationStep.objects.filter(action=state).count() == 0
    as_staff.post(QUEUE, {**chosen, "comment": "请补充提要"})
    assert set(TopicApplication.objects.values_list("state", "comment")) == {(state, "请补充提要")}
    assert Message.objects.of(mentor.user).filter(body__contains="请补充提要").count() == 2


def test_staff_of_a_unit_have_no_part_in_it(client, mentor):
    topic = topics.submitted(mentor)
    client.force_login(scenes.make_people()["unit"])
    assert client.get(QUEUE).status_code == 403
    assert decide(client, topic, "approved").status_code == 403
    board = reverse("admin:classrooms_topicapplication_board")
    assert client.get(board).status_code == 403
    menu = client.get(reverse("admin:index")).context["sidebar_navigation"]
    titles = {item["title"] for group in menu for item in group["items"]}
    assert titles.isdisjoint({"排课台", "主题申报"})


def test_first_page_counts_what_waits(as_staff, mentor, staff):
    topics.submitted(mentor)
    topics.approved(mentor, staff)
    placed = topics.placed(topics.approved(mentor, staff), staff)
    services.answer_placement(
        session=placed, accepted=False, by=mentor.user, at=timezone.now(), comment="那天出差"
    )
    offerings.make_draft()
    queues = {queue.word: queue for queue in as_staff.get(reverse("admin:index")).context["queues"]}
    counts = {word: queues[word].count for word in queues}
    assert counts["待审核的主题申报"] == 1
    assert counts["待排课的主题"] == 1
    assert counts["导师不接受的安排"] == 1
    assert counts["待发布的课堂"] == 2
    declined = as_staff.get(queues["导师不接受的安排"].url).context["cl"]
    assert list(declined.result_list) == [placed]
