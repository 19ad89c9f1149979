"""A mentor's side over HTTP: the desk, topics, answering a placement, asking for another time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from classrooms import services
from classrooms.models import ClassSession, MoveRequest, TopicApplication
from classrooms.rules import DayPart, Decision
from mentors.models import Category, IndustrialChain, TopicType
from tests import moments, offerings, topics

pytestmark = pytest.mark.django_db
State = TopicApplication.State
NEW = "/classes/topics/new/"
DESK = "/me/desk/"


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


@pytest.fixture
def client(mentor_user):
    client = Client()
    client.force_login(mentor_user)
    return client


@pytest.fixture
def placed(mentor, staff):
    """A class that was proposed to the mentor, in three days' afternoon."""
    return topics.placed(topics.approved(mentor, staff), staff)


def said(**fields):
    """What the form sends: a whole topic with two half-days, to be submitted."""
    values = {
        "title": "面试前的三天怎么准备",
        "topic_type": TopicType.objects.get(slug="interview").pk,
        "category": Category.objects.first().pk,
        "windows": [topics.half_day(3).code, topics.half_day(5, DayPart.EVENING).code],
        "outline": "自我介绍与复盘",
        "audience": "应届毕业生",
        "act": "submit",
    }
    return values | fields


def route(name, row):
    return reverse(f"classrooms:{name}", args=[row.pk])


def told(response):
    """Return what the answer says in banners."""
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def page(response):
    return response.content.decode()


# Offering a topic


def test_topic_is_offered_in_one_go(client, mentor):
    chain = IndustrialChain.objects.last()
    response = client.post(NEW, said(chains=[chain.pk]))
    topic = TopicApplication.objects.get()
    assert response.url == route("topic-detail", topic)
    assert "已提交" in told(response)
    assert (topic.state, topic.mentor, topic.title) == (State.SUBMITTED, mentor, said()["title"])
    assert (topic.topic_type.slug, topic.audience) == ("interview", "应届毕业生")
    assert list(topic.chains.all()) == [chain]
    assert topic.half_days == [topics.half_day(3), topics.half_day(5, DayPart.EVENING)]


def test_new_topic_is_filled_in_from_the_profile_and_the_last_audience(client, mentor):
    topics.draft(mentor, audience="退役军人")
    mentor.topic_types.set([TopicType.objects.get(slug="resume")])
    form = client.get(NEW).context["form"]
    assert form.initial["topic_type"].slug == "resume"
    assert form.initial["category"] == mentor.primary_category
    assert form.initial["chains"] == [mentor.primary_chain]
    assert form.initial["audience"] == "退役军人"


def test_grid_has_four_weeks_from_tomorrow_on(client):
    weeks = client.get(NEW).context["form"]["windows"].subwidgets[0].data["weeks"]
    days = [day for week in weeks for day, _ in week.days]
    assert days == [moments.in_days(ahead).date() for ahead in range(1, 29)]
    assert [week.is_open for week in weeks] == [True, False, False, False]


def test_topic_may_be_for_an_event_alone(client):
    event = topics.event(wish_text="想听简历制作")
    assert "想听简历制作" in page(client.get(NEW))
    client.post(NEW, said(windows=[], events=[event.pk]))
    topic = TopicApplication.objects.get()
    assert (topic.state, list(topic.events.all())) == (State.SUBMITTED, [event])


def test_what_is_missing_is_said_under_its_field_and_all_that_was_typed_is_kept(client):
    response = client.post(NEW, said(title="", windows=[], outline="讲三点", audience="应届毕业生"))
    errors = response.context["form"].errors
    assert response.status_code == 422
    assert list(errors) == ["title", "windows"]
    assert "请填写主题。" in page(response)
    assert "讲三点" in page(response)
    assert page(response).count("autofocus") == 1
    assert not TopicApplication.objects.exists()


def test_windows_stay_chosen_when_the_title_is_missing(client):
    window = topics.half_day(20)
    text = page(client.post(NEW, said(title="", windows=[window.code])))
    assert f'value="{window.code}" id=' in text
    tag = text[text.index(f'value="{window.code}"') :].split(">")[0]
    assert "checked" in tag


