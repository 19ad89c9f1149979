"""A clinic on the day in a real browser: a number after the scan, the mentor's calls, notes, the rating."""

import pytest

from consultations.models import Consultation
from tests import clinics, offerings, scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTES = "把实训中解决的问题写进简历"


@pytest.fixture
def mentors(make_user):
    return [
        scene.make_listed_mentor(make_user("周建国"), 1),
        scene.make_listed_mentor(make_user("李慧芳"), 2),
    ]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_person_comes_is_called_and_rates_and_the_mentor_notes(visit, mentors, job_seeker, javascript):
    clinic = clinics.make_running(mentors=mentors)
    clinics.make_queue(clinic, 1)
    clinics.book(clinic, [job_seeker])
    seeker = visit(person=job_seeker, javascript=javascript)
    seeker.open(f"/check-in/{clinic.offering.check_in_code}/")
    seeker.tap_link("查看集中诊断")
    seeker.sees("您是第 2 号")
    seeker.sees("前面还有 1 人")

    mentor = visit(person=mentors[0].user, javascript=javascript)
    mentor.open(f"/consultations/clinics/{clinic.pk}/room/")
    mentor.tap_button("叫下一位")
    mentor.sees("已叫 1 号")
    mentor.page.get_by_label("咨询记录").fill(NOTES)
    mentor.tap_button("完成并叫下一位")
    mentor.sees("已叫 2 号")
    mentor.sees(clinics.QUESTION)

    seeker.open(f"/consultations/clinics/{clinic.pk}/")
    seeker.sees("请到周建国导师处")
    mentor.page.get_by_label("咨询结果").select_option("advised")
    mentor.tap(mentor.page.get_by_role("button", name="完成", exact=True))
    mentor.sees("已解答")

    seeker.open(f"/consultations/clinics/{clinic.pk}/")
    seeker.tap_link("去评价")
    seeker.page.get_by_label("非常满意").check()
    seeker.tap_button("提交评价")
    seeker.sees("谢谢您的评价")
    assert Consultation.objects.get(reservation__person=job_seeker).rating == 5
    assert offerings.broken_invariants() == []


def test_open_pages_follow_the_queue_by_themselves(visit, mentors, job_seeker):
    clinic = clinics.make_running(mentors=mentors)
    clinics.arrive(clinics.book(clinic, [job_seeker]))
    seeker, mentor = visit(person=job_seeker), visit(person=mentors[1].user)
    seeker.open(f"/consultations/clinics/{clinic.pk}/")
    seeker.sees("下一位就是您")
    mentor.open(f"/consultations/clinics/{clinic.pk}/room/")
    mentor.page.get_by_role("button", name="叫下一位").click()
    mentor.sees("已叫 1 号")
    seeker.page.get_by_text("请到李慧芳导师处").wait_for(timeout=25_000)
