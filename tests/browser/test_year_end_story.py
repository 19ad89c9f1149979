"""A whole year-end in a real browser: the panel judges, staff run, show and publish, a mentor reads."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation import services
from evaluation.models import Award, EvaluationYear, Objection, RankingRun, ScoreSheet
from evaluation.services import run_work
from mentors.models import Like
from tests import judged, panel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Stage = EvaluationYear.Stage


@pytest.fixture
def year(scene) -> EvaluationYear:
    """A year with three judges, two courseware and their sheets; two of the judges are done."""
    staff, year = scene.people["staff"], panel.this_year()
    for name, likes in (("甲导师", 3), ("乙导师", 2)):
        mentor = judged.appointed(year, name, likes=likes)
        panel.confirmed(staff, mentor, title=f"{name}的课件")
    services.appoint_judge(
        year=year, person=scene.people["judge"], employer="湖南师范大学", by=staff, at=timezone.now()
    )
    for _ in range(2):
        panel.make_judge(year, staff, employer="中南大学")
    services.assign_sheets(year=year, by=staff, at=timezone.now())
    return year


def stage() -> str:
    return EvaluationYear.objects.get().stage


def open_path(at_work) -> None:
    """From the staff's first page to the path of the year they are at, by the menu."""
    at_work.open("/admin/")
    at_work.tap(at_work.page.get_by_role("link", name="年度流程").first)
    at_work.sees("现在是“")


def step_to(at_work, word: str) -> None:
    seen = at_work.page.get_by_label("已看过以上情况，仍然进入下一阶段")
    if seen.count():
        seen.check()
    at_work.tap_button(f"进入“{word}”阶段")
    at_work.sees(f"已进入“{word}”阶段。")


def score_by_keyboard(judge, sheet: ScoreSheet) -> None:
    judge.open(reverse("judging:sheet-list"))
    keys = judge.page.keyboard
    judge.page.get_by_role("link", name=f"评分：{sheet.subject}").first.focus()
    keys.press("Enter")
    judge.comes_to(sheet.get_absolute_url())
    judge.page.locator("[data-points]").first.focus()
    for item in sheet.year.items.of_courseware():
        keys.type(str(int(item.maximum) - 1))
        keys.press("Enter")
    judge.sees("已保存")
    keys.press("Enter")
    judge.comes_to(reverse("judging:sheet-submit", args=[sheet.pk]))
    judge.page.wait_for_load_state()
    judge.sees("83")
    keys.press("Enter")
    judge.sees(f"{sheet.subject} 已提交。")


def work() -> None:
    services.work_on_runs(clock=timezone.now, until=timezone.now() + timedelta(seconds=30))


def test_year_end_from_the_panel_to_the_awards(scene, visit, year, monkeypatch):
    at_work = visit(person=scene.people["staff"], width=1440)
    open_path(at_work)
    step_to(at_work, "评审")

    judge = visit(person=scene.people["judge"], width=1440)
    for sheet in ScoreSheet.objects.of(scene.people["judge"]).of_courseware():
        score_by_keyboard(judge, sheet)
    for sheet in ScoreSheet.objects.unfinished().of_courseware():
        panel.give(sheet, share="0.8")

    open_path(at_work)
    step_to(at_work, "计算")
    first = _run_and_watch(at_work, monkeypatch)
    Like.objects.filter(mentor__name="甲导师").delete()
    open_path(at_work)
    at_work.tap_button("重新计算")
    at_work.sees("已排队，几秒之内开始。")
    work()
    second = RankingRun.objects.latest("pk")
    _compare(at_work)

    open_path(at_work)
    step_to(at_work, "复核")
    at_work.page.get_by_label(f"第 {second.number} 次计算").check()
    at_work.tap_button("作为年度结果")
    at_work.sees(f"已选定第 {second.number} 次计算为年度结果。")
    step_to(at_work, "公示")

    _object_and_answer(scene, visit, at_work, year)
    EvaluationYear.objects.update(objections_until=timezone.now())
    open_path(at_work)
    step_to(at_work, "定稿")
    assert stage() == Stage.FINAL
    assert not first.awards.exists()
    assert Award.objects.of_courseware().count() == 2

    mentor = visit(person=second.cards.get(mentor__name="乙导师").mentor.user)
    mentor.open(f"{reverse('evaluation:own-card')}?year={year.year}")
    mentor.sees("点赞 2 个 × 5%")
    everyone = visit()
    everyone.open(reverse("awards:year-detail", args=[year.year]))
    everyone.sees("乙导师的课件")


def _run_and_watch(at_work, monkeypatch) -> RankingRun:
    """Start a run and see it go on by itself, part by part, until its ranks are there."""
    monkeypatch.setattr(run_work, "CHUNK_MENTORS", 1)
    at_work.tap_button("开始计算")
    at_work.sees("已排队，几秒之内开始。")
    run = RankingRun.objects.get()
    services.work_on_runs(clock=timezone.now, until=timezone.now())
    run_work._do(run, run_work._claim(run, timezone.now()), timezone.now)
    at_work.sees("已算完 1 / ")
    work()
    at_work.sees("优秀职业导师排名")
    at_work.sees("优秀课件排名")
    return run


def _compare(at_work) -> None:
    """From the page of a run, which shows its ranks by itself when they are there, to what moved."""
    at_work.sees("优秀职业导师排名")
    at_work.tap_link("与另一次比较")
    at_work.sees("0.15 → 0.00")
    at_work.sees("甲导师")


def _object_and_answer(scene, visit, at_work, year: EvaluationYear) -> None:
    """Somebody signed in objects on a phone, staff answer, and the answer is there."""
    owner = visit(person=scene.people["owner"])
    owner.open(reverse("awards:year-detail", args=[year.year]))
    owner.tap(owner.page.get_by_role("link", name="提出异议", exact=True))
    owner.page.get_by_label("异议内容").fill("乙导师的课件与网上的一份相同。")
    owner.tap(owner.page.get_by_role("button", name="提交"))
    owner.comes_to(reverse("awards:year-detail", args=[year.year]))
    objection = Objection.objects.get()
    at_work.open(reverse("admin:evaluation_objection_change", args=[objection.pk]))
    at_work.page.get_by_label("异议不成立").check()
    at_work.page.locator("[name=answer]").fill("经比对，两份课件内容不同。")
    at_work.tap(at_work.page.locator("[name=_save]"))
    at_work.comes_to(reverse("admin:evaluation_objection_changelist"))
    owner.page.reload()
    owner.sees("经比对，两份课件内容不同。")
