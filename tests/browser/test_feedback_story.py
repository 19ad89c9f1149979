"""After a class, on a phone: two taps and a few words; a complaint and its settlement; the results."""

import pytest

from classrooms.models import ClassRating, RatingCase, SurveyResult
from mentor_portal.satisfaction import Satisfaction
from tests import feedback, offerings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "轨道交通装备企业怎么面"
MOST_TAPS_TO_RATE = 2


@pytest.fixture
def session(mentor_user):
    return feedback.past_session(mentors=[mentor_user.mentor], title=TITLE)


def rate(visitor, level, words=""):
    """From the front page: the level, words where there are some, the button."""
    visitor.open("/")
    visitor.tap(visitor.page.locator(".to-rate").get_by_role("link", name=level, exact=True))
    visitor.sees("匿名问卷")
    if words:
        visitor.page.get_by_label("给课堂的建议").fill(words)
    visitor.tap_button("提交评价")
    visitor.sees("谢谢您的评价")


def test_attendee_answers_in_two_taps_plus_words(visit, session, job_seeker):
    feedback.attend(session, [job_seeker])
    seeker = visit(person=job_seeker)
    rate(seeker, "非常满意", words="多讲案例")
    assert seeker.taps == MOST_TAPS_TO_RATE
    assert ClassRating.objects.get().level == Satisfaction.VERY_GOOD
    assert SurveyResult.objects.get().words == ["多讲案例"]
    assert offerings.broken_invariants() == []


def test_link_of_the_front_page_leads_there_too_and_tags_follow_the_level(visit, session, job_seeker):
    feedback.attend(session, [job_seeker])
    seeker = visit(person=job_seeker)
    seeker.open("/")
    seeker.tap_link("去评价")
    page = seeker.page
    page.get_by_text("好在哪里").wait_for(state="hidden")
    seeker.tap(page.locator(".choice-chip", has=page.locator("input[name=level][value='2']")))
    page.get_by_text("哪里要改进").wait_for()
    page.get_by_text("好在哪里").wait_for(state="hidden")
    assert page.locator(".grades .choice-chip--usual").count() == 5
    seeker.tap_button("提交评价")
    seeker.sees("谢谢您的评价")
    assert SurveyResult.objects.get().points == 25


def test_page_works_without_javascript_and_in_the_large_face(visit, session, job_seeker):
    feedback.attend(session, [job_seeker])
    seeker = visit(person=job_seeker, javascript=False, elder=True)
    seeker.open("/")
    seeker.tap_link("去评价")
    seeker.tap_button("提交评价")
    seeker.sees("请选择满意度。")
    page = seeker.page
    assert page.get_by_text("好在哪里").is_visible()
    assert page.get_by_text("哪里要改进").is_visible()
    seeker.tap(page.locator(".choice-chip", has=page.locator("input[name=level][value='4']")))
    seeker.tap_button("提交评价")
    seeker.sees("谢谢您的评价")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_complaint_is_settled_and_followed_up_and_the_mentor_reads_no_name(
    visit, session, job_seeker, mentor_user, staff
):
    [_mine, *others] = feedback.attend(session, [job_seeker, *offerings.make_people(2)])
    for row in others:
        feedback.give(row, 5)
    seeker = visit(person=job_seeker)
    rate(seeker, "不满意", words="空调太冷")
    at_work = visit(person=staff, width=1440)
    at_work.open("/admin/")
    at_work.tap_link("待回复的差评")
    at_work.tap(at_work.page.locator("#result_list").get_by_role("link", name=TITLE))
    for button, words, done in (
        ("回复", "谢谢您的意见。", "已回复，已告知评价人。"),
        ("办结", "下期改到小教室。", "已办结，已告知评价人。"),
    ):
        at_work.tap(at_work.page.get_by_role("link", name=button))
        at_work.page.locator("[name=words]").fill(words)
        at_work.tap(at_work.page.get_by_role("button", name=f"{button}并告知评价人"))
        at_work.sees(done)
    assert RatingCase.objects.get().settled_at

    seeker.page.reload()
    seeker.sees("下期改到小教室。")
    seeker.tap(seeker.page.get_by_label("满意", exact=True))
    seeker.tap_button("提交追加评价")
    seeker.sees("追加评价：满意")

    mentor = visit(person=mentor_user)
    mentor.open("/me/desk/")
    mentor.tap(mentor.page.locator("#results").locator("xpath=ancestor::section").get_by_role("link"))
    mentor.sees("空调太冷")
    assert job_seeker.name not in mentor.page.content()
