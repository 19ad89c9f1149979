"""A pairing's whole way in a real browser: proposed, accepted, contacts, the outcome, verified."""

import pytest

from consultations.models import Pairing
from tests import pairings
from tests.documents import PDF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

State = Pairing.State
NOTE = "简历重点不突出，先改项目经历"
# From the message to the answer, and from 我的 to the outcome.
MOST_TAPS = 4


@pytest.fixture
def reservation(mentor_user, job_seeker):
    return pairings.consultation(mentor_user.mentor, job_seeker)


def propose(mentor, reservation):
    mentor.open(f"/pairings/start/{reservation.pk}/")
    mentor.page.get_by_label("帮扶目标").fill("三个月内找到质检岗位")
    mentor.tap_button("发出邀请")
    mentor.sees("等待求职者接受")


def accept(seeker):
    """Find it on 我的 and accept."""
    seeker.taps = 0
    seeker.open("/")
    seeker.tap(seeker.page.locator(".tabbar").get_by_role("link", name="我的"))
    seeker.tap_link("周建国 导师")
    seeker.tap(seeker.page.get_by_role("button", name="接受", exact=True))
    seeker.sees("帮扶中")
    assert seeker.taps <= MOST_TAPS


def log_contact(mentor):
    """The day is there already: one tap for the means, and a line."""
    mentor.page.reload()
    mentor.page.get_by_text("登记一次联系").click()
    mentor.page.get_by_label("电话").check()
    mentor.page.get_by_label("备注").fill(NOTE)
    mentor.tap(mentor.page.get_by_role("button", name="登记", exact=True))
    mentor.sees("联系已登记。")
    mentor.sees(NOTE)


def report(mentor):
    mentor.tap_link("上报结果")
    mentor.page.get_by_label("用人单位或创办的实体").fill("三一重工股份有限公司")
    proof = {"name": "劳动合同.pdf", "mimeType": "application/pdf", "buffer": PDF}
    mentor.page.locator("input[type=file]").set_input_files(proof)
    mentor.tap(mentor.page.get_by_role("button", name="上报", exact=True))
    mentor.sees("待求职者确认")


def confirm(seeker):
    seeker.taps = 0
    seeker.open("/me/")
    seeker.tap_link("周建国 导师")
    seeker.sees("三一重工股份有限公司")
    assert not seeker.page.get_by_text(NOTE).count()
    seeker.tap_button("属实，确认")
    seeker.sees("等待工作人员核实")
    assert seeker.taps <= MOST_TAPS


def verify(staff):
    """From the first page to the one that waits, and one button."""
    staff.open("/admin/")
    staff.tap_link("待核实的安置")
    staff.tap(staff.page.locator("#result_list").get_by_role("link", name="周建国"))
    staff.sees(NOTE)
    staff.tap(staff.page.get_by_role("button", name="认定", exact=True))
    staff.sees("待核实的安置都处理完了。")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_pairing_becomes_a_placement_that_counts(
    visit, mentor_user, job_seeker, staff, reservation, javascript
):
    mentor = visit(person=mentor_user, javascript=javascript)
    seeker = visit(person=job_seeker, javascript=javascript)
    propose(mentor, reservation)
    accept(seeker)
    log_contact(mentor)
    report(mentor)
    confirm(seeker)
    verify(visit(person=staff, width=1440))
    pairing = Pairing.objects.get()
    assert pairing.state == State.PLACED
    seeker.page.reload()
    seeker.sees("已就业")