def test_first_cell_of_the_grid_has_the_focus_when_windows_alone_are_missing(client):
    text = page(client.post(NEW, said(windows=[])))
    first = text[: text.index("autofocus")].rsplit("<input", 1)[1]
    assert 'name="windows"' in first


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "长" * 101, "最多 100 个字"),
        ("outline", "长" * 3001, "最多 3000 字"),
        ("audience", "长" * 101, "最多 100 个字"),
        ("topic_type", "", "请选择类型。"),
        ("topic_type", "999999", "请从列出的类型里选择。"),
        ("topic_type", "x", "请从列出的类型里选择。"),
        ("category", "", "请选择类别。"),
        ("chains", ["999999"], "请从列出的产业链里选择。"),
        ("chains", ["x"], "请从列出的产业链里选择。"),
        ("events", ["999999"], "有的活动已不再需要课堂"),
        ("windows", ["2026-13-01:morning"], "请在表格里选择时段。"),
        ("windows", ["9999-01-01:morning"], "请在表格里选择时段。"),
        ("windows", ["\0"], "请在表格里选择时段。"),
    ],
)
def test_bad_input_is_said_under_its_field(client, field, value, sentence):
    response = client.post(NEW, said(**{field: value}))
    assert response.status_code == 422
    assert sentence in str(response.context["form"].errors[field])
    assert sentence in page(response)


def test_windows_that_have_passed_since_the_page_was_opened_are_left_out(client):
    today = topics.half_day(0)
    client.post(NEW, said(windows=[today.code, topics.half_day(3).code]))
    assert TopicApplication.objects.get().half_days == [topics.half_day(3)]


def test_mentor_whose_term_is_over_hears_so_and_keeps_what_was_typed(client, mentor):
    mentor.appointments.update(ends_on=moments.in_days(-1).date())
    response = client.post(NEW, said())
    assert response.status_code == 422
    assert "不在聘期内" in page(response)
    assert said()["title"] in page(response)


def test_page_that_is_sent_twice_makes_one_topic(client):
    key = str(uuid4())
    first, second = client.post(NEW, said(key=key)), client.post(NEW, said(key=key))
    assert first.url == second.url
    assert TopicApplication.objects.get().steps.count() == 1


@pytest.mark.parametrize("key", ["", "x", "\0"])
def test_page_without_a_good_key_still_offers_its_topic(client, key):
    client.post(NEW, said(key=key))
    assert TopicApplication.objects.get().state == State.SUBMITTED


# Drafts


def autosave(client, path=NEW, **fields):
    return client.post(path, said(act="draft", **fields), headers={"HX-Request": "true"})


def test_draft_is_kept_by_the_button_without_title_or_windows(client):
    response = client.post(NEW, said(act="draft", title="", windows=[]))
    topic = TopicApplication.objects.get()
    assert "草稿已保存" in told(response)
    assert (topic.state, topic.title, topic.outline) == (State.DRAFT, "", "自我介绍与复盘")


def test_draft_is_kept_while_it_is_written_in_one_row(client):
    key = str(uuid4())
    response = autosave(client, key=key, title="面试")
    topic = TopicApplication.objects.get()
    assert f"草稿已保存 {timezone.localtime(topic.changed_at):%H:%M}" in page(response)
    assert response["HX-Replace-Url"] == route("topic-edit", topic)
    autosave(client, key=key, title="面试前的三天")
    assert TopicApplication.objects.get().title == "面试前的三天"
    client.post(NEW, said(key=key))
    assert TopicApplication.objects.get().state == State.SUBMITTED


def test_draft_that_cannot_be_kept_says_why(client):
    response = autosave(client, title="长" * 101)
    assert response.status_code == 422
    assert "草稿未保存：主题最多 100 个字" in page(response)
    assert not TopicApplication.objects.exists()


def test_draft_of_a_page_that_was_sent_meanwhile_does_not_undo_it(client):
    key = str(uuid4())
    client.post(NEW, said(key=key))
    response = autosave(client, key=key, title="旧的题目")
    assert response.status_code == 422
    assert TopicApplication.objects.get().title == said()["title"]


def test_key_of_another_mentors_page_leaves_their_draft_alone(client):
    key = uuid4()
    theirs = topics.draft(offerings.make_mentor("李敏"), key=key, title="别人的草稿")
    autosave(client, key=str(key))
    theirs.refresh_from_db()
    assert theirs.title == "别人的草稿"


def test_draft_is_gone_on_with_and_submitted(client, mentor):
    draft = topics.draft(mentor, title="", windows=[topics.half_day(25)])
    edit = route("topic-edit", draft)
    assert topics.half_day(25).code in page(client.get(edit))
    autosave(client, edit, title="面试", windows=[topics.half_day(25).code])
    response = client.post(edit, said(windows=[topics.half_day(25).code]))
    draft.refresh_from_db()
    assert (response.url, draft.state) == (route("topic-detail", draft), State.SUBMITTED)
    assert TopicApplication.objects.count() == 1


