"""The main path in a real browser, on a phone 390 px wide."""

import pytest

from mentor_portal.accounts.models import User
from mentor_portal.accounts.sms import MemoryBackend
from mentor_portal.reservations.models import Reservation
from tests import offerings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
State = Reservation.State

PHONE = "138 0013 8000"
NEXT_IS_OFFERED = "请在"


def ask_for_code(visitor) -> str:
    """On the sign-in page, give number and consent; returns the code of the text message."""
    visitor.page.get_by_label("手机号").fill(PHONE)
    visitor.page.get_by_role("checkbox").check()
    visitor.tap_button("获取验证码")
    visitor.comes_to("/sign-in/code/")
    assert "演示短信" not in visitor.page.content()
    return MemoryBackend.outbox[-1].params["code"]


def give_code(visitor, code: str) -> None:
    visitor.page.get_by_label("验证码").fill(code)
    visitor.page.get_by_role("button", name="登录", exact=True).click()


def book_as_a_new_person(visitor, session) -> None:
    """From the front page signed out: number, code, name, booked."""
    visitor.open("/")
    visitor.tap_link(f"预约：{session.title}")
    visitor.comes_to("/sign-in/")
    code = ask_for_code(visitor)
    give_code(visitor, "000000" if code != "000000" else "111111")
    visitor.sees("验证码不正确，还可以再试 4 次。")
    give_code(visitor, code)
    visitor.comes_to(f"/classes/{session.pk}/book/")
    visitor.page.get_by_label("姓名").fill("李小明")
    visitor.tap_button("确认预约")
    visitor.comes_to(f"/classes/{session.pk}/")
    visitor.sees("预约成功，请按时到场。")
    visitor.sees("前可取消")


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_new_person_signs_up_on_the_way_and_comes_back_to_the_booking(scene, visit, javascript):
    session = scene.sessions["free"]
    book_as_a_new_person(visit(javascript=javascript), session)
    person = User.objects.get(phone="13800138000")
    assert (person.name, person.consents.count()) == ("李小明", 1)
    assert Reservation.objects.get(person=person).state == State.CONFIRMED
    assert offerings.broken_invariants() == []


def test_name_that_is_missing_is_asked_for_inside_the_sheet(scene, visit):
    nameless = User.objects.create_user("13800138001")
    visitor = visit(person=nameless)
    visitor.open("/")
    visitor.tap_link(f"预约：{scene.sessions['free'].title}")
    visitor.tap_button("确认预约")
    visitor.sees("请填写您的姓名，现场核对预约时要用。")
    visitor.page.get_by_label("姓名").fill("李小明")
    visitor.tap_button("确认预约")
    visitor.sees("预约成功，请按时到场。")


def test_seat_is_booked_in_two_taps_from_the_home_page(scene, visit):
    visitor = visit(person=scene.people["stranger"])
    visitor.open("/")
    visitor.tap_link(f"预约：{scene.sessions['free'].title}")
    visitor.tap_button("确认预约")
    visitor.sees("预约成功，请按时到场。")
    assert visitor.taps == 2


def test_seat_is_booked_in_three_taps_by_the_schedule(scene, visit):
    visitor = visit(person=scene.people["stranger"])
    visitor.open("/")
    visitor.tap(visitor.page.locator(".tabbar").get_by_role("link", name="课堂"))
    visitor.comes_to("/classes/")
    visitor.tap_link(f"预约：{scene.sessions['free'].title}")
    visitor.tap_button("确认预约")
    visitor.sees("预约成功，请按时到场。")
    assert visitor.taps == 3


def test_place_that_is_given_up_is_offered_to_the_one_who_waits_and_accepted(visit):
    session = offerings.make_session(capacity=1)
    holder, waiter = offerings.make_people(2)
    offerings.hold(session, [holder])

    waiting = visit(person=waiter)
    waiting.open("/")
    waiting.tap_link(f"候补：{session.title}")
    waiting.tap_button("确认候补")
    waiting.sees("候补第 1 位")
    assert waiting.taps == 2

    holding = visit(person=holder)
    holding.open("/")
    holding.tap(holding.page.locator(".tabbar").get_by_role("link", name="我的"))
    holding.tap_link("取消预约")
    holding.tap_button("确认取消")
    holding.sees("已取消")
    assert holding.taps <= 4

    waiting.open("/me/messages/")
    waiting.sees("有名额了，请确认")
    waiting.open("/me/reservations/?tab=waiting")
    waiting.sees(NEXT_IS_OFFERED)
    waiting.tap_button("接受名额")
    waiting.sees("已确认，名额归您了，请按时到场。")
    assert offerings.states(session) == [(holder.name, State.CANCELLED), (waiter.name, State.CONFIRMED)]
    assert offerings.broken_invariants() == []


def test_offer_that_is_declined_is_gone(scene, visit):
    visitor = visit(person=scene.owner)
    visitor.open(f"/classes/{scene.sessions['offered'].pk}/")
    visitor.tap_button("放弃名额")
    visitor.sees("已放弃这个名额，将递补给下一位。")
    scene.reservations["offered"].refresh_from_db()
    assert scene.reservations["offered"].cause == Reservation.Cause.DECLINED


def test_refusal_of_a_rule_is_told_inside_the_sheet(scene, visit):
    """Two classes at one time: the second is refused in words, and the sheet can be closed."""
    person = scene.people["stranger"]
    first = scene.sessions["free"]
    offerings.hold(first, [person])
    other = offerings.make_session(starts_at=first.offering.starts_at)
    visitor = visit(person=person)
    visitor.open(f"/classes/{other.pk}/")
    visitor.tap_link("立即预约")
    visitor.tap_button("确认预约")
    visitor.sees("时间有重叠")
    visitor.tap_button("知道了")
    assert not visitor.page.locator("dialog[open]").count()


def press_tab_until(page, selector: str, most: int = 60) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} was not reached by {most} presses of Tab")


def test_keyboard_alone_books_a_seat_and_closes_a_sheet(scene, visit):
    session = scene.sessions["free"]
    visitor = visit(person=scene.people["stranger"], width=1440)
    page, link = visitor.page, f'a[aria-label="预约：{session.title}"]'
    visitor.open("/")
    press_tab_until(page, link)
    page.keyboard.press("Enter")
    page.locator("dialog[open] form").wait_for()
    page.keyboard.press("Escape")
    page.wait_for_function("selector => document.activeElement.matches(selector)", arg=link)
    page.keyboard.press("Enter")
    page.locator("dialog[open] form").wait_for()
    if not page.evaluate("() => document.activeElement.matches('dialog button[type=submit]')"):
        press_tab_until(page, "dialog button[type=submit]", most=5)
    page.keyboard.press("Enter")
    visitor.sees("预约成功，请按时到场。")
    assert visitor.taps == 0
