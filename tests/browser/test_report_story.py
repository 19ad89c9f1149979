"""A mentor writes a report in a real browser: counted while it is typed, kept without being asked to."""

import pytest

from research import rules
from research.models import ResearchReport
from tests import documents, trips
from tests.research.lengths import LENGTHS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
State = ResearchReport.State
NEW = "/research/reports/new/"


def body_of(visitor):
    return visitor.page.get_by_label("正文")


def shown_length(visitor):
    return int(visitor.page.locator("[data-length]").inner_text())


def kept_body(visitor, report, body):
    """Wait for the last of the saves to be in the database, at most some seconds."""
    for _ in range(80):
        report.refresh_from_db()
        if report.body == body:
            return
        visitor.page.wait_for_timeout(100)
    raise AssertionError(f"kept was {report.body}")


def test_page_counts_every_text_as_the_server_does(scene, visit):
    visitor = visit(person=scene.people["mentor"], width=1440)
    visitor.open(NEW)
    field, wrong = body_of(visitor), []
    for name, text, length in LENGTHS:
        field.fill(text)
        seen = shown_length(visitor)
        if not seen == length == rules.text_length(text):
            wrong.append(f"{name}: the page says {seen}, the table {length}")
    assert not wrong, "\n".join(wrong)


def test_missing_characters_count_down_until_there_are_enough(scene, visit):
    visitor = visit(person=scene.people["mentor"])
    visitor.open(NEW)
    visitor.sees("还差 800 字")
    body_of(visitor).fill("调研企业用工情况。")
    visitor.sees("还差 791 字")
    body_of(visitor).fill(trips.LONG)
    visitor.sees("字数已够")


def test_report_is_kept_while_it_is_written_and_handed_in(scene, visit, tmp_path):
    mentor = scene.people["new mentor"].mentor
    visitor = visit(person=mentor.user)
    visitor.open("/research/reports/")
    visitor.tap_link("写自由调研报告")
    visitor.comes_to("/research/reports/new/")  # loaded, with the script that listens to what is typed
    visitor.page.get_by_label("标题").fill("技工缺口在哪里")
    visitor.sees("草稿已保存")
    report = ResearchReport.objects.get(mentor=mentor)
    visitor.comes_to(f"/research/reports/{report.pk}/edit/")
    body_of(visitor).fill("写到一半。")
    kept_body(visitor, report, "写到一半。")
    visitor.page.reload()
    assert body_of(visitor).input_value() == "写到一半。"

    photo = tmp_path / "车间.jpg"
    photo.write_bytes(documents.picture("JPEG"))
    visitor.page.locator("input[type=file]").set_input_files(photo)
    visitor.sees("车间.jpg")
    assert report.files.count() == 1
    body_of(visitor).fill(trips.LONG)
    visitor.tap_button("提交报告")
    visitor.sees("已提交")
    report.refresh_from_db()
    assert (report.state, report.length, report.files.count()) == (State.SUBMITTED, 810, 1)


def test_two_windows_of_one_report_lose_nothing(scene, visit):
    mentor, report = scene.people["mentor"], scene.reports["draft"]
    left, right = (visit(person=mentor) for _ in range(2))
    for visitor in (left, right):
        visitor.open(f"/research/reports/{report.pk}/edit/")
    body_of(left).fill("左边窗口写的。")
    kept_body(left, report, "左边窗口写的。")
    body_of(right).fill("右边窗口写的。")
    right.sees("草稿未保存")
    right.tap_button("存草稿")
    right.sees("另一个窗口保存的内容")
    right.sees("左边窗口写的。")
    assert body_of(right).input_value() == "右边窗口写的。"
    right.tap_button("存草稿")
    right.sees("草稿已保存，可以随时继续写。")
    report.refresh_from_db()
    assert report.body == "右边窗口写的。"


def test_report_is_written_without_scripts(scene, visit):
    mentor = scene.people["new mentor"].mentor
    visitor = visit(person=mentor.user, javascript=False)
    visitor.open(NEW)
    body_of(visitor).fill("写到一半。")
    visitor.tap_button("存草稿")
    visitor.sees("草稿已保存")
    visitor.sees("5 / 800 字")
    visitor.page.get_by_label("标题").fill("技工缺口在哪里")
    body_of(visitor).fill(trips.LONG)
    visitor.tap_button("提交报告")
    visitor.sees("已提交")
    assert ResearchReport.objects.get(mentor=mentor).state == State.SUBMITTED


def test_mentor_signs_up_for_a_trip_in_the_sheet(scene, visit):
    visitor = visit(person=scene.people["mentor"])
    visitor.open(f"/research/trips/{scene.trips['open'].pk}/")
    visitor.tap_link("立即报名")
    visitor.page.locator("dialog[open] form").wait_for()
    visitor.tap_button("确认报名")
    visitor.sees("报名成功")
    assert visitor.taps == 2
