"""A judge scores a courseware in a real browser by the keyboard alone; what is typed is kept by itself."""

from decimal import Decimal

import pytest
from django.urls import reverse

from evaluation.models import EvaluationYear, ScoreSheet
from evaluation.selectors.sheets import points_of, rubric_of
from tests import panel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
State = ScoreSheet.State


@pytest.fixture
def sheet(scene):
    staff = scene.people["staff"]
    member = panel.appointed(scene.people["judge"], panel.this_year(), staff)
    return panel.sheet_of(staff, member, made=scene.courseware["attendees"])


def rows_of(visitor):
    return visitor.page.locator("[data-points]")


def total_of(visitor) -> str:
    return visitor.page.locator("[data-total]").inner_text()


def is_kept(visitor, sheet, many: int) -> None:
    """Wait until so many rows are in the database, at most some seconds."""
    for _ in range(80):
        if len(points_of(sheet)) == many:
            return
        visitor.page.wait_for_timeout(100)
    raise AssertionError(f"kept were {len(points_of(sheet))} rows")


@pytest.mark.parametrize("width", [1440, 390])
def test_judge_scores_by_the_keyboard_alone(scene, sheet, visit, width):
    visitor = visit(person=scene.people["judge"], width=width)
    visitor.open(reverse("judging:sheet-list"))
    keys = visitor.page.keyboard
    visitor.link(f"继续评分：{sheet.subject}").focus()
    keys.press("Enter")
    visitor.comes_to(sheet.get_absolute_url())
    rows_of(visitor).first.focus()
    maxima = [item.maximum for item in rubric_of(sheet)]
    for maximum in maxima:
        keys.type(str((maximum - Decimal("0.5")).normalize()))
        keys.press("Enter")
    assert total_of(visitor) == "91.5"
    assert visitor.page.evaluate("document.activeElement.dataset.submit") == ""
    visitor.sees("已保存")
    is_kept(visitor, sheet, 17)
    assert visitor.path == sheet.get_absolute_url()
    keys.press("Enter")
    visitor.comes_to(reverse("judging:sheet-submit", args=[sheet.pk]))
    visitor.sees("91.5")
    keys.press("Enter")
    visitor.comes_to(reverse("judging:sheet-list"))
    visitor.sees(f"{sheet.subject} 已提交。")
    sheet.refresh_from_db()
    assert (sheet.state, sheet.total) == (State.SUBMITTED, Decimal("91.5"))
    visitor.open(sheet.get_absolute_url())
    visitor.page.reload()
    visitor.sees("不能再修改")
    assert rows_of(visitor).count() == 0


def test_totals_follow_what_is_typed_and_a_wrong_number_is_marked(scene, sheet, visit):
    visitor = visit(person=scene.people["judge"], width=1440)
    visitor.open(sheet.get_absolute_url())
    first, second = (rows_of(visitor).nth(number) for number in (0, 1))
    first.fill("４。５")
    second.fill("99")
    second.press("Shift+Enter")
    assert total_of(visitor) == "4.5"
    assert second.get_attribute("aria-invalid") == "true"
    assert visitor.page.evaluate("document.activeElement.id") == first.get_attribute("id")
    visitor.sees("0.5 分一档")
    second.fill("3")
    assert total_of(visitor) == "7.5"
    is_kept(visitor, sheet, 2)
    assert second.get_attribute("aria-invalid") == "false"


def test_saving_goes_on_by_itself_when_the_network_is_back(scene, sheet, visit):
    visitor = visit(person=scene.people["judge"], width=1440)
    visitor.open(sheet.get_absolute_url())
    visitor.page.route("**/judging/**", lambda route: route.abort("aborted"))
    rows_of(visitor).first.fill("4")
    visitor.sees("保存失败，正在重试")
    assert points_of(sheet) == {}
    visitor.page.unroute("**/judging/**")
    visitor.sees("已保存")
    is_kept(visitor, sheet, 1)


def test_two_windows_of_one_sheet_lose_nothing(scene, sheet, visit):
    left, right = (visit(person=scene.people["judge"], width=1440) for _ in range(2))
    for visitor in (left, right):
        visitor.open(sheet.get_absolute_url())
    rows_of(left).first.fill("1")
    is_kept(left, sheet, 1)
    rows_of(right).first.fill("2")
    right.sees("没有保存：这份评分表已在另一个窗口改过")
    right.tap_button("保存草稿")
    right.sees("已保存的是 1 分")
    assert rows_of(right).first.input_value() == "2"
    right.tap_button("以这里填的为准，保存")
    right.sees("草稿已保存")
    assert list(points_of(sheet).values()) == [2]


def test_page_says_so_when_the_judging_is_over(scene, sheet, visit):
    visitor = visit(person=scene.people["judge"], width=1440)
    visitor.open(sheet.get_absolute_url())
    EvaluationYear.objects.filter(pk=sheet.year_id).update(stage="computing")
    rows_of(visitor).first.fill("1")
    visitor.sees("没有保存：")
    assert points_of(sheet) == {}


def test_judge_scores_without_scripts(scene, sheet, visit):
    visitor = visit(person=scene.people["judge"], javascript=False)
    visitor.open(sheet.get_absolute_url())
    for number, item in enumerate(rubric_of(sheet)):
        rows_of(visitor).nth(number).fill(str(item.maximum))
    rows_of(visitor).nth(3).fill("")
    visitor.tap_button("提交")
    visitor.sees("请打分。")
    rows_of(visitor).nth(3).fill("8")
    visitor.tap_button("提交")
    visitor.tap_button("确认提交")
    visitor.sees("已提交。")
    sheet.refresh_from_db()
    assert sheet.total == 100
