"""The year's way from stage to stage (准备, 评审, 计算, 复核, 公示, 定稿), each step by a person."""

from datetime import datetime

from django.db import transaction

from classrooms.services import seal_courseware, unseal_courseware
from evaluation import errors
from evaluation.models import Award, EvaluationYear, RankingRun, SheetScore, YearStep
from evaluation.rules import stages
from evaluation.rules.stages import OBJECTION_WORKDAYS
from evaluation.selectors.results import winners_of
from evaluation.selectors.stages import lacks_of
from evaluation.services import telling
from mentor_portal.accounts.models import User
from mentor_portal.workdays import end_of_workday

Stage = EvaluationYear.Stage


@transaction.atomic
def advance_year(
    *, year: EvaluationYear, to: str, by: User, at: datetime, despite_doubts: bool = False
) -> YearStep:
    """Take the year to the next stage, ``to``; twice at once is one step.

    Raises StageMoved where it is no longer in the stage before, StageNotReady where something must be done
    first, StageHasDoubts where something should be and ``despite_doubts`` does not say that it was seen.
    """
    held = hold_year(year)
    if not to or stages.next_of(held.stage) != to:
        raise errors.StageMoved(year=held.year, stage=held.get_stage_display())
    lacks = lacks_of(held, at)
    if blocking := [lack.sentence for lack in lacks if lack.is_blocking]:
        raise errors.StageNotReady(lacks="".join(blocking))
    if lacks and not despite_doubts:
        raise errors.StageHasDoubts(lacks="".join(lack.sentence for lack in lacks))
    _ENTERING.get(to, _nothing)(held, at)
    return _step(held, to, by, at)


@transaction.atomic
def reopen_year(*, year: EvaluationYear, to: str, reason: str, by: User, at: datetime) -> YearStep:
    """Take the year back to an earlier stage, with a reason; what was chosen as result is chosen no longer.

    Parameters and rubrics become editable again only where no judge has given a point yet. Raises
    StageNotReopenable from 公示 on, ReopeningUnexplained.
    """
    if not reason.strip():
        raise errors.ReopeningUnexplained
    held = hold_year(year)
    if to not in stages.reopenable(held.stage):
        wanted = Stage(to).label if to in Stage.values else to
        raise errors.StageNotReopenable(stage=held.get_stage_display(), wanted=wanted)
    RankingRun.objects.filter(year=held, is_result=True).update(is_result=False)
    if to == Stage.PREPARATION:
        _set_sealed(held, False)
        if not SheetScore.objects.filter(sheet__year=held).exists():
            held.judging_began_at = None
    return _step(held, to, by, at, reason.strip())


def hold_year(year: EvaluationYear) -> EvaluationYear:
    """Return the year as it is now, held until the transaction ends; it comes before every other lock."""
    return EvaluationYear.objects.select_for_update(no_key=True, of=("self",)).get(pk=year.pk)


def _step(year: EvaluationYear, to: str, by: User, at: datetime, reason: str = "") -> YearStep:
    step = YearStep(year=year, before=year.stage, after=to, taken_at=at, taken_by=by, reason=reason)
    step.save()
    year.stage = to
    year.save(update_fields=["stage", "judging_began_at", "objections_until"])
    return step


def _nothing(year: EvaluationYear, at: datetime) -> None:
    """Stages that change nothing but the year."""


def _begin_judging(year: EvaluationYear, at: datetime) -> None:
    year.judging_began_at = year.judging_began_at or at
    _set_sealed(year, year.hides_authors)
    telling.tell_judging(year, at)


def _show_result(year: EvaluationYear, at: datetime) -> None:
    _set_sealed(year, False)
    open_objections(year, at)


def open_objections(year: EvaluationYear, at: datetime) -> None:
    """Let objections in for five working days (公示), and tell the mentors."""
    year.objections_until = end_of_workday(at, OBJECTION_WORKDAYS)
    telling.tell_shown(year, at)


def _make_final(year: EvaluationYear, at: datetime) -> None:
    run = year.runs.get(is_result=True)
    awards = [
        Award(
            year=year,
            run=run,
            kind=each.kind,
            mentor=each.mentor,
            entry=each.entry,
            rank=each.rank,
            total=each.total,
            awarded_at=at,
        )
        for each in winners_of(run)
    ]
    Award.objects.bulk_create(awards)
    telling.tell_final(year, run, awards, at)


def _set_sealed(year: EvaluationYear, is_sealed: bool) -> None:
    """Keep judges from opening what they judge elsewhere, or let them again."""
    courseware = year.entries.confirmed().values_list("courseware", flat=True)
    (seal_courseware if is_sealed else unseal_courseware)(courseware=list(courseware))


_ENTERING = {
    Stage.JUDGING: _begin_judging,
    Stage.OBJECTIONS: _show_result,
    Stage.FINAL: _make_final,
}
