"""Staff place topics on the board and publish what they placed."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from classrooms import services
from classrooms.models import ClassSession, HostEvent
from classrooms.rules import DayPart
from mentor_portal.accounts.models import HostUnit
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.models import Offering, Venue
from tests import moments, offerings, topics
from tests import scene as scenes

pytestmark = pytest.mark.django_db
BOARD = reverse("admin:classrooms_topicapplication_board")
PUBLISH = reverse("admin:classrooms_topicapplication_publish")


def words(response) -> str:
    return response.content.decode()


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


@pytest.fixture
def venue(db):
    return offerings.make_venue(name="中心二楼课堂", seats=40)


@pytest.fixture
def as_staff(client, staff, venue):
    client.force_login(staff)
    return client


def another_mentor(name="李老师", number=77):
    [person] = offerings.make_people(1)
    person.name = name
    person.save(update_fields=["name"])
    return scenes.make_listed_mentor(person, number=number)


def board(client, **query):
    return client.get(BOARD, query).context["board"]


def cell_of(shown, venue, half_day):
    return next(cell for cell in shown.cells if (cell.venue, cell.half_day) == (venue, half_day))


def usable(shown) -> list[tuple]:
    return [(cell.venue, cell.half_day) for cell in shown.cells if cell.is_usable]


def chosen(topic, venue, half_day, **more):
    """The query of a cell, as its link carries it."""
    return {"topic": topic.pk, "week": half_day.day, "at": half_day.code, "venue": venue.pk, **more}


def preset(client, query) -> dict[str, object]:
    """What the form of a chosen cell would send as it stands."""
    form = client.get(BOARD, query).context["form"]
    values = {name: form[name].value() for name in form.fields}
    values["starts"], values["ends"] = f"{values['starts']:%H:%M}", f"{values['ends']:%H:%M}"
    return {name: value for name, value in values.items() if value}


def place(client, topic, venue, half_day, /, *, query=None, **changes):
    query = query or chosen(topic, venue, half_day)
    values = preset(client, query) | changes
    address = BOARD + "?" + "&".join(f"{name}={value}" for name, value in query.items())
    return client.post(address, values)


def test_board_lists_approved_topics_that_were_never_placed(as_staff, mentor, staff):
    waiting = topics.approved(mentor, staff, title="待排的")
    placed = topics.approved(mentor, staff, title="排过的")
    topics.placed(placed, staff)
    topics.submitted(mentor, title="待审核的")
    assert board(as_staff).topics == [waiting]
    assert board(as_staff, again="1").topics == [placed]
    assert board(as_staff, q="没有这个").topics == []
    assert board(as_staff, q=f"{mentor.name} 待排").topics == [waiting]


def test_topic_whose_class_was_called_off_waits_again(as_staff, mentor, staff):
    topic = topics.approved(mentor, staff)
    session = topics.placed(topic, staff)
    services.cancel_session(session=session, by=staff, at=timezone.now(), reason="场地检修")
    assert board(as_staff).topics == [topic]


def test_choosing_a_topic_jumps_to_its_first_window_and_marks_its_cells_alone(as_staff, mentor, staff, venue):
    window = topics.half_day(17)
    topic = topics.approved(mentor, staff, windows=[window, topics.half_day(40)])
    shown = board(as_staff, topic=topic.pk)
    assert shown.days[0].date <= window.day <= shown.days[-1].date
    assert usable(shown) == [(venue, window)]


def test_week_whose_window_the_mentor_spends_elsewhere_is_jumped_over(as_staff, mentor, staff, venue):
    busy, free = topics.half_day(17), topics.half_day(40)
    topic = topics.approved(mentor, staff, windows=[busy, free])
    other = offerings.make_session(
        title="别处的课",
        starts_at=topics.placement(busy, venue=venue).starts_at,
        mentors=[mentor],
        host_unit=scenes.unit(),
    )
    shown = board(as_staff, topic=topic.pk)
    assert usable(shown) == [(venue, free)]
    shown = board(as_staff, topic=topic.pk, week=busy.day)
    assert cell_of(shown, venue, busy).elsewhere == other.offering
    assert usable(shown) == []
    page = words(as_staff.get(BOARD, {"topic": topic.pk, "week": busy.day}))
    assert "导师另有“别处的课”" in page


def test_mentor_who_attends_something_else_is_busy_too(as_staff, mentor, staff, venue):
    window = topics.half_day(5)
    topic = topics.approved(mentor, staff, windows=[window])
    other = offerings.make_session(starts_at=topics.placement(window, venue=venue).starts_at)
    offerings.hold(other, [mentor.user])
    assert cell_of(board(as_staff, topic=topic.pk), venue, window).elsewhere == other.offering


def test_cell_shows_what_is_there_and_drafts_too_but_nothing_that_was_called_off(
    as_staff, mentor, staff, venue
):
    window = topics.half_day(5)
    starts_at = topics.placement(window, venue=venue).starts_at
    draft = offerings.make_draft(starts_at=starts_at, venue=venue, title="先来的课")
    cell = cell_of(board(as_staff, week=window.day), venue, window)
    assert (cell.things, cell.is_free) == ([draft.offering], False)
    services.cancel_session(session=draft, by=staff, at=timezone.now(), reason="改期")
    cell = cell_of(board(as_staff, week=window.day), venue, window)
    assert (cell.things, cell.is_free) == ([], True)


def test_half_day_with_room_beside_the_usual_time_is_free(as_staff, venue):
    window = topics.half_day(5)
    early = topics.placement(window, venue=venue).starts_at - timedelta(hours=2)
    offerings.make_draft(starts_at=early, ends_at=early + timedelta(hours=1), venue=venue)
    cell = cell_of(board(as_staff, week=window.day), venue, window)
    assert len(cell.things) == 1 and cell.is_free


def test_past_half_days_are_not_free(as_staff, venue):
    shown = board(as_staff, week=topics.half_day(-7).day)
    assert not any(cell.is_free for cell in shown.cells)


def test_cell_presets_the_whole_form(as_staff, mentor, staff, venue):
    window = topics.half_day(5)
    topic = topics.approved(mentor, staff, windows=[window])
    assert preset(as_staff, chosen(topic, venue, window)) == {
        "day": window.day,
        "starts": "14:30",
        "ends": "16:00",
        "venue": venue.pk,
        "capacity": 40,
    }


def test_topic_is_placed_as_preset_and_the_next_one_is_chosen(as_staff, mentor, staff, venue):
    window = topics.half_day(5)
    first = topics.approved(mentor, staff, title="第一个", windows=[window])
    second = topics.approved(another_mentor(), staff, title="第二个", windows=[topics.half_day(12)])
    response = place(as_staff, first, venue, window)
    session = ClassSession.objects.get()
    assert (session.application, session.offering.venue, session.offering.capacity) == (first, venue, 40)
    assert (session.offering.starts_at, session.offering.ends_at) == window.usual_span(moments.SHANGHAI, 90)
    assert parse_qs(urlsplit(response.url).query) == {"topic": [str(second.pk)]}
    page = as_staff.get(response.url)
    [message] = told(page)
    assert "第一个" in message and mentor.name in message and "中心二楼课堂" in message
    assert usable(page.context["board"]) == [(venue, topics.half_day(12))]
    assert page.context["board"].drafts == [session]


def test_last_topic_leads_back_to_the_board_of_its_week(as_staff, mentor, staff, venue):
    window = topics.half_day(5)
    response = place(as_staff, topics.approved(mentor, staff, windows=[window]), venue, window)
    query = parse_qs(urlsplit(response.url).query)
    assert query == {"week": [window.day.isoformat()]}


def test_length_of_a_class_is_a_setting(as_staff, mentor, staff, venue):
    from constance import config

    config.CLASS_MINUTES = 120
    window = topics.half_day(5)
    topic = topics.approved(mentor, staff, windows=[window])
    values = preset(as_staff, chosen(topic, venue, window))
    assert (values["starts"], values["ends"]) == ("14:30", "16:30")


def event_at(venue, unit, starts="13:00", **fields):
    return topics.event(unit=unit, starts_at=moments.in_days(5, starts), venue=venue, **fields)


def test_window_of_an_event_shows_its_venue_and_presets_the_event(as_staff, mentor, staff):
    unit = HostUnit.objects.get(kind=HostUnit.Kind.PREFECTURE, prefecture="4312")
    hall = offerings.make_venue(name="怀化会场", unit=unit)
    event = event_at(hall, unit)
    topic = topics.approved(mentor, staff, windows=[], events=[event])
    shown = board(as_staff, topic=topic.pk)
    window = topics.half_day(5)
    assert usable(shown) == [(hall, window)]
    assert preset(as_staff, chosen(topic, hall, window))["host_event"] == event.pk
    place(as_staff, topic, hall, window)
    session = ClassSession.objects.get()
    assert (session.host_event, session.is_outside_windows) == (event, False)


def test_class_is_moved_into_a_short_event(as_staff, mentor, staff, venue):
    starts_at = moments.in_days(5, "15:30")
    event = topics.event(starts_at=starts_at, venue=venue, ends_at=starts_at + timedelta(hours=2))
    topic = topics.approved(mentor, staff, windows=[], events=[event])
    values = preset(as_staff, chosen(topic, venue, topics.half_day(5)))
    assert (values["starts"], values["ends"]) == ("15:30", "17:00")


def test_event_that_was_called_off_is_no_window(as_staff, mentor, staff, venue):
    event = event_at(venue, offerings.province())
    topic = topics.approved(mentor, staff, windows=[], events=[event])
    HostEvent.objects.update(is_cancelled=True)
    shown = board(as_staff, topic=topic.pk, week=topics.half_day(5).day)
    assert (shown.windows, usable(shown)) == ([], [])


def test_venues_are_those_of_the_province_until_others_are_asked_for(as_staff, venue):
    unit = HostUnit.objects.get(kind=HostUnit.Kind.PREFECTURE, prefecture="4312")
    theirs = offerings.make_venue(name="怀化课堂", unit=unit)
    offerings.make_venue(name="停用的", is_active=False)
    offerings.make_venue(name="咨询室", kind=Venue.Kind.CONSULTATION)

    def shown(**query):
        return [rows.venue for rows in board(as_staff, **query).venues]

    assert shown() == [venue]
    assert shown(place="4312") == shown(place=f"u{unit.pk}") == [theirs]
    assert shown(place="all") == [venue, theirs]
    assert shown(place="4301") == [venue]


def refused(response) -> dict[str, list[str]]:
    assert response.status_code == 422
    return response.context["form"].errors


def test_venue_that_is_taken_is_told_by_name_and_what_was_typed_is_kept(as_staff, mentor, staff, venue):
    window = topics.half_day(5)
    other = topics.approved(another_mentor(), staff, title="先到的课", windows=[window])
    topic = topics.approved(mentor, staff, windows=[window])
    query = chosen(topic, venue, window)
    values = preset(as_staff, query)
    place(as_staff, other, venue, window)
    response = as_staff.post(f"{BOARD}?topic={topic.pk}", {**values, "capacity": 25})
    [sentence] = refused(response)["venue"]
    assert "先到的课" in sentence and "中心二楼课堂" in sentence
    assert 'name="capacity" value="25"' in words(response)
    assert ClassSession.objects.count() == 1


def test_mentor_who_is_elsewhere_is_told_by_the_name_of_the_other_thing(as_staff, mentor, staff, venue):
    window = topics.half_day(5)
    topic = topics.approved(mentor, staff, windows=[window])
    offerings.make_session(
        title="别处的课", starts_at=topics.placement(window, venue=venue).starts_at, mentors=[mentor]
    )
    response = place(as_staff, topic, venue, window)
    [sentence] = refused(response)["__all__"]
    assert mentor.name in sentence and "别处的课" in sentence


def test_time_outside_the_windows_needs_the_tick_and_then_the_mentors_yes(as_staff, mentor, staff, venue):
    topic = topics.approved(mentor, staff, windows=[topics.half_day(5)])
    evening = topics.half_day(5, DayPart.EVENING)
    response = place(as_staff, topic, venue, evening)
    [sentence] = refused(response)["__all__"]
    assert topic.offered_words()[0] in sentence
    assert place(as_staff, topic, venue, evening, is_outside_allowed="on").status_code == 302
    session = ClassSession.objects.get()
    assert session.is_outside_windows
    page = as_staff.post(PUBLISH, {"session": [session.pk]}, follow=True)
    assert f"须{mentor.name}接受后才能发布" in told(page)[-1]


@pytest.mark.parametrize(
    ("changes", "field", "part"),
    [
        ({"capacity": 41}, "capacity", "只有 40 个座位"),
        ({"capacity": 0}, "capacity", ""),
        ({"day": "2020-01-06"}, "day", "已经过去"),
        ({"day": "0001-01-01"}, "day", "已经过去"),
        ({"ends": "14:00"}, "ends", "结束时间须晚于开始时间。"),
        ({"day": "bad"}, "day", ""),
        ({"venue": 999_999}, "venue", ""),
    ],
    ids=["too many seats", "no seat", "past", "year one", "order", "no day", "no venue"],
)
def test_what_cannot_be_is_told_under_its_field(as_staff, mentor, staff, venue, changes, field, part):
    window = topics.half_day(5)
    topic = topics.approved(mentor, staff, windows=[window])
    errors = refused(place(as_staff, topic, venue, window, **changes))
    assert list(errors) == [field]
    assert part in str(errors[field])
    assert not ClassSession.objects.exists()


def test_placing_without_a_topic_says_what_to_do(as_staff):
    response = as_staff.post(BOARD, {})
    assert response.status_code == 422
    assert told(response) == ["请先在左侧选择主题，再选时段。"]


def test_topic_that_was_withdrawn_meanwhile_is_refused_in_words(as_staff, mentor, staff, venue):
    window = topics.half_day(5)
    topic = topics.approved(mentor, staff, windows=[window])
    values = preset(as_staff, chosen(topic, venue, window))
    services.withdraw_topic(application=topic, by=mentor.user, at=timezone.now())
    response = as_staff.post(f"{BOARD}?topic={topic.pk}", values)
    assert "已撤回" in refused(response)["__all__"][0]


@pytest.mark.parametrize(
    "query",
    ["topic=x&week=soon&at=never&venue=-1", "topic=999999999999999999999&week=9999-12-31", "q=%00&place=%00"],
)
def test_board_leaves_out_what_it_does_not_understand(as_staff, query):
    assert as_staff.get(f"{BOARD}?{query}").status_code == 200


def test_all_drafts_are_published_and_each_refusal_is_told(as_staff, mentor, staff, venue):
    sessions = [
        topics.placed(topics.approved(another_mentor(f"导师{n}", n), staff, title=f"课{n}"), staff)
        for n in range(70, 73)
    ]
    services.answer_placement(
        session=sessions[0],
        accepted=False,
        by=sessions[0].mentors.get().user,
        at=timezone.now(),
        comment="那天出差",
    )
    own_draft = offerings.make_draft()
    page = as_staff.get(BOARD)
    assert set(page.context["board"].drafts) == set(sessions)
    assert words(page).count('name="session"') == words(page).count(" checked>") == 3
    response = as_staff.post(PUBLISH, {"session": [each.pk for each in sessions]}, follow=True)
    refusal, summary = told(response)
    assert "导师70不接受" in refusal and "那天出差" in refusal
    assert summary == "已发布 2 场课堂，求职者可以预约了。"
    published = Offering.objects.published().values_list("pk", flat=True)
    assert set(published) == {sessions[1].pk, sessions[2].pk}
    assert Message.objects.filter(kind="class_published").count() == 2
    assert Offering.objects.get(pk=own_draft.pk).state == Offering.State.DRAFT
    assert response.context["board"].drafts == [sessions[0]]


def test_publishing_nothing_says_so(as_staff):
    assert told(as_staff.post(PUBLISH, follow=True)) == ["没有勾选要发布的课堂。"]


def test_search_and_place_are_kept_on_the_way(as_staff, mentor, staff, venue):
    window = topics.half_day(5)
    first = topics.approved(mentor, staff, title="面试一", windows=[window])
    second = topics.approved(mentor, staff, title="面试二", windows=[window])
    topics.approved(mentor, staff, title="简历", windows=[window])
    query = chosen(first, venue, window, q="面试", place="all")
    response = place(as_staff, first, venue, window, query=query)
    kept = parse_qs(urlsplit(response.url).query)
    assert kept == {"topic": [str(second.pk)], "q": ["面试"], "place": ["all"]}


def test_board_costs_the_same_for_one_and_thirty(as_staff, mentor, staff, venue):
    topic = topics.approved(mentor, staff, windows=[topics.half_day(5)])
    topics.placed(topics.approved(another_mentor(), staff), staff)
    one = _cost(as_staff, topic, venue)
    for number in range(29):
        teacher = another_mentor(f"导师{number}", 100 + number)
        topics.approved(teacher, staff, windows=[topics.half_day(5)], events=[topics.event()])
        other = offerings.make_venue()
        topics.placed(topics.approved(teacher, staff), staff, venue=other)
        offerings.make_session(starts_at=moments.in_days(20 + number), mentors=[mentor])
    assert _cost(as_staff, topic, venue) == one


def _cost(client, topic, venue) -> int:
    query = chosen(topic, venue, topics.half_day(5))
    client.get(BOARD, query)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(BOARD, query).status_code == 200
    return len(queries)
