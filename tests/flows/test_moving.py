"""Moving a class: shown first who will be told, and mentors' requests for another time."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.models import MoveRequest
from classrooms.services import ask_move
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.services import cancel
from tests import moments, offerings, topics

pytestmark = pytest.mark.django_db

SESSIONS = "/admin/classrooms/classsession/"
MOVES = "/admin/classrooms/moverequest/"
STARTS_AT = moments.in_days(3, "14:30")


def words(response) -> str:
    return response.content.decode()


@pytest.fixture
def as_staff(staff):
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def session():
    """A class of one seat that is offered to the second of three people."""
    session = offerings.make_session(
        title="轨道交通装备企业怎么面",
        starts_at=STARTS_AT,
        capacity=2,
        mentors=[offerings.make_mentor("李老师")],
    )
    first, *_ = offerings.hold(session, offerings.make_people(4))
    cancel(reservation=first, by=first.person, at=timezone.now())
    return session


def typed(session, **fields: object) -> dict[str, object]:
    """The form of a class as it stands, with what staff change in it."""
    offering = session.offering
    start, end = timezone.localtime(offering.starts_at), timezone.localtime(offering.ends_at)
    values = {
        "title": session.title,
        "topic_type": session.topic_type_id,
        "category": session.category_id,
        "mentors": [mentor.pk for mentor in session.mentors.all()],
        "starts_at_0": f"{start:%Y-%m-%d}",
        "starts_at_1": f"{start:%H:%M}",
        "ends_at_0": f"{end:%Y-%m-%d}",
        "ends_at_1": f"{end:%H:%M}",
        "host_unit": offering.host_unit_id,
        "venue": offering.venue_id,
        "capacity": offering.capacity,
        "_continue": "1",
    }
    return values | fields


def save(client, session, **fields: object):
    return client.post(f"{SESSIONS}{session.pk}/change/", typed(session, **fields))


def starts_at(session):
    return Offering.objects.get(pk=session.pk).starts_at


def test_move_shows_first_what_changes_and_exactly_who_will_be_told(as_staff, session):
    response = save(as_staff, session, starts_at_1="13:00", ends_at_1="14:00")
    context = response.context
    assert [(each.what, each.old[-11:], each.new[-11:]) for each in context["changes"]] == [
        ("时间", "14:30–16:00", "13:00–14:00")
    ]
    told = context["told"]
    assert (told.confirmed, told.offered, told.waiting) == (1, 1, 1)
    assert context["mentor_names"] == ["李老师"]
    for sentence in (
        "已预约 <strong>1</strong> 人",
        "待确认 <strong>1</strong> 人",
        "候补 <strong>1</strong> 人",
    ):
        assert sentence in words(response)
    assert starts_at(session) == STARTS_AT
    assert not Message.objects.filter(kind="moved").exists()


def test_move_is_saved_with_all_that_was_typed_once_it_is_confirmed(as_staff, session):
    asked = save(as_staff, session, starts_at_1="13:00", outline="新的提要")
    confirmed = dict(asked.context["typed"]) | {asked.context["confirm"]: "1"}
    response = as_staff.post(f"{SESSIONS}{session.pk}/change/", confirmed)
    assert (response.status_code, response.url) == (302, f"{SESSIONS}{session.pk}/change/")
    session.refresh_from_db()
    assert starts_at(session) == moments.in_days(3, "13:00")
    assert session.outline == "新的提要"
    assert Message.objects.filter(kind="moved").count() == 3
    assert Message.objects.filter(kind="class_moved").count() == 1


def test_way_back_to_the_form_keeps_what_was_typed_and_saves_nothing(as_staff, session):
    asked = save(as_staff, session, title="新的标题", starts_at_1="13:00")
    back = dict(asked.context["typed"]) | {asked.context["back"]: "1"}
    response = as_staff.post(f"{SESSIONS}{session.pk}/change/", back)
    assert 'value="新的标题"' in words(response)
    assert 'value="13:00"' in words(response)
    assert "还没有确认，尚未保存" in words(response)
    assert starts_at(session) == STARTS_AT


def test_other_venue_is_shown_first_too(as_staff, session):
    venue = offerings.make_venue(name="新的场地")
    response = save(as_staff, session, venue=venue.pk)
    assert [(each.what, each.new) for each in response.context["changes"]] == [("地点", str(venue))]


def test_booking_that_closes_at_the_start_moves_along_unless_staff_say_otherwise(as_staff, session):
    closes = {"booking_closes_at_0": f"{STARTS_AT:%Y-%m-%d}", "booking_closes_at_1": "14:30"}
    moved = {"starts_at_1": "10:00", "ends_at_1": "11:00", "_confirm_move": "1"}
    assert save(as_staff, session, **closes, **moved).status_code == 302
    assert Offering.objects.get(pk=session.pk).booking_closes_at == moments.in_days(3, "10:00")
    session.offering.refresh_from_db()
    assert save(as_staff, session, **closes | {"booking_closes_at_1": "09:30"}).status_code == 302
    assert Offering.objects.get(pk=session.pk).booking_closes_at == moments.in_days(3, "09:30")


def test_change_that_moves_nothing_is_saved_at_once(as_staff, session):
    assert save(as_staff, session, outline="新的提要").status_code == 302


def test_draft_is_moved_at_once(as_staff):
    draft = offerings.make_draft(starts_at=STARTS_AT)
    assert save(as_staff, draft, starts_at_1="13:00").status_code == 302
    assert starts_at(draft) == moments.in_days(3, "13:00")


def test_move_that_clashes_is_refused_before_anything_is_asked(as_staff, session):
    other = offerings.make_session(title="原来的课", starts_at=moments.in_days(4, "14:30"))
    day = f"{moments.in_days(4):%Y-%m-%d}"
    response = save(as_staff, session, starts_at_0=day, ends_at_0=day, venue=other.offering.venue_id)
    assert list(response.context["adminform"].form.errors) == ["venue"]
    assert "原来的课" in words(response)


def test_calling_off_shows_the_same_split(as_staff, session):
    response = as_staff.post(SESSIONS, {"action": "call_off", "_selected_action": [session.pk]})
    told = response.context["told"]
    assert (told.confirmed, told.offered, told.waiting) == (1, 1, 1)
    assert response.context["mentor_names"] == ["李老师"]
    assert "候补 <strong>1</strong> 人" in words(response)


def request_for(session) -> MoveRequest:
    mentor = session.mentors.get()
    return ask_move(
        session=session,
        mentor=mentor,
        reason="单位临时安排出差",
        windows=[topics.half_day(6)],
        by=mentor.user,
        at=timezone.now(),
    )


def page_of(row: MoveRequest, action: str = "change") -> str:
    return f"{MOVES}{row.pk}/{action}/"


def test_requests_that_wait_come_first_and_say_the_new_windows_in_words(as_staff, staff, session):
    settled = request_for(offerings.make_session())
    MoveRequest.objects.filter(pk=settled.pk).update(
        state="refused", settled_at=timezone.now(), settled_by=staff, asked_at=timezone.now()
    )
    late, early = request_for(offerings.make_session()), request_for(session)
    MoveRequest.objects.filter(pk=early.pk).update(asked_at=timezone.now() - timedelta(days=1))
    response = as_staff.get(MOVES)
    assert list(response.context["cl"].result_list) == [early, late, settled]
    assert "下午" in words(response)


def test_request_leads_to_the_class_which_says_what_was_asked(as_staff, session):
    response = as_staff.get(page_of(request_for(session), "move"), follow=True)
    assert response.redirect_chain[-1][0] == f"{SESSIONS}{session.pk}/change/"
    assert "李老师申请调课：单位临时安排出差；希望改到：" in words(response)


def test_request_is_settled_by_moving_the_class(as_staff, staff, session):
    row = request_for(session)
    save(as_staff, session, starts_at_1="13:00", _confirm_move="1")
    row.refresh_from_db()
    assert (row.state, row.settled_by) == (MoveRequest.State.MOVED, staff)
    assert "不调整" not in words(as_staff.get(page_of(row)))


def test_request_is_refused_with_a_reason_that_the_mentor_hears(as_staff, session):
    row = request_for(session)
    assert "单位临时安排出差" in words(as_staff.get(page_of(row, "refuse")))
    assert as_staff.post(page_of(row, "refuse"), {"words": ""}).status_code == 422
    as_staff.post(page_of(row, "refuse"), {"words": "其他时段场地已满"})
    row.refresh_from_db()
    assert row.state == MoveRequest.State.REFUSED
    assert "其他时段场地已满" in Message.objects.of(row.mentor.user).get(kind="move_refused").body
    again = as_staff.post(page_of(row, "refuse"), {"words": "再次"})
    assert again.status_code == 422
    assert "处理过这条调课申请" in words(again)


def test_unit_deals_with_requests_about_its_own_classes_alone(client, unit_staff, session):
    own, foreign = request_for(offerings.make_session(host_unit=unit_staff.host_unit)), request_for(session)
    client.force_login(unit_staff)
    assert list(client.get(MOVES).context["cl"].result_list) == [own]
    for action in ("change", "move", "refuse"):
        assert client.get(page_of(foreign, action)).status_code == 404
    assert client.post(page_of(foreign, "refuse"), {"words": "不行"}).status_code == 404
    assert client.post(page_of(own, "refuse"), {"words": "场地已满"}).status_code == 302
    assert client.post(page_of(own), {"reason": "改写"}).status_code == 403


def test_dashboard_counts_the_requests_that_wait(as_staff, session):
    request_for(session)
    queues = {queue.word: queue for queue in as_staff.get("/admin/").context["queues"]}
    queue = queues["待处理的调课申请"]
    assert queue.count == 1
    assert len(as_staff.get(queue.url).context["cl"].result_list) == 1