def test_returned_topic_shows_why_and_is_sent_again(client, mentor, staff):
    topic = returned(mentor, staff)
    text = page(client.get(route("topic-edit", topic)))
    assert "请写明适合人群" in text
    assert staff.name in text
    client.post(route("topic-edit", topic), said(audience="高校毕业生"))
    topic.refresh_from_db()
    assert (topic.state, topic.audience) == (State.SUBMITTED, "高校毕业生")


def returned(mentor, staff):
    return services.decide_topic(
        application=topics.submitted(mentor, title="要修改的主题"),
        decision=Decision.RETURN,
        by=staff,
        at=timezone.now(),
        comment="请写明适合人群",
    )


def test_returned_topic_does_not_lose_its_title_while_it_is_written(client, mentor, staff):
    topic = returned(mentor, staff)
    response = autosave(client, route("topic-edit", topic), title="")
    assert response.status_code == 422
    assert "草稿未保存：请填写主题。" in page(response)
    topic.refresh_from_db()
    assert topic.title == "要修改的主题"


def test_topic_under_review_leads_to_its_page_instead_of_the_form(client, mentor):
    topic = topics.submitted(mentor)
    response = client.get(route("topic-edit", topic))
    assert response.url == route("topic-detail", topic)
    assert "不能修改" in told(response)


def test_form_of_a_topic_that_was_decided_meanwhile_is_refused_and_keeps_what_was_typed(client, mentor):
    topic = topics.submitted(mentor)
    response = client.post(route("topic-edit", topic), said(title="改过的题目"))
    assert response.status_code == 422
    assert "待审核" in page(response)
    assert "改过的题目" in page(response)


# Copying


def test_copy_of_last_time_is_filled_in_without_what_is_over(client, mentor, staff):
    arranged = topics.event(wish="arranged")
    topic = topics.approved(mentor, staff, windows=[topics.half_day(3), topics.half_day(-3)])
    topic.events.set([arranged, topics.event()])
    initial = client.get(f"{NEW}?copy={topic.pk}").context["form"].initial
    assert (initial["title"], initial["windows"]) == (topic.title, [topics.half_day(3)])
    assert arranged not in initial["events"]
    assert len(initial["events"]) == 1
    assert TopicApplication.objects.count() == 1


@pytest.mark.parametrize("value", ["", "x", "-1", "0", "9" * 30])
def test_copy_of_nothing_is_not_found(client, value):
    assert client.get(f"{NEW}?copy={value}").status_code == 404


def test_copy_by_the_button_is_a_draft_of_its_own(client, mentor):
    topic = topics.submitted(mentor)
    response = client.post(route("topic-copy", topic))
    copy = TopicApplication.objects.exclude(pk=topic.pk).get()
    assert (response.url, copy.state, copy.title) == (route("topic-edit", copy), State.DRAFT, topic.title)


# The topic's page


def test_topic_page_tells_each_step_with_who_when_and_why(client, mentor, staff):
    topic = returned(mentor, staff)
    text = page(client.get(route("topic-detail", topic)))
    assert "退回修改" in text
    assert "请写明适合人群" in text
    assert staff.name in text
    assert str(topic.windows.get()) in text


def test_topic_page_lists_the_classes_made_of_it(client, placed):
    text = page(client.get(route("topic-detail", placed.application)))
    assert route("teaching-detail", placed) in text
    assert "待您确认" in text


def test_draft_is_submitted_from_its_page(client, mentor):
    draft = topics.draft(mentor)
    response = client.post(route("topic-submit", draft))
    draft.refresh_from_db()
    assert (response.url, draft.state) == (route("topic-detail", draft), State.SUBMITTED)


def test_draft_that_lacks_something_leads_to_its_form(client, mentor):
    draft = topics.draft(mentor, title="")
    response = client.post(route("topic-submit", draft))
    assert response.url == route("topic-edit", draft)
    assert "请填写主题。" in told(response)


def test_topic_is_withdrawn_after_one_more_question(client, mentor):
    topic = topics.submitted(mentor)
    assert "确认撤回" in page(client.get(route("topic-withdraw", topic)))
    client.post(route("topic-withdraw", topic))
    topic.refresh_from_db()
    assert topic.state == State.WITHDRAWN


def test_draft_is_given_up_by_that_name(client, mentor):
    draft = topics.draft(mentor)
    assert "确认放弃" in page(client.get(route("topic-withdraw", draft)))
    assert "已放弃" in told(client.post(route("topic-withdraw", draft)))
    assert "没有待办" in page(client.get(DESK))


