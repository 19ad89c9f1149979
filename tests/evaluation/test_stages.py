"""A year's way from stage to stage: what each step asks for, what it does, and the way back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from evaluation import errors, services
from evaluation.models import Award, EvaluationYear, RankingRun, ScoreSheet
from evaluation.rules import stages
from evaluation.selectors.stages import lacks_of
from mentor_portal.notifications.models import Message
from tests import judged, offerings, panel, year_end

pytestmark = pytest.mark.django_db
Stage = EvaluationYear.Stage
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def year() -> EvaluationYear:
    return year_end.year_of(timezone.localdate().year)


@pytest.fixture
def author():
    return offerings.make_mentor(name="周建国", specialities_text="")


@pytest.fixture
def entry(staff, author):
    return panel.confirmed(staff, author, title="面试中的表达")


@pytest.fixture
def judges(year, staff) -> list:
    return [panel.make_judge(year, staff, name=f"专家{place}") for place in "甲乙丙"]


@pytest.fixture
def ready(year, staff, author, entry, judges) -> EvaluationYear:
    """A year in preparation that lacks nothing."""
    panel.taught(author, staff)
    year.judging_due_on = timezone.localdate() + timedelta(days=20)
    year.save()
    services.assign_sheets(year=year, by=staff, at=timezone.now())
    return year


@pytest.fixture
def advance(staff):
    """``advance(year)``: one step on, by default with every doubt seen."""

    def step(year: EvaluationYear, to: str = "", at: datetime | None = None, seen: bool = True):
        year.refresh_from_db()
        at, to = at or timezone.now(), to or stages.next_of(year.stage)
        taken = services.advance_year(year=year, to=to, by=staff, at=at, despite_doubts=seen)
        year.refresh_from_db()
        return taken

    return step


@pytest.fixture
def reopen(staff):
    def step(year: EvaluationYear, to: str, reason: str = "补录记录"):
        year.refresh_from_db()
        taken = services.reopen_year(year=year, to=to, reason=reason, by=staff, at=timezone.now())
        year.refresh_from_db()
        return taken

    return step


def sentences(year: EvaluationYear, at: datetime | None = None) -> list[tuple[str, bool]]:
    year.refresh_from_db()
    return [(lack.sentence, lack.is_blocking) for lack in lacks_of(year, at or timezone.now())]


def submit_all(year: EvaluationYear, share: str = "1") -> None:
    for sheet in year.sheets.all():
        panel.give(sheet, share)


def run_of(year: EvaluationYear, staff) -> RankingRun:
    return judged.done(services.start_run(year=year, by=staff, at=timezone.now()))


# The whole way


def test_year_goes_from_preparation_to_its_end_with_nothing_lacking(ready, staff, advance):
    """No doubt is passed over on the way, so that nothing is asked for in vain."""
    advance(ready, seen=False)
    submit_all(ready)
    advance(ready, seen=False)
    run = run_of(ready, staff)
    advance(ready, seen=False)
    services.choose_result(run=run, by=staff, at=timezone.now())
    advance(ready)  # the term of the mentor does not cover the whole year, or one class is below the base
    advance(ready, at=ready.objections_until, seen=False)
    assert ready.stage == Stage.FINAL
    taken = list(ready.steps.exclude(before=Stage.REVIEW, after=Stage.REVIEW).order_by("pk"))
    assert [(step.before, step.after, step.taken_by) for step in taken] == [
        ("preparation", "judging", staff),
        ("judging", "computing", staff),
        ("computing", "review", staff),
        ("review", "objections", staff),
        ("objections", "final", staff),
    ]
    assert set(Award.objects.values_list("kind", "rank")) == {("mentor", 1), ("courseware", 1)}


@pytest.mark.parametrize("to", [Stage.COMPUTING, Stage.PREPARATION, Stage.FINAL, "", "no such stage"])
def test_step_that_is_not_the_next_is_refused(ready, staff, to):
    with pytest.raises(errors.StageMoved, match="已经进入“准备”阶段"):
        services.advance_year(year=ready, to=to, by=staff, at=timezone.now(), despite_doubts=True)
    assert not ready.steps.exists()


@pytest.mark.parametrize("to", ["", Stage.FINAL, Stage.PREPARATION])
def test_no_stage_follows_the_last(year, staff, to):
    year_end.in_stage(year, Stage.FINAL)
    with pytest.raises(errors.StageMoved):
        services.advance_year(year=year, to=to, by=staff, at=timezone.now(), despite_doubts=True)


def test_same_step_again_says_that_the_year_has_moved(ready, staff, advance):
    advance(ready)
    with pytest.raises(errors.StageMoved, match="“评审”"):
        services.advance_year(year=ready, to=Stage.JUDGING, by=staff, at=timezone.now(), despite_doubts=True)
    assert ready.steps.count() == 1
    assert Message.objects.filter(kind="evaluation_judging_began").count() == 3


# Before the judging


def test_year_without_a_panel_lacks_everything_and_says_where(year, staff, advance):
    said = sentences(year)
    assert said[:2] == [
        ("评审团现有 0 人，每件课件至少要 3 人评审，请先加入评审专家。", True),
        ("还没有确认参评的课件。", True),
    ]
    assert ("还没有定评审截止日期。", False) in said
    assert all(lack.url for lack in lacks_of(year, timezone.now()))
    with pytest.raises(errors.StageNotReady, match=r"还没有确认参评的课件。$"):
        advance(year)
    assert year.stage == Stage.PREPARATION


def test_undecided_nomination_and_too_few_judges_hold_the_judging_back(ready, staff, advance):
    panel.nominated(staff, title="另一件")
    ready.sheets.of_courseware().first().delete()
    said = [sentence for sentence, is_blocking in sentences(ready) if is_blocking]
    assert said == ["还有 1 件推荐的课件没有决定是否参评。", "1 件课件分到的评审专家不足 3 人。"]
    with pytest.raises(errors.StageNotReady):
        advance(ready)


def test_judge_who_stepped_back_counts_no_longer(ready):
    sheet = ready.sheets.of_courseware().first()
    panel.changed(sheet, state="recused", reason="与作者相识")
    assert ("1 件课件分到的评审专家不足 3 人。", True) in sentences(ready)


def test_doubt_is_passed_over_only_when_it_was_seen(ready, advance):
    EvaluationYear.objects.update(judging_due_on=None)
    with pytest.raises(errors.StageHasDoubts, match="还没有定评审截止日期。"):
        advance(ready, seen=False)
    assert ready.stage == Stage.PREPARATION
    advance(ready, seen=True)
    assert ready.stage == Stage.JUDGING


def test_judging_begins_sealed_fixed_and_told(ready, entry, judges, advance):
    at = datetime(ready.year, 11, 26, 9, 0, tzinfo=SHANGHAI)
    EvaluationYear.objects.update(judging_due_on=at.date() + timedelta(days=10))
    advance(ready, at=at)
    entry.courseware.refresh_from_db()
    assert entry.courseware.is_sealed
    assert ready.judging_began_at == at
    assert not ready.is_editable
    messages = Message.objects.filter(kind="evaluation_judging_began")
    assert {message.person for message in messages} == {judge.person for judge in judges}
    body = messages[0].body
    assert "您有 2 份评分表待评" in body
    assert "请在12月6日" in body


def test_year_that_shows_authors_seals_nothing(ready, entry, advance):
    EvaluationYear.objects.update(hides_authors=False)
    advance(ready)
    entry.courseware.refresh_from_db()
    assert not entry.courseware.is_sealed


# Before the computing, the review, 公示, and the end


def test_what_the_panel_owes_is_a_doubt_before_computing(ready, advance):
    advance(ready)
    assert ("还有 6 份评分表没有提交，进入计算后不再接收，未提交的不计。", False) in sentences(ready)
    assert ("1 件课件已提交的评分表不足 3 份，不会参加排名。", False) in sentences(ready)
    submit_all(ready)
    assert sentences(ready) == []


def test_run_that_is_done_is_asked_for_before_the_review(ready, staff, advance):
    advance(ready)
    submit_all(ready)
    services.start_draft(year=ready, at=timezone.now())
    judged.done(ready.runs.get())
    advance(ready)
    assert sentences(ready) == [("评审结束之后还没有完成的排名计算，请先开始计算。", True)]
    run = services.start_run(year=ready, by=staff, at=timezone.now())
    assert sentences(ready) == [("排名计算正在进行，请等它完成。", True)]
    with pytest.raises(errors.StageNotReady):
        advance(ready)
    judged.done(run)
    advance(ready)
    assert ready.stage == Stage.REVIEW


def test_result_is_asked_for_and_what_is_unusual_is_said_before_it_is_shown(year, advance):
    year_end.in_stage(year, Stage.REVIEW)
    run = year_end.done_run(year, [(judged.appointed(year), "20", {"classes": 1})])
    assert sentences(year) == [("还没有选定哪一次计算作为年度结果。", True)]
    RankingRun.objects.filter(pk=run.pk).update(is_result=True)
    said = sentences(year)
    assert ("1 位导师未达上课基数：周建国。", False) in said
    with pytest.raises(errors.StageHasDoubts, match="未达上课基数：周建国"):
        advance(year, seen=False)
    advance(year)


def test_result_is_shown_for_five_working_days_and_every_mentor_hears_it(ready, entry, staff, advance):
    """From Monday 7 December on; the fifth working day after it is Monday 14."""
    advance(ready)
    year_end.in_stage(ready, Stage.REVIEW)
    mentors = [judged.appointed(ready, name) for name in ("李慧芳", "陈思远")]
    year_end.done_run(ready, [(mentor, "20") for mentor in mentors], is_result=True)
    advance(ready, at=datetime(2026, 12, 7, 9, 30, tzinfo=SHANGHAI))
    assert ready.objections_until == datetime(2026, 12, 15, 0, 0, tzinfo=SHANGHAI)
    entry.courseware.refresh_from_db()
    assert not entry.courseware.is_sealed
    messages = Message.objects.filter(kind="evaluation_result_shown")
    assert {message.person for message in messages} == {mentor.user for mentor in mentors}
    assert "截止 12月14日 24:00" in messages[0].body
    assert messages[0].path == f"/awards/{ready.year}/"


def test_days_of_objecting_and_answers_are_waited_for(year, job_seeker, staff, advance):
    run = year_end.shown(year, [(judged.appointed(year), "20")])
    year.refresh_from_db()
    until = year.objections_until
    objection = services.raise_objection(
        year=year, name="李明", phone="13900001234", text="少记一次", by=job_seeker, at=timezone.now()
    )
    early = until - timedelta(seconds=1)
    assert [is_blocking for _, is_blocking in sentences(year, early)] == [True, True]
    with pytest.raises(errors.StageNotReady, match=r"公示到 .* 24:00 为止。还有 1 条异议没有答复。"):
        advance(year, at=early)
    services.answer_objection(objection=objection, outcome="upheld", answer="属实", by=staff, at=until)
    [(doubt, is_blocking)] = sentences(year, until)
    assert "有成立的异议针对现在的结果" in doubt
    assert not is_blocking
    better = year_end.done_run(year, [(run.cards.get().mentor, "22")])
    services.choose_result(run=better, by=staff, at=early, reason="补记一次课")
    year.refresh_from_db()
    assert sentences(year, year.objections_until) == []


# The way back


@pytest.mark.parametrize(
    ("stage", "earlier"),
    [
        (Stage.JUDGING, [Stage.PREPARATION]),
        (Stage.COMPUTING, [Stage.PREPARATION, Stage.JUDGING]),
        (Stage.REVIEW, [Stage.PREPARATION, Stage.JUDGING, Stage.COMPUTING]),
    ],
)
def test_any_earlier_stage_can_be_gone_back_to_with_a_reason(year, staff, reopen, stage, earlier):
    for to in earlier:
        year_end.in_stage(year, stage)
        step = reopen(year, to)
        assert (year.stage, step.before, step.after, step.reason) == (to, stage, to, "补录记录")


@pytest.mark.parametrize("stage", Stage.values)
def test_no_way_leads_back_from_what_is_shown_nor_forward(year, reopen, stage):
    for shown in (Stage.OBJECTIONS, Stage.FINAL):
        year_end.in_stage(year, shown)
        with pytest.raises(errors.StageNotReopenable, match="请重新计算并更换结果"):
            reopen(year, stage)
        assert year.stage == shown


@pytest.mark.parametrize("to", [Stage.JUDGING, Stage.REVIEW, Stage.FINAL, "no such stage", ""])
def test_reopening_to_no_earlier_stage_is_refused(year, reopen, to):
    year_end.in_stage(year, Stage.JUDGING)
    with pytest.raises(errors.StageNotReopenable):
        reopen(year, to)


def test_reopening_says_why(year, reopen):
    year_end.in_stage(year, Stage.JUDGING)
    with pytest.raises(errors.ReopeningUnexplained):
        reopen(year, Stage.PREPARATION, reason=" ")


def test_reopened_year_has_no_result_and_asks_for_a_run_anew(ready, staff, advance, reopen):
    advance(ready)
    submit_all(ready)
    advance(ready)
    run = run_of(ready, staff)
    advance(ready)
    services.choose_result(run=run, by=staff, at=timezone.now())
    reopen(ready, Stage.JUDGING)
    run.refresh_from_db()
    assert not run.is_result
    advance(ready)
    assert sentences(ready) == [("评审结束之后还没有完成的排名计算，请先开始计算。", True)]


def test_preparation_is_open_again_where_nobody_gave_a_point(ready, entry, advance, reopen):
    advance(ready)
    reopen(ready, Stage.PREPARATION)
    entry.courseware.refresh_from_db()
    assert ready.is_editable
    assert not entry.courseware.is_sealed
    advance(ready)
    entry.courseware.refresh_from_db()
    assert entry.courseware.is_sealed
    assert Message.objects.filter(kind="evaluation_judging_began").count() == 6


def test_rubric_stays_fixed_once_a_point_was_given(ready, advance, reopen):
    advance(ready)
    began_at = ready.judging_began_at
    panel.give(ready.sheets.first(), is_submitted=False)
    reopen(ready, Stage.PREPARATION)
    assert ready.stage == Stage.PREPARATION
    assert not ready.is_editable
    advance(ready)
    assert ready.judging_began_at == began_at
    assert ScoreSheet.objects.filter(year=ready, scores__isnull=False).exists()
