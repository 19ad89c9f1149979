"""The staff's pages of runs: how far one is, its ranks and cards, another beside it, and cancelling."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation import services
from evaluation.models import EvaluationYear, RankingRun
from evaluation.services import run_work
from mentors.models import Like
from tests import judged, panel

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(staff) -> EvaluationYear:
    return judged.computing(panel.this_year(), staff)


@pytest.fixture
def start(year, staff):
    return lambda: services.start_run(year=year, by=staff, at=timezone.now())


@pytest.fixture
def staffs(client, staff):
    client.force_login(staff)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"admin:evaluation_rankingrun_{name}", args=args)


def text(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_run_under_way_shows_how_far_it_is_and_no_result(staffs, year, start, monkeypatch):
    monkeypatch.setattr(run_work, "CHUNK_MENTORS", 1)
    for name in ("甲导师", "乙导师", "丙导师"):
        judged.appointed(year, name)
    run = start()
    assert "已排队" in text(staffs.get(page("change", run.pk)))
    services.work_on_runs(clock=timezone.now, until=timezone.now())
    chunk = run_work._claim(run, timezone.now())
    run_work._do(run, chunk, timezone.now)
    shown = text(staffs.get(page("change", run.pk)))
    assert '已算完 <b class="run-number">1</b> / 3 位导师' in shown
    assert "甲导师" not in shown
    fragment = staffs.get(page("progress", run.pk))
    assert "<html" not in fragment.content.decode()
    assert 'value="33"' in text(fragment)


def test_progress_of_a_run_that_has_ended_loads_the_page_anew(staffs, start):
    run = judged.done(start())
    assert staffs.get(page("progress", run.pk)).headers["HX-Refresh"] == "true"


def test_run_that_is_done_shows_ranks_flags_and_leads_to_cards(staffs, year, start):
    first = judged.appointed(year, "甲导师", likes=5)
    judged.appointed(year, "乙导师", likes=2)
    run = judged.done(start())
    shown = text(staffs.get(page("change", run.pk)))
    assert shown.index("甲导师</a>") < shown.index("乙导师</a>")
    assert "2 位导师未达上课基数：甲导师、乙导师。" in shown
    card = page("card", run.pk, first.pk)
    assert card in shown
    of_card = text(staffs.get(card))
    assert "点赞 5 个 × 5%" in of_card
    assert "0.25 分，第 1 名" in of_card


def test_search_finds_a_mentor_by_name_and_says_where_there_is_none(staffs, year, start):
    judged.appointed(year, "甲导师")
    judged.appointed(year, "乙导师")
    run = judged.done(start())
    found = text(staffs.get(page("change", run.pk), {"q": "乙"}))
    assert "乙导师</a>" in found
    assert "甲导师</a>" not in found
    assert "没有叫“丁”的导师" in text(staffs.get(page("change", run.pk), {"q": "丁"}))


def test_card_is_there_only_in_a_run_that_is_done(staffs, year, start):
    mentor = judged.appointed(year)
    run = start()
    assert staffs.get(page("card", run.pk, mentor.pk)).status_code == 404
    judged.done(run)
    assert staffs.get(page("card", run.pk, mentor.pk)).status_code == 200


def test_comparison_says_who_moved_because_of_which_line(staffs, year, start):
    for name, likes in (("甲导师", 4), ("乙导师", 3), ("丙导师", 1)):
        judged.appointed(year, name, likes=likes)
    before = judged.done(start())
    Like.objects.filter(mentor__name="甲导师").delete()
    after = judged.done(start())
    shown = text(staffs.get(page("compare", after.pk), {"with": before.number}))
    assert "3 位导师的名次或得分有变化" in shown
    assert '点赞量 <span class="run-number">0.20 → 0.00</span>' in shown
    assert "得分不变，因他人变化而移动" in shown
    assert "两次的校验值不同" in shown


def test_comparison_of_equal_runs_says_so_and_names_who_is_gone(staffs, year, start):
    mentor = judged.appointed(year, "甲导师")
    before = judged.done(start())
    same = judged.done(start())
    assert "两次计算的名次和得分完全一样" in text(staffs.get(page("compare", same.pk)))
    mentor.appointments.update(state="revoked")
    after = judged.done(start())
    assert "甲导师（上次第 1 名，0.00 分）" in text(
        staffs.get(page("compare", after.pk), {"with": before.number})
    )


@pytest.mark.parametrize("wanted", ["77", "x", "-1", "99999999999999999999"])
def test_comparison_with_a_run_that_is_not_there_is_a_404(staffs, start, wanted):
    judged.done(start())
    run = judged.done(start())
    assert staffs.get(page("compare", run.pk), {"with": wanted}).status_code == 404


def test_only_run_has_nothing_to_be_compared_with(staffs, start):
    run = judged.done(start())
    assert "与另一次比较" not in text(staffs.get(page("change", run.pk)))
    assert staffs.get(page("compare", run.pk)).status_code == 404


def test_staff_cancel_a_run_and_are_told_when_it_has_ended(staffs, start):
    run = start()
    assert page("cancel", run.pk) in text(staffs.get(page("change", run.pk)))
    assert "会丢弃" in text(staffs.get(page("cancel", run.pk)))
    assert "已取消，没有留下结果。" in text(staffs.post(page("cancel", run.pk), follow=True))
    run.refresh_from_db()
    assert run.state == RankingRun.State.CANCELLED
    done = judged.done(start())
    assert "不用再取消" in text(staffs.post(page("cancel", done.pk), follow=True))


def test_failed_run_says_why(staffs, year, start, monkeypatch):
    judged.appointed(year)
    monkeypatch.setattr(run_work, "MOST_TRIES", 0)
    run = start()
    services.work_on_runs(clock=timezone.now, until=timezone.now() + timedelta(seconds=5))
    assert "第 1 段计算了 0 次都没有完成" in text(staffs.get(page("change", run.pk)))
