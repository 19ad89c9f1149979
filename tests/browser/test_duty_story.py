"""Duties in a real browser: four weeks declared on a phone, rooms for many at once, the desk."""

import pytest

from consultations.models import ConsultationShift
from tests import duties, offerings
from tests import scene as scenes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
State = ConsultationShift.State
LIST = "/admin/consultations/consultationshift/"
MOST_TAPS_TO_DECLARE = 3
MOST_CLICKS_TO_ARRANGE = 4


@pytest.fixture
def people(browser, transactional_db):
    people = scenes.make_people()
    scenes.make_listed_mentor(people["mentor"])
    return people


def come_to_the_form(visitor):
    visitor.open("/consultations/duties/")
    visitor.tap_link("申报值班")
    visitor.comes_to("/consultations/duties/new/")


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_four_weekly_duties_are_declared_in_three_taps_and_nothing_typed(people, visit, javascript):
    duties.make_room()
    visitor = visit(person=people["mentor"], javascript=javascript)
    come_to_the_form(visitor)
    visitor.tap(visitor.page.get_by_label("每周重复"))
    visitor.tap_button("提交申报")
    visitor.sees("已申报 4 次值班")
    assert visitor.taps <= MOST_TAPS_TO_DECLARE
    assert list(ConsultationShift.objects.values_list("state", flat=True)) == [State.SUBMITTED] * 4


def test_day_is_left_out_by_a_tap_and_stays_so_when_the_last_day_changes(people, visit):
    duties.make_room()
    visitor = visit(person=people["mentor"])
    come_to_the_form(visitor)
    assert not visitor.page.get_by_label("重复到").is_visible()
    visitor.tap(visitor.page.get_by_label("每周重复"))
    visitor.sees("共 4 次")
    days = visitor.page.locator("input[name=exceptions]")
    left_out = days.nth(1).get_attribute("value")
    visitor.tap(days.nth(1))
    visitor.page.get_by_label("重复到").fill(days.nth(2).get_attribute("value"))
    visitor.page.get_by_label("重复到").blur()
    visitor.sees("共 3 次")
    assert days.nth(1).is_checked()
    visitor.tap_button("提交申报")
    visitor.sees("已申报 2 次值班")
    series = ConsultationShift.objects.first().series
    assert series.exceptions == [left_out]


def test_many_duties_are_arranged_in_four_clicks(people, visit):
    staff = people["staff"]
    rooms = [duties.make_room(name=f"职业咨询室 {number}") for number in (1, 2)]
    for name in ("周建国", "李敏", "王芳"):
        duties.declare(offerings.make_mentor(name))
    visitor = visit(person=staff, width=1440)
    visitor.open(LIST)
    visitor.tap(visitor.page.locator("#action-toggle"))
    visitor.page.locator("select[name=action]").select_option("arrange")
    visitor.tap(visitor.page.locator("button[name=index]"))
    visitor.sees("当时没有空闲的房间")
    visitor.tap_button("按所选房间安排")
    visitor.sees("已安排 2 个值班")
    assert visitor.taps <= MOST_CLICKS_TO_ARRANGE
    arranged = ConsultationShift.objects.filter(state=State.APPROVED)
    assert {shift.room for shift in arranged} == set(rooms)
    assert offerings.broken_invariants() == []


def test_desk_of_a_duty_on_a_phone(people, visit):
    """Who booked is checked in by one tap; who has no booking takes the next free slot."""
    shift = duties.running_shift()
    first, second = duties.slots_of(shift)[:2]
    [person] = offerings.make_people(1)
    duties.book_before(first, person)
    visitor = visit(person=people["staff"])
    visitor.open(f"{shift.get_absolute_url()}desk/")
    visitor.tap_button(f"{shift.mentor.name}已到场")
    visitor.sees(f"已记录{shift.mentor.name}到场")
    visitor.tap_button(f"{person}签到")
    visitor.sees(f"{person}已签到")
    visitor.page.get_by_label("姓名").fill("赵大海")
    visitor.page.get_by_label("手机号").fill("139 1234 5678")
    visitor.tap_button("登记到场")
    visitor.sees("赵大海已登记到场")
    assert second.offering.reservations.get().person.phone == "13912345678"
    assert visitor.taps == 3
