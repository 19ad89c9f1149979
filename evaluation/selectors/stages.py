"""What still stands before a year's next stage, in words for the staff."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse

from evaluation.models import BonusEvent, EvaluationYear, RankingRun, ScoreSheet
from evaluation.selectors.flags import flags_of
from mentor_portal.wording import end_of_day

Stage = EvaluationYear.Stage


@dataclass(frozen=True)
class Lack:
    """Something that is missing before the next stage; one that is not ``is_blocking`` may be passed over.

    ``url`` leads to where it can be done, "" where nowhere.
    """

    sentence: str
    is_blocking: bool = False
    url: str = ""


def lacks_of(year: EvaluationYear, at: datetime) -> list[Lack]:
    """Return what is missing before the year's next stage, what must be done first at the head."""
    found = list(_LACKS.get(year.stage, _nothing)(year, at))
    return sorted(found, key=lambda lack: not lack.is_blocking)


def began_computing_at(year: EvaluationYear) -> datetime | None:
    """Return when the judging was last closed; runs from before lack a part of the scores."""
    steps = year.steps.filter(after=Stage.COMPUTING)
    return steps.order_by("-taken_at").values_list("taken_at", flat=True).first()


def fresh_runs(year: EvaluationYear) -> list[RankingRun]:
    """Return the runs that are done and began after the judging was closed, the newest first."""
    since = began_computing_at(year)
    return list(year.runs.done().filter(created_at__gte=since)) if since else []


def _nothing(year: EvaluationYear, at: datetime) -> Iterator[Lack]:
    yield from ()


def _before_judging(year: EvaluationYear, at: datetime) -> Iterator[Lack]:
    entries = _list("coursewareentry", year)
    judges = year.judges.count()
    if judges < year.min_judges:
        word = f"评审团现有 {judges} 人，每件课件至少要 {year.min_judges} 人评审，请先加入评审专家。"
        yield Lack(word, True, _list("paneljudge", year))
    if not year.entries.confirmed().exists():
        yield Lack("还没有确认参评的课件。", True, entries)
    if undecided := year.entries.undecided().count():
        yield Lack(f"还有 {undecided} 件推荐的课件没有决定是否参评。", True, entries)
    few = _entries_with_few_sheets(year)
    if few:
        yield Lack(f"{few} 件课件分到的评审专家不足 {year.min_judges} 人。", True, _panel(year))
    if not year.sheets.of_mentors().exists():
        yield Lack("还没有分配课堂组织能力的评分表，导师这三项会计 0 分。", url=_panel(year))
    if year.judging_due_on is None:
        yield Lack("还没有定评审截止日期。", url=_year(year))


def _entries_with_few_sheets(year: EvaluationYear) -> int:
    standing = Count("sheets", filter=~Q(sheets__state=ScoreSheet.State.RECUSED))
    return year.entries.confirmed().annotate(of_judges=standing).filter(of_judges__lt=year.min_judges).count()


def _before_computing(year: EvaluationYear, at: datetime) -> Iterator[Lack]:
    if left := year.sheets.unfinished().count():
        word = f"还有 {left} 份评分表没有提交，进入计算后不再接收，未提交的不计。"
        yield Lack(word, url=_panel(year))
    submitted = Count("sheets", filter=Q(sheets__state=ScoreSheet.State.SUBMITTED))
    entries = year.entries.confirmed().annotate(submitted=submitted)
    if few := entries.filter(submitted__lt=year.min_judges).count():
        word = f"{few} 件课件已提交的评分表不足 {year.min_judges} 份，不会参加排名。"
        yield Lack(word, url=_panel(year))
    if waiting := BonusEvent.objects.undecided().filter(held_on__year=year.year).count():
        word = f"还有 {waiting} 项加分活动没有核实，不会计分。"
        yield Lack(word, url=reverse("admin:evaluation_bonusevent_changelist"))


def _before_review(year: EvaluationYear, at: datetime) -> Iterator[Lack]:
    if year.runs.under_way().exists():
        yield Lack("排名计算正在进行，请等它完成。", True, _list("rankingrun", year))
    elif not fresh_runs(year):
        yield Lack("评审结束之后还没有完成的排名计算，请先开始计算。", True, _list("rankingrun", year))


def _before_objections(year: EvaluationYear, at: datetime) -> Iterator[Lack]:
    run = year.runs.filter(is_result=True).first()
    if run is None:
        yield Lack("还没有选定哪一次计算作为年度结果。", True, _list("rankingrun", year))
        return
    for flag in flags_of(run):
        yield Lack(flag.sentence)


def _before_final(year: EvaluationYear, at: datetime) -> Iterator[Lack]:
    if at < year.objections_until:
        yield Lack(f"公示到 {end_of_day(year.objections_until)} 为止。", True)
    if waiting := year.objections.unanswered().count():
        yield Lack(f"还有 {waiting} 条异议没有答复。", True, _list("objection", year))
    run = year.runs.filter(is_result=True).first()
    if year.objections.filter(outcome="upheld", run=run).exists():
        word = "有成立的异议针对现在的结果，请确认是否需要重新计算并更换结果。"
        yield Lack(word, url=_list("objection", year))


def _list(model: str, year: EvaluationYear) -> str:
    return f"{reverse(f'admin:evaluation_{model}_changelist')}?year__id__exact={year.pk}"


def _panel(year: EvaluationYear) -> str:
    return reverse("admin:evaluation_evaluationyear_panel", args=[year.pk])


def _year(year: EvaluationYear) -> str:
    return reverse("admin:evaluation_evaluationyear_change", args=[year.pk])


_LACKS: dict[str, Callable[[EvaluationYear, datetime], Iterator[Lack]]] = {
    Stage.PREPARATION: _before_judging,
    Stage.JUDGING: _before_computing,
    Stage.COMPUTING: _before_review,
    Stage.REVIEW: _before_objections,
    Stage.OBJECTIONS: _before_final,
}
