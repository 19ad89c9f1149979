"""A class's whole life in a real browser: offered, returned, amended, placed, booked, held, closed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from classrooms.models import ApplicationStep, ClassSession, TopicApplication
from classrooms.rules import DayPart
from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Hosting, Offering, Reservation
from mentor_portal.reservations.tasks import finish_offerings
from mentor_portal.wording import day as day_in_words
from tests import offerings, topics

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
State = Reservation.State
TITLE = "第一份工作怎么谈薪水"
CHOSEN = [topics.half_day(3, DayPart.AFTERNOON), topics.half_day(5, DayPart.MORNING)]
MOST_TAPS = 10


def cell(visitor, half_day):
    return visitor.page.get_by_role("checkbox", name=f"{day_in_words(half_day.day)} {half_day.part.word}")


def offer_topic(mentor):
    """One typed line and few taps, from the front page."""
    mentor.open("/")
    mentor.tap(mentor.page.locator(".tabbar").get_by_role("link", name="我的"))
    mentor.tap_link("我的工作台")
    mentor.tap_link("申报主题")
    field = mentor.page.get_by_label("主题")
    mentor.tap(field)
    field.type(TITLE)
    for half_day in CHOSEN:
        mentor.tap(cell(mentor, half_day))
    mentor.tap_button("提交申报")
    mentor.sees("待审核")
    assert mentor.taps <= MOST_TAPS


def review(staff, button, comment=""):
    """Open the queue from the first page, read the topic, and decide."""
    staff.open("/admin/")
    staff.tap_link("待审核的主题申报")
    staff.tap_link(TITLE)
    if comment:
        staff.page.locator("[name=comment]").fill(comment)
    staff.tap_button(button)
    staff.page.wait_for_load_state()


def amend_topic(mentor):
    """Find the comment on the desk, mend what was asked for, and hand it in again."""
    mentor.open("/me/desk/")
    mentor.sees("请写明适合人群")
    mentor.tap_link(TITLE)
    mentor.tap(mentor.link("修改"))
    mentor.page.get_by_label("适合人群").fill("应届毕业生")
    mentor.tap_button("提交申报")
    mentor.sees("待审核")


def place_and_publish(staff):
    staff.open("/admin/classrooms/topicapplication/board/")
    staff.tap_link(TITLE)
    staff.tap(staff.page.locator("a.board-use"))
    staff.tap(staff.page.get_by_role("button", name="排课", exact=True))
    staff.sees(f"已排课：“{TITLE}”")
    staff.tap_button("全部发布")
    staff.sees("求职者可以预约了")


def book(seeker):
    seeker.open("/")
    seeker.tap_link(f"预约：{TITLE}")
    seeker.tap_button("确认预约")
    seeker.sees("预约成功，请按时到场。")


def let_it_begin(session):
    """The day has come: the class began five minutes ago."""
    now = timezone.now()
    Offering.objects.filter(pk=session.pk).update(
        booking_opens_at=now - timedelta(days=1),
        starts_at=now - timedelta(minutes=5),
        ends_at=now + timedelta(minutes=60),
        booking_closes_at=now - timedelta(minutes=5),
    )


def let_it_end(session):
    """It ended long enough ago; the worker's task closes it."""
    now = timezone.now()
    Offering.objects.filter(pk=session.pk).update(
        booking_opens_at=now - timedelta(days=1),
        starts_at=now - timedelta(minutes=130),
        ends_at=now - timedelta(minutes=40),
        booking_closes_at=now - timedelta(minutes=130),
    )
    finish_offerings()


def test_class_from_the_mentors_idea_to_the_confirmed_presence(scene, visit):
    person, guest = scene.people["new mentor"], scene.people["stranger"]
    mentor, staff = visit(person=person), visit(person=scene.people["staff"], width=1440)
    offerings.make_venue(name="中心二楼课堂", seats=40)
    offer_topic(mentor)
    review(staff, "退回修改", "请写明适合人群")
    amend_topic(mentor)
    review(staff, "通过")
    place_and_publish(staff)
    topic = TopicApplication.objects.get(mentor__user=person)
    actions = ApplicationStep.objects.filter(application=topic).values_list("action", flat=True)
    assert list(actions) == ["submitted", "returned", "submitted", "approved", "placed"]

    seeker = visit(person=guest)
    book(seeker)
    session = ClassSession.objects.get(application=topic)
    [absent] = offerings.make_people(1)
    offerings.hold(session, [absent])

    let_it_begin(session)
    staff.open(f"/desk/{session.pk}/poster/")
    staff.sees("扫码签到")
    seeker.open(f"/check-in/{Offering.objects.get(pk=session.pk).check_in_code}/")
    seeker.sees("签到")
    assert Reservation.objects.get(offering=session.pk, person=guest).state == State.ATTENDED

    desk = visit(person=scene.people["staff"])
    desk.open(f"/desk/{session.pk}/")
    desk.page.get_by_label("姓名").last.fill("赵大海")
    desk.page.get_by_label("手机号", exact=True).fill("139 8765 4321")
    desk.tap_button("登记到场")
    desk.sees("赵大海")
    desk.tap(desk.page.locator("button[name=presence][value=present]"))
    desk.sees("已到场")

    let_it_end(session)
    states = dict(Reservation.objects.filter(offering=session.pk).values_list("person__phone", "state"))
    assert states == {
        guest.phone: State.ATTENDED,
        absent.phone: State.NO_SHOW,
        "13987654321": State.ATTENDED,
    }
    assert Reservation.objects.get(person=User.objects.get(phone="13987654321")).is_walk_in
    assert Hosting.objects.get(offering=session.pk).presence == Hosting.Presence.PRESENT
    assert Offering.objects.get(pk=session.pk).state == Offering.State.FINISHED
    assert offerings.broken_invariants() == []