@pytest.mark.parametrize("path", ["/classes/topics/{}/", "/classes/topics/{}/edit/", "/classes/teaching/{}/"])
@pytest.mark.parametrize("number", [0, 10**30])
def test_number_that_nothing_has_is_not_found(client, path, number):
    assert client.get(path.format(number)).status_code == 404


def test_topic_with_a_class_to_come_is_not_withdrawn_and_says_when_it_is(client, placed):
    topic = placed.application
    path = route("topic-withdraw", topic)
    response = client.post(path, headers={"Referer": f"http://testserver{path}"})
    assert response.url == path
    assert "申请调课" in told(response)
    topic.refresh_from_db()
    assert topic.state == State.APPROVED


# Classes of one's own


def test_placement_is_accepted(client, placed):
    response = client.post(route("teaching-answer", placed), {"answer": "accept"})
    placed.refresh_from_db()
    assert placed.answer == ClassSession.Answer.ACCEPTED
    assert "已接受" in told(response)
    assert "您已接受" in page(client.get(response.url))


def test_placement_is_declined_with_a_reason(client, placed):
    client.post(route("teaching-answer", placed), {"answer": "decline", "comment": "那天要出差"})
    placed.refresh_from_db()
    assert (placed.answer, placed.answer_comment) == (ClassSession.Answer.DECLINED, "那天要出差")
    assert "那天要出差" in page(client.get(route("teaching-detail", placed)))


@pytest.mark.parametrize("comment", ["", "  ", "长" * 301])
def test_placement_is_not_declined_without_a_good_reason(client, placed, comment):
    response = client.post(route("teaching-answer", placed), {"answer": "decline", "comment": comment})
    assert response.status_code == 422
    assert 'class="field__errors"' in page(response)
    placed.refresh_from_db()
    assert placed.answer == ClassSession.Answer.ASKED


def test_published_class_has_nothing_to_answer(client, placed, staff):
    services.publish_session(session=placed, by=staff, at=timezone.now())
    response = client.post(route("teaching-answer", placed), {"answer": "accept"})
    assert "申请调课" in told(response)
    assert 'value="accept"' not in page(client.get(route("teaching-detail", placed)))


def test_class_shows_its_bookings_and_no_phone_number(client, placed, staff):
    services.publish_session(session=placed, by=staff, at=timezone.now())
    people = offerings.make_people(3)
    offerings.hold(placed, people)
    text = page(client.get(route("teaching-detail", placed)))
    assert "已约 3 / 30 席" in text
    assert not any(person.phone in text or person.phone[-4:] in text for person in people)


def test_another_time_is_asked_for_and_its_fate_is_shown(client, placed, staff):
    windows = [topics.half_day(6), topics.half_day(7)]
    response = client.post(
        route("teaching-move", placed),
        {"reason": "单位临时安排出差", "windows": [each.code for each in windows]},
    )
    request = MoveRequest.objects.get()
    assert (request.half_days, request.reason) == (windows, "单位临时安排出差")
    assert "已提交" in told(response)
    assert "等待工作人员处理" in page(client.get(DESK))
    services.refuse_move(request=request, by=staff, at=timezone.now(), comment="其他时段场地已满")
    text = page(client.get(route("teaching-detail", placed)))
    assert "其他时段场地已满" in text
    assert staff.name in text


def test_move_without_a_reason_is_refused_and_keeps_the_windows(client, placed):
    code = topics.half_day(6).code
    response = client.post(route("teaching-move", placed), {"reason": " ", "windows": [code]})
    assert response.status_code == 422
    assert "请写明原因" in page(response)
    assert "checked" in page(response)
    assert not MoveRequest.objects.exists()


def ask_move(session, mentor):
    return services.ask_move(
        session=session, mentor=mentor, reason="出差", windows=[], by=mentor.user, at=timezone.now()
    )


def test_second_move_is_refused_while_the_first_is_open(client, placed, mentor):
    ask_move(placed, mentor)
    assert client.get(route("teaching-move", placed)).url == route("teaching-detail", placed)
    response = client.post(route("teaching-move", placed), {"reason": "再次"})
    assert "正在处理中" in told(response)
    assert MoveRequest.objects.count() == 1


def test_class_that_is_over_cannot_be_moved(client, mentor):
    past = offerings.make_session(starts_at=timezone.now() - timedelta(hours=3), mentors=[mentor])
    assert client.get(route("teaching-move", past)).url == route("teaching-detail", past)
    assert "不能再申请调课" in told(client.post(route("teaching-move", past), {"reason": "迟了"}))


# The desk


