"""A one-to-one's whole life in a real browser: declared, arranged, booked, held, and what grew out of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.models import Consultation, ConsultationShift, Pairing, Placement
from mentor_portal.reservations.models import Offering
from mentor_portal.satisfaction import Satisfaction
from tests import duties, offerings
from tests.browser import test_pairing_story as pairing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUESTION = "应届机械专业，想进装备企业做工艺"
MOST_TAPS_TO_DECLARE, MOST_TAPS_TO_BOOK = 4, 3


def declare_four_weeks(mentor):
    """From the desk, nothing typed."""
    mentor.open("/me/desk/")
    mentor.tap_link("申报值班")
    mentor.tap(mentor.page.get_by_label("每周重复"))
    mentor.tap_button("提交申报")
    mentor.sees("已申报 4 次值班")
    assert mentor.taps <= MOST_TAPS_TO_DECLARE


def arrange(staff):
    """From the first page: all that wait, one room."""
    staff.open("/admin/")
    staff.tap_link("待安排的咨询值班")
    staff.tap(staff.page.locator("#action-toggle"))
    staff.page.locator("select[name=action]").select_option("arrange")
    staff.tap(staff.page.locator("button[name=index]"))
    staff.tap_button("按所选房间安排")
    staff.sees("已安排 4 个值班")


def book(seeker, mentor_name):
    seeker.open("/")
    seeker.tap(seeker.page.locator(".tiles").get_by_role("link", name="约咨询"))
    seeker.tap(seeker.page.get_by_role("link", name=f"{mentor_name}，可预约"))
    seeker.page.locator("dialog[open]").get_by_label("想咨询什么").fill(QUESTION)
    seeker.tap_button("确认预约")
    seeker.sees("预约成功，请按时到场。")
    assert seeker.taps <= MOST_TAPS_TO_BOOK


def let_it_begin(reservation, minutes_ago=1):
    """The day has come: the whole duty is moved to where the booked slot began some minutes ago."""
    reservation.offering.refresh_from_db()
    shift = reservation.offering.consultation_slot.shift
    shift.refresh_from_db()
    back = timezone.now() - timedelta(minutes=minutes_ago) - reservation.offering.starts_at
    ConsultationShift.objects.filter(pk=shift.pk).update(
        starts_at=shift.starts_at + back, ends_at=shift.ends_at + back
    )
    for slot in duties.slots_of(shift):
        offering = slot.offering
        Offering.objects.filter(pk=offering.pk).update(
            starts_at=offering.starts_at + back,
            ends_at=offering.ends_at + back,
            booking_opens_at=offering.booking_opens_at + back - timedelta(days=1),
            booking_closes_at=offering.booking_closes_at + back,
        )
    return shift


def hold(staff, shift, person):
    """At the desk of the duty: the mentor is there, and so is who booked."""
    staff.open(f"{shift.get_absolute_url()}desk/")
    staff.tap_button(f"{shift.mentor.name}已到场")
    staff.sees(f"已记录{shift.mentor.name}到场")
    staff.tap_button(f"{person}签到")
    staff.sees(f"{person}已签到")


def write_the_outcome(mentor, person):
    """From the desk: the question, a note, what came of it."""
    mentor.open("/me/desk/")
    mentor.tap_link(f"写{person}的咨询记录")
    mentor.sees(QUESTION)
    mentor.tap(mentor.page.get_by_label("转入结对帮扶"))
    mentor.page.locator("[name=notes]").fill("经历扎实，缺项目表达")
    mentor.tap_button("保存记录")
    mentor.sees("已保存。")
    mentor.tap_link("发起结对帮扶")
    mentor.page.get_by_label("帮扶目标").fill("三个月内找到工艺岗位")
    mentor.tap_button("发出邀请")
    mentor.sees("等待求职者接受")


def rate(seeker, reservation):
    seeker.open(reservation.offering.get_absolute_url())
    seeker.tap(seeker.page.get_by_label("非常满意"))
    seeker.tap_button("提交评价")
    seeker.sees("谢谢您的评价。")


def test_one_to_one_from_the_declared_weeks_to_a_verified_placement(visit, mentor_user, job_seeker, staff):
    duties.make_room(name="中心一楼咨询室")
    mentor, seeker = visit(person=mentor_user), visit(person=job_seeker)
    at_work = visit(person=staff, width=1440)
    declare_four_weeks(mentor)
    arrange(at_work)
    book(seeker, mentor_user.mentor.name)

    reservation = job_seeker.reservations.select_related("offering__consultation_slot__shift").get()
    shift = let_it_begin(reservation)
    hold(visit(person=staff), shift, job_seeker)
    write_the_outcome(mentor, job_seeker)
    let_it_begin(reservation, minutes_ago=31)
    rate(seeker, reservation)
    kept = Consultation.objects.get()
    assert (kept.outcome, kept.rating) == (Consultation.Outcome.PAIRING, Satisfaction.VERY_GOOD)

    pairing.accept(seeker)
    mentor.page.reload()
    pairing.report(mentor)
    pairing.confirm(seeker)
    at_work.open("/admin/")
    at_work.tap_link("待核实的安置")
    at_work.tap(at_work.page.locator("#result_list").get_by_role("link", name=mentor_user.mentor.name))
    at_work.tap(at_work.page.get_by_role("button", name="认定", exact=True))
    at_work.sees("待核实的安置都处理完了。")
    assert Pairing.objects.get().started_from == reservation
    assert Placement.objects.verified().count() == 1
    assert offerings.broken_invariants() == []
    assert [each.complaints for each in (mentor, seeker, at_work)] == [[], [], []]
