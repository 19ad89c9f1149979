"""Host events in the admin: entered by units, wishes for a class asked for, answered and fulfilled."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classrooms import services
from classrooms.models import ClassSession, HostEvent
from mentor_portal.notifications.models import Message
from tests import moments, offerings, topics
from tests import scene as scenes

pytestmark = pytest.mark.django_db

EVENTS = "/admin/classrooms/hostevent/"
SESSIONS = "/admin/classrooms/classsession/"
Wish = HostEvent.Wish


def words(response) -> str:
    return response.content.decode()


@pytest.fixture
def as_unit(client, unit_staff):
    client.force_login(unit_staff)
    return client


@pytest.fixture
def as_staff(staff):
    client = Client()
    client.force_login(staff)
    return client


def typed(unit, **fields: object) -> dict[str, object]:
    """What staff type into the form of an event."""
    values = {
        "title": "怀化春季招聘会",
        "kind": HostEvent.Kind.MAIN_VENUE,
        "reach": HostEvent.Reach.CAMPUS,
        "host_unit": unit.pk,
        "starts_at_0": f"{moments.in_days(5):%Y-%m-%d}",
        "starts_at_1": "09:00",
        "ends_at_0": f"{moments.in_days(5):%Y-%m-%d}",
        "ends_at_1": "12:00",
        "place": "怀化学院体育馆",
    }
    return values | fields


def page_of(event: HostEvent, action: str = "change") -> str:
    return f"{EVENTS}{event.pk}/{action}/"


def test_unit_enters_an_event_and_asks_for_a_class_at_once(as_unit, unit_staff):
    form = typed(unit_staff.host_unit, wants_class="on", wish_text="想听简历制作，约 40 人")
    response = as_unit.post(f"{EVENTS}add/", form)
    assert response.status_code == 302, response.context["adminform"].form.errors
    event = HostEvent.objects.get()
    assert (event.wish, event.wish_text) == (Wish.WANTED, "想听简历制作，约 40 人")
    assert event.wished_by == unit_staff
    assert "想听简历制作" in words(as_unit.get(page_of(event)))


def test_event_without_the_tick_wants_no_class(as_unit, unit_staff):
    as_unit.post(f"{EVENTS}add/", typed(unit_staff.host_unit))
    assert HostEvent.objects.get().wish == Wish.NONE


def test_wish_without_words_is_refused_beside_its_field_and_nothing_is_entered(as_unit, unit_staff):
    response = as_unit.post(f"{EVENTS}add/", typed(unit_staff.host_unit, wants_class="on"))
    assert list(response.context["adminform"].form.errors) == ["wish_text"]
    assert not HostEvent.objects.exists()


def test_event_that_ends_before_it_starts_is_refused_in_words(as_unit, unit_staff):
    response = as_unit.post(f"{EVENTS}add/", typed(unit_staff.host_unit, ends_at_1="08:00"))
    assert "结束时间须晚于开始时间。" in words(response)


def test_kind_and_reach_are_chosen_by_somebody(as_unit, unit_staff):
    form = as_unit.get(f"{EVENTS}add/").context["adminform"].form
    chosen = [form[name].subwidgets[0].data for name in ("kind", "reach")]
    assert [(each["value"], each["label"]) for each in chosen] == [("", "请选择")] * 2
    response = as_unit.post(f"{EVENTS}add/", typed(unit_staff.host_unit, kind="", reach=""))
    assert set(response.context["adminform"].form.errors) == {"kind", "reach"}


def test_unit_chooses_among_its_own_units_and_venues_alone(as_unit, unit_staff):
    own = offerings.make_venue(name="怀化一楼", unit=unit_staff.host_unit)
    foreign = offerings.make_venue(name="省中心二楼")
    page = words(as_unit.get(f"{EVENTS}add/"))
    assert own.name in page
    assert foreign.name not in page
    response = as_unit.post(f"{EVENTS}add/", typed(offerings.province(), venue=foreign.pk))
    assert set(response.context["adminform"].form.errors) == {"host_unit", "venue"}


@pytest.mark.parametrize("action", ["change", "ask", "withdraw", "place"])
def test_event_of_another_unit_is_not_there(as_unit, action):
    foreign = topics.event()
    for method in (as_unit.get, as_unit.post):
        assert method(page_of(foreign, action)).status_code == 404
    assert list(as_unit.get(EVENTS).context["cl"].result_list) == []


def test_units_do_not_answer_wishes(as_unit, unit_staff):
    own = topics.event(unit=unit_staff.host_unit)
    assert as_unit.post(page_of(own, "decline"), {"words": "不行"}).status_code == 403
    assert "答复：未能安排" not in words(as_unit.get(page_of(own)))


def test_unit_asks_later_says_it_in_other_words_and_takes_it_back(as_unit, unit_staff):
    event = topics.event(unit=unit_staff.host_unit, wish=Wish.NONE)
    refused = as_unit.post(page_of(event, "ask"), {"words": " "})
    assert refused.status_code == 422
    assert "请写明想听什么" in words(refused)
    for text in ("想听面试技巧", "想听创业指导"):
        as_unit.post(page_of(event, "ask"), {"words": text})
        event.refresh_from_db()
        assert (event.wish, event.wish_text) == (Wish.WANTED, text)
    assert "想听创业指导" in words(as_unit.get(page_of(event, "withdraw")))
    as_unit.post(page_of(event, "withdraw"))
    event.refresh_from_db()
    assert (event.wish, event.wished_by, event.answered_by) == (Wish.NONE, None, unit_staff)
    assert not Message.objects.of(unit_staff).exists()


@pytest.mark.parametrize(
    ("fields", "offered"),
    [
        ({"wish": Wish.NONE}, ["申请安排课堂", "安排课堂"]),
        ({"wish": Wish.WANTED}, ["修改课堂需求", "撤回课堂需求", "安排课堂"]),
        ({"wish": Wish.WANTED, "is_cancelled": True}, ["撤回课堂需求"]),
        ({"wish": Wish.NONE, "starts_at": moments.in_days(-1)}, []),
    ],
)
def test_page_of_an_event_offers_what_can_be_done_now(as_unit, unit_staff, fields, offered):
    event = topics.event(unit=unit_staff.host_unit, **fields)
    page = as_unit.get(page_of(event))
    assert [each["title"] for each in page.context["actions_detail"]] == offered


def test_wish_for_an_event_that_is_over_is_refused_on_the_page_with_what_was_typed(as_unit, unit_staff):
    event = topics.event(
        unit=unit_staff.host_unit, starts_at=timezone.now() - timedelta(hours=1), wish=Wish.NONE
    )
    response = as_unit.post(page_of(event, "ask"), {"words": "想听面试技巧"})
    assert response.status_code == 422
    assert "不能再申请安排课堂" in words(response)
    assert "想听面试技巧</textarea>" in words(response)


def test_province_declines_with_a_reason_and_the_unit_hears_and_sees_it(as_staff, as_unit, unit_staff):
    event = asked(unit_staff)
    assert as_staff.post(page_of(event, "decline"), {"words": ""}).status_code == 422
    as_staff.post(page_of(event, "decline"), {"words": "当天导师均有安排"})
    event.refresh_from_db()
    assert event.wish == Wish.DECLINED
    assert "当天导师均有安排" in Message.objects.of(unit_staff).get().body
    assert "当天导师均有安排" in words(as_unit.get(page_of(event)))


def test_wish_is_not_declined_twice(as_staff, unit_staff):
    event = asked(unit_staff)
    as_staff.post(page_of(event, "decline"), {"words": "当天导师均有安排"})
    response = as_staff.post(page_of(event, "decline"), {"words": "再次"})
    assert response.status_code == 422
    assert "未能安排" in words(response)


def test_class_for_an_event_begins_with_what_is_known_of_it(as_staff, unit_staff):
    venue = offerings.make_venue(unit=unit_staff.host_unit, seats=44)
    event = topics.event(unit=unit_staff.host_unit, venue=venue)
    response = as_staff.get(page_of(event, "place"), follow=True)
    initial = response.context["adminform"].form.initial
    assert initial["host_event"] == event.pk
    assert (initial["starts_at"], initial["venue"], initial["capacity"]) == (event.starts_at, venue.pk, 44)


def test_topics_offered_for_an_event_lead_the_province_to_the_board(as_staff, as_unit, staff, mentor_user):
    event = topics.event(unit=scenes.unit())
    topic = topics.approved(mentor_user.mentor, staff, events=[event], title="面试三问")
    topics.submitted(mentor_user.mentor, events=[event], title="还没审过的")
    page = words(as_staff.get(page_of(event)))
    address = f"/admin/classrooms/topicapplication/board/?topic={topic.pk}&week={moments.in_days(3):%Y-%m-%d}"
    assert address.replace("&", "&amp;") in page
    assert as_staff.get(address).context["board"].topic == topic
    assert "还没审过的" not in page
    assert "面试三问" not in words(as_unit.get(page_of(event)))


@pytest.mark.parametrize("asked_for", ["99999999", "x", "²", ""])
def test_class_for_an_event_that_is_not_there_begins_empty(as_staff, asked_for):
    assert as_staff.get(f"{SESSIONS}add/", {"host_event": asked_for, "starts_at": "x"}).status_code == 200


def asked(person) -> HostEvent:
    event = topics.event(unit=person.host_unit, wish=Wish.NONE)
    return services.ask_for_class(event=event, text="想听简历制作", by=person, at=timezone.now())


def plan_form(event: HostEvent, venue, mentor) -> dict[str, object]:
    plan = offerings.make_plan(starts_at=event.starts_at, venue=venue, mentors=[mentor])
    start, end = timezone.localtime(plan.starts_at), timezone.localtime(plan.ends_at)
    return {
        "title": "简历怎么写",
        "topic_type": plan.topic_type.pk,
        "category": plan.category.pk,
        "mentors": [mentor.pk],
        "starts_at_0": f"{start:%Y-%m-%d}",
        "starts_at_1": f"{start:%H:%M}",
        "ends_at_0": f"{end:%Y-%m-%d}",
        "ends_at_1": f"{end:%H:%M}",
        "host_unit": event.host_unit_id,
        "venue": venue.pk,
        "capacity": 30,
        "host_event": event.pk,
    }


def test_class_published_for_an_event_arranges_it_and_both_pages_say_so(as_staff, as_unit, unit_staff):
    event = asked(unit_staff)
    venue = offerings.make_venue(unit=unit_staff.host_unit)
    response = as_staff.post(f"{SESSIONS}add/", plan_form(event, venue, offerings.make_mentor()))
    assert response.status_code == 302, response.context["adminform"].form.errors
    session = ClassSession.objects.get()
    assert session.host_event == event
    as_staff.post(SESSIONS, {"action": "publish", "_selected_action": [session.pk]})
    event.refresh_from_db()
    assert event.wish == Wish.ARRANGED
    assert "已安排课堂" in Message.objects.of(unit_staff).get().body
    assert "简历怎么写" in words(as_unit.get(page_of(event)))
    public = words(Client().get(f"/classes/{session.pk}/"))
    assert f"同步活动：{event.title}（进市场）" in public


def test_public_page_says_nothing_of_an_event_that_is_called_off():
    session = offerings.make_session(host_event=topics.event(is_cancelled=True))
    assert "同步活动" not in words(Client().get(f"/classes/{session.pk}/"))


def test_unit_chooses_among_its_own_events_for_a_class(as_unit, unit_staff):
    own, foreign = topics.event(unit=unit_staff.host_unit), topics.event(title="省里的活动")
    page = words(as_unit.get(f"{SESSIONS}add/"))
    assert own.title in page
    assert foreign.title not in page
    venue = offerings.make_venue(unit=unit_staff.host_unit)
    form = plan_form(own, venue, offerings.make_mentor()) | {"host_event": foreign.pk}
    response = as_unit.post(f"{SESSIONS}add/", form)
    assert list(response.context["adminform"].form.errors) == ["host_event"]


@pytest.mark.parametrize("was_asked", [True, False])
def test_class_called_off_leaves_the_wish_open_again_where_there_was_one(staff, unit_staff, was_asked):
    event = asked(unit_staff) if was_asked else topics.event(wish=Wish.NONE)
    session = offerings.make_session(host_event=event)
    services.cancel_session(session=session, by=staff, at=timezone.now(), reason="场地检修")
    event.refresh_from_db()
    assert event.wish == (Wish.WANTED if was_asked else Wish.NONE)
    assert offerings.broken_invariants() == []


def test_one_of_two_classes_called_off_leaves_the_event_arranged(staff, unit_staff):
    event = asked(unit_staff)
    session, _other = (offerings.make_session(host_event=event) for _ in range(2))
    services.cancel_session(session=session, by=staff, at=timezone.now(), reason="场地检修")
    event.refresh_from_db()
    assert event.wish == Wish.ARRANGED


def test_published_class_taken_over_to_another_event_arranges_that_one_alone(staff, unit_staff):
    first, second = asked(unit_staff), asked(unit_staff)
    mentor, venue = offerings.make_mentor(), offerings.make_venue()
    starts_at = moments.in_days(4)
    session = offerings.make_session(starts_at=starts_at, mentors=[mentor], venue=venue, host_event=first)
    plan = offerings.make_plan(starts_at=starts_at, mentors=[mentor], venue=venue, host_event=second)
    services.change_session(session=session, plan=plan, by=staff, at=timezone.now())
    wishes = dict(HostEvent.objects.values_list("pk", "wish"))
    assert wishes == {first.pk: Wish.WANTED, second.pk: Wish.ARRANGED}
    assert offerings.broken_invariants() == []


def test_event_that_moves_says_that_its_published_classes_do_not(as_staff):
    event = topics.event(unit=scenes.unit())
    offerings.make_session(host_event=event)
    response = as_staff.post(page_of(event), typed(event.host_unit), follow=True)
    assert "1 场已发布的课堂，不会随活动改动" in words(response)
    event.refresh_from_db()
    assert (event.title, event.wish) == ("怀化春季招聘会", Wish.ARRANGED)


def test_list_filters_by_what_is_to_come(as_staff):
    coming = topics.event()
    begun = topics.event(starts_at=timezone.now() - timedelta(days=1))
    off = topics.event(is_cancelled=True)
    for standing, shown in (("coming", coming), ("begun", begun), ("cancelled", off)):
        found = as_staff.get(EVENTS, {"standing": standing}).context["cl"].result_list
        assert list(found) == [shown]


def test_dashboard_leads_to_the_wishes_that_wait(as_staff):
    waiting = topics.event()
    topics.event(wish=Wish.NONE)
    topics.event(starts_at=timezone.now() - timedelta(days=1))
    queues = {queue.word: queue for queue in as_staff.get("/admin/").context["queues"]}
    queue = queues["待安排的活动需求"]
    assert queue.count == 1
    assert list(as_staff.get(queue.url).context["cl"].result_list) == [waiting]