def test_desk_of_a_new_mentor_says_what_to_do(client):
    text = page(client.get(DESK))
    assert "没有待办" in text
    assert "还没有排好的课" in text
    assert "还没有提交过申报" in text
    assert "复制上次" not in text


def test_desk_shows_what_is_to_be_done_and_what_comes(client, mentor, staff, placed):
    draft, back = topics.draft(mentor, title="写一半的主题"), returned(mentor, staff)
    coming = offerings.make_session(starts_at=moments.in_days(9), mentors=[mentor])
    move = services.ask_move(
        session=coming, mentor=mentor, reason="出差", windows=[], by=mentor.user, at=timezone.now()
    )
    desk = client.get(DESK).context["desk"]
    assert [each.pk for each in desk.moves] == [move.pk]
    assert [line.pk for line in desk.to_answer] == [placed.pk]
    assert [line.pk for line in desk.drafts] == [draft.pk]
    assert [(line.pk, line.comment) for line in desk.returned] == [(back.pk, "请写明适合人群")]
    assert desk.following.pk == coming.pk
    assert [line.pk for line in desk.topics] == [placed.application_id]
    assert desk.to_do_count == 3
    assert f"copy={back.pk}" in page(client.get(DESK))


def test_next_class_on_the_desk_is_one_that_takes_place(client, mentor, placed):
    services.answer_placement(
        session=placed, accepted=False, by=mentor.user, at=timezone.now(), comment="出差"
    )
    coming = offerings.make_session(starts_at=moments.in_days(9), mentors=[mentor])
    desk = client.get(DESK).context["desk"]
    assert desk.following.pk == coming.pk
    assert [(line.pk, line.word) for line in desk.coming] == [(placed.pk, "您未接受")]


def test_desk_leaves_out_what_was_called_off_and_what_is_over(client, mentor, staff):
    off = offerings.make_session(starts_at=moments.in_days(9), mentors=[mentor])
    services.cancel_session(session=off, by=staff, at=timezone.now(), reason="场地检修")
    offerings.make_session(starts_at=timezone.now() - timedelta(hours=3), mentors=[mentor])
    desk = client.get(DESK).context["desk"]
    assert (desk.following, desk.coming) == (None, [])


def test_link_to_the_desk_is_on_me_and_in_the_navigation_for_mentors_alone(client, job_seeker):
    assert page(client.get("/me/")).count(DESK) == 2
    other = Client()
    other.force_login(job_seeker)
    assert DESK not in page(other.get("/me/"))
    assert other.get(DESK).status_code == 404


def test_list_shows_every_topic_by_pages(client, mentor):
    for number in range(21):
        topics.draft(mentor, title=f"第 {number} 个主题")
    assert len(client.get("/classes/topics/").context["topics"]) == 20
    assert [line.title for line in client.get("/classes/topics/?page=2").context["topics"]] == ["第 0 个主题"]


# What belongs to others


@pytest.fixture
def foreign(staff):
    """A topic of another mentor, and a class proposed to them."""
    from tests import scene

    other = scene.make_listed_mentor(offerings.make_people(1)[0], number=77)
    topic = topics.approved(other, staff)
    return topic, topics.placed(topic, staff)


@pytest.mark.parametrize("name", ["topic-detail", "topic-edit", "topic-withdraw"])
def test_page_of_another_mentors_topic_is_not_found(client, foreign, name):
    assert client.get(route(name, foreign[0])).status_code == 404


@pytest.mark.parametrize("name", ["topic-edit", "topic-submit", "topic-withdraw", "topic-copy"])
def test_act_on_another_mentors_topic_is_not_found(client, foreign, name):
    before = TopicApplication.objects.count()
    assert client.post(route(name, foreign[0]), said()).status_code == 404
    foreign[0].refresh_from_db()
    assert (foreign[0].state, TopicApplication.objects.count()) == (State.APPROVED, before)


def test_copy_of_another_mentors_topic_is_not_found(client, foreign):
    assert client.get(f"{NEW}?copy={foreign[0].pk}").status_code == 404


@pytest.mark.parametrize("name", ["teaching-detail", "teaching-move"])
def test_page_of_another_mentors_class_is_not_found(client, foreign, name):
    assert client.get(route(name, foreign[1])).status_code == 404


@pytest.mark.parametrize("name", ["teaching-answer", "teaching-move"])
def test_act_on_another_mentors_class_is_not_found(client, foreign, name):
    response = client.post(route(name, foreign[1]), {"answer": "accept", "reason": "出差"})
    assert response.status_code == 404
    foreign[1].refresh_from_db()
    assert foreign[1].answer == ClassSession.Answer.ASKED
    assert not MoveRequest.objects.exists()
