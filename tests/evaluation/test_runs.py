"""A run: started by staff or the clock, done in parts, ranked by the database, never half shown."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaluation import errors, services
from evaluation.models import EvaluationYear, RankingRun, RunCard, RunCourseware
from evaluation.scoring import MAXIMA, rank
from evaluation.selectors.cards import card_in_run
from evaluation.selectors.years import rules_from
from evaluation.services import run_work
from mentors.models import Appointment, Like
from tests import judged, moments, panel

pytestmark = pytest.mark.django_db
State, Stage = RankingRun.State, EvaluationYear.Stage


@pytest.fixture
def staff(make_user):
    return make_user("中心小王", is_staff=True)


@pytest.fixture
def year(staff) -> EvaluationYear:
    return judged.computing(panel.this_year(), staff)


@pytest.fixture
def start(year, staff):
    return lambda: services.start_run(year=year, by=staff, at=timezone.now())


def work(seconds: int = 60) -> int:
    return services.work_on_runs(clock=timezone.now, until=timezone.now() + timedelta(seconds=seconds))


def test_run_ranks_all_mentors_and_shares_equal_ranks(year, start):
    for likes in (1, 5, 3, 3):
        judged.appointed(year, likes=likes)
    run = judged.done(start())
    assert (run.state, run.mentor_count, len(run.digest)) == (State.DONE, 4, 64)
    found = list(run.cards.order_by("mentor").values_list("total", "rank"))
    assert found == [(D("0.05"), 4), (D("0.25"), 1), (D("0.15"), 2), (D("0.15"), 2)]
    assert [place for _, place in found] == rank(total for total, _ in found)


def test_card_keeps_counts_lines_and_rules_as_they_were(year, start):
    mentor = judged.appointed(year, likes=60)
    run = judged.done(start())
    card = run.cards.get(mentor=mentor)
    assert card.evidence["likes"] == 60
    assert set(card.lines) == set(MAXIMA)
    assert card.lines["likes"] == {
        "points": "3.00",
        "maximum": "5.00",
        "reason": "点赞 60 个 × 5%",
        "uncapped": "3.00",
    }
    assert card.total == sum(D(line["points"]) for line in card.lines.values())
    year.items.filter(key="likes").update(maximum=0)
    EvaluationYear.objects.update(like_percent=50)
    run.refresh_from_db()
    rules = rules_from(run.rules)
    assert (rules.maxima["likes"], rules.like_rate) == (D(5), D("0.05"))


def test_panel_and_courseware_come_in(staff):
    year = panel.this_year()
    mentor = judged.appointed(year)
    best, other = (panel.confirmed(staff, mentor, title=title) for title in ("最好的", "另一件"))
    judged.sheets_of(best, staff, [90, 92, 91])
    judged.sheets_of(other, staff, [80, 80, 81])
    judged.class_sheets(year, mentor, staff, [("4", "3", "2.5"), ("3", "2.5", "2.5")])
    judged.computing(year, staff)
    EvaluationYear.objects.update(courseware_awards=1)
    run = judged.done(services.start_run(year=year, by=staff, at=timezone.now()))
    rows = run.courseware.values_list("entry", "sheet_count", "result", "rank", "is_top")
    assert list(rows) == [(best.pk, 3, D("91.00"), 1, True), (other.pk, 3, D("80.33"), 2, False)]
    lines = run.cards.get(mentor=mentor).lines
    points = [lines[key]["points"] for key in list(MAXIMA)[:4]]
    assert points == ["3.50", "2.75", "2.50", "10.00"]


def test_sheets_that_were_not_submitted_do_not_count(staff):
    year = panel.this_year()
    mentor = judged.appointed(year)
    entry = panel.confirmed(staff, mentor)
    _kept, opened, recused = judged.sheets_of(entry, staff, [90, 10, 20])
    for sheet, state in ((opened, "returned"), (recused, "recused")):
        sheet.state, sheet.total, sheet.reason = state, None, "请再看一遍"
        sheet.save()
    judged.computing(year, staff)
    run = judged.done(services.start_run(year=year, by=staff, at=timezone.now()))
    row = run.courseware.get()
    assert (row.sheet_count, row.result, row.rank) == (1, D("90.00"), None)


def test_starting_twice_is_one_run(start):
    assert start() == start()
    assert RankingRun.objects.count() == 1


def test_runs_are_numbered_one_after_the_other(start):
    numbers = [judged.done(start()).number for _ in range(3)]
    assert numbers == [1, 2, 3]


@pytest.mark.parametrize("stage", [Stage.PREPARATION, Stage.JUDGING, Stage.FINAL])
def test_staff_start_no_run_before_the_judging_is_closed_or_after_the_end(start, stage):
    EvaluationYear.objects.update(stage=stage)
    with pytest.raises(errors.RunNotStartable, match=stage.label):
        start()


def test_same_records_give_the_same_digest_and_another_like_another(year, start):
    mentor = judged.appointed(year, likes=2)
    first, second = judged.done(start()), judged.done(start())
    assert first.digest == second.digest
    mentor.likes.first().delete()
    assert judged.done(start()).digest != first.digest


def test_parts_make_no_difference(year, start, monkeypatch):
    for likes in (1, 4, 2, 3, 2):
        judged.appointed(year, likes=likes)
    whole = judged.done(start())
    monkeypatch.setattr(run_work, "CHUNK_MENTORS", 2)
    parts = judged.done(start())
    assert parts.chunks.count() == 3
    columns = ("mentor", "total", "rank", "lines", "evidence")
    assert list(parts.cards.order_by("mentor").values(*columns)) == list(
        whole.cards.order_by("mentor").values(*columns)
    )


def test_work_stops_when_its_time_is_over_and_goes_on_at_the_next_call(year, start, monkeypatch):
    monkeypatch.setattr(run_work, "CHUNK_MENTORS", 1)
    for _ in range(3):
        judged.appointed(year)
    run = start()
    assert work(seconds=0) == 0
    run.refresh_from_db()
    assert (run.state, run.chunks.count(), run.mentor_count) == (State.RUNNING, 3, 3)
    assert work() == 3
    run.refresh_from_db()
    assert run.state == State.DONE


def test_half_a_run_is_not_visible(year, start, monkeypatch):
    monkeypatch.setattr(run_work, "CHUNK_MENTORS", 1)
    for _ in range(2):
        judged.appointed(year)
    run = start()
    run_work._prepare(run, timezone.now())
    assert run_work._do(run, run_work._claim(run, timezone.now()), timezone.now)
    assert RunCard.objects.count() == 1
    assert not RunCard.objects.visible().exists()
    assert not RankingRun.objects.done().exists()
    work()
    assert RunCard.objects.visible().count() == 2


def test_part_that_is_done_twice_is_kept_once(year, start):
    judged.appointed(year)
    run = start()
    run_work._prepare(run, timezone.now())
    chunk = run_work._claim(run, timezone.now())
    assert run_work._do(run, chunk, timezone.now)
    assert not run_work._do(run, chunk, timezone.now)
    assert run.cards.count() == 1


def test_claimed_part_is_free_again_when_its_worker_does_not_come_back(year, start):
    judged.appointed(year)
    run = start()
    run_work._prepare(run, timezone.now())
    now = timezone.now()
    assert run_work._claim(run, now)
    assert run_work._claim(run, now + timedelta(seconds=59)) is None
    assert run_work._claim(run, now + run_work.CLAIM)


def test_part_that_never_gets_done_ends_the_run_with_words(year, start):
    judged.appointed(year)
    run = start()
    run_work._prepare(run, timezone.now())
    for turn in range(run_work.MOST_TRIES + 1):
        run_work._claim(run, timezone.now() + turn * run_work.CLAIM)
    run.refresh_from_db()
    assert (run.state, run.trouble) == (State.FAILED, "第 1 段计算了 3 次都没有完成")
    assert start().number == 2


def test_record_that_cannot_be_scored_ends_the_run_with_words(staff):
    year = panel.this_year()
    mentor = judged.appointed(year)
    judged.class_sheets(year, mentor, staff, [("4", "3", "3")])
    year.items.filter(key="teaching_skill").update(maximum=2)
    judged.computing(year, staff)
    run = judged.done(services.start_run(year=year, by=staff, at=timezone.now()))
    assert run.state == State.FAILED
    assert "teaching_skill" in run.trouble
    assert not run.cards.exists()


def test_cancelled_run_keeps_nothing_and_is_not_worked_on(year, start, staff, monkeypatch):
    monkeypatch.setattr(run_work, "CHUNK_MENTORS", 1)
    for _ in range(2):
        judged.appointed(year)
    run = start()
    run_work._prepare(run, timezone.now())
    first = run_work._claim(run, timezone.now())
    run_work._do(run, first, timezone.now)
    late = run_work._claim(run, timezone.now())
    for _ in range(2):
        services.cancel_run(run=run, by=staff, at=timezone.now())
    assert not run_work._do(run, late, timezone.now)
    assert work() == 0
    run.refresh_from_db()
    assert (run.state, run.cancelled_by, run.cards.count()) == (State.CANCELLED, staff, 0)
    assert start().number == 2


def test_run_that_is_done_cannot_be_cancelled(start, staff):
    run = judged.done(start())
    with pytest.raises(errors.RunEnded, match="已完成"):
        services.cancel_run(run=run, by=staff, at=timezone.now())


def test_year_without_mentors_has_an_empty_result(start):
    run = judged.done(start())
    assert (run.state, run.mentor_count) == (State.DONE, 0)
    assert not RunCourseware.objects.exists()


@pytest.mark.parametrize(
    ("at", "starts"),
    [
        ("2026-12-31 23:58", False),
        ("2026-12-31 23:59", True),
        ("2027-01-05 23:59", True),  # the clock had stood still at the turn of the year
        ("2027-01-08 23:59", False),
    ],
)
def test_clock_starts_the_draft_at_the_end_of_the_year(at, starts):
    run = services.draft_ending_year(at=moments.at(at))
    assert (run is not None) == starts
    if run:
        assert (run.year.year, run.is_draft, run.started_by) == (2026, True, None)
        judged.done(run)
        assert services.draft_ending_year(at=moments.at(at)) is None


def test_year_whose_result_is_shown_has_no_draft_any_more():
    EvaluationYear.objects.filter(year=2026).update(stage=Stage.FINAL)
    assert services.draft_ending_year(at=moments.at("2026-12-31 23:59")) is None


def test_work_costs_the_same_queries_for_one_mentor_and_for_forty(year, start):
    def cost() -> int:
        start()
        with CaptureQueriesContext(connection) as queries:
            work()
        return len(queries)

    judged.appointed(year, likes=1)
    few = cost()
    for _ in range(39):
        judged.appointed(year, likes=1)
    assert cost() == few


def test_courseware_of_more_than_a_hundred_points_is_ranked_and_scored(staff):
    """Annex 1 with one item more: the year's own maximum counts, not the notice's hundred."""
    year = panel.this_year()
    year.items.create(rubric="courseware", position=99, group="艺术性", name="片头设计", maximum=5)
    mentor = judged.appointed(year)
    entry = panel.confirmed(staff, mentor)
    judged.sheets_of(entry, staff, [105, 104, 104])
    EvaluationYear.objects.update(courseware_percent=5)
    judged.computing(year, staff)
    run = judged.done(services.start_run(year=year, by=staff, at=timezone.now()))
    assert (run.state, run.trouble) == (State.DONE, "")
    assert run.courseware.get().result == D("104.33")


def test_next_years_rubric_needs_no_code_and_changes_no_old_result(year, start, staff):
    """An item added, a weight changed, likes switched off: data of the new year alone."""
    mentor = judged.appointed(year, likes=60)
    old = judged.done(start())
    before = list(old.cards.values())
    following = services.open_next_year(by=staff, at=timezone.now())
    following.items.create(
        rubric="courseware", position=99, group="艺术性", name="片头设计", requirement="简洁", maximum=5
    )
    following.items.filter(key="placements").update(maximum=30)
    following.items.filter(key="likes").update(maximum=0)
    Appointment.objects.filter(mentor=mentor).update(ends_on=date(following.year, 12, 31))
    Like.objects.update(year=following.year)
    new = judged.done(services.start_draft(year=following, at=timezone.now()))
    line = new.cards.get().lines["likes"]
    assert (line["points"], line["reason"]) == ("0.00", "本年度不计这一项")
    assert new.cards.get().lines["placements"]["maximum"] == "30.00"
    assert rules_from(new.rules).maxima["placements"] == 30
    assert sum(row["rubric"] == "courseware" for row in new.rules["items"]) == 18
    assert list(old.cards.values()) == before
    kept = card_in_run(old.cards.get())
    assert (kept.card.lines["likes"].points, kept.maximum) == (D("3.00"), D(110))
