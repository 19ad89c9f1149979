"""A year's result: which run it is, and the objections to it (公示)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from evaluation import errors
from evaluation.models import EvaluationYear, Objection, RankingRun, YearStep
from evaluation.rules.stages import OBJECTION_WORKDAYS, RESULT_CHOSEN
from evaluation.selectors.stages import began_computing_at
from evaluation.services import telling
from evaluation.services.stages import hold_year, open_objections
from mentor_portal.accounts.models import User

Stage = EvaluationYear.Stage
# What one person may have waiting for an answer at a time.
MOST_OBJECTIONS = 3


@transaction.atomic
def choose_result(*, run: RankingRun, by: User, at: datetime, reason: str = "") -> None:
    """Make a run the year's result in place of any other; twice is once.

    While the result is shown this is a correction: it needs a reason, and the days of 公示 begin anew.
    Raises ResultNotChosenNow, RunNotDone, RunTooOld, CorrectionUnexplained.
    """
    year = hold_year(run.year)
    run = RankingRun.objects.select_for_update(no_key=True, of=("self",)).get(pk=run.pk)
    if run.is_result:
        return
    _refuse_unfit(year, run)
    is_correction = year.stage == Stage.OBJECTIONS
    if is_correction and not reason.strip():
        raise errors.CorrectionUnexplained(days=OBJECTION_WORKDAYS)
    RankingRun.objects.filter(year=year, is_result=True).update(is_result=False)
    run.is_result = True
    run.save(update_fields=["is_result"])
    words = f"选定第 {run.number} 次计算为年度结果。{reason.strip()}"
    YearStep.objects.create(
        year=year, before=year.stage, after=year.stage, taken_at=at, taken_by=by, reason=words
    )
    if is_correction:
        open_objections(year, at)
        year.save(update_fields=["objections_until"])


def _refuse_unfit(year: EvaluationYear, run: RankingRun) -> None:
    if year.stage not in RESULT_CHOSEN:
        raise errors.ResultNotChosenNow(stage=year.get_stage_display())
    if run.state != RankingRun.State.DONE:
        raise errors.RunNotDone
    closed_at = began_computing_at(year)
    if closed_at is None or run.created_at < closed_at:
        raise errors.RunTooOld


@transaction.atomic
def raise_objection(
    *,
    year: EvaluationYear,
    name: str,
    phone: str,
    text: str,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> Objection:
    """Somebody signed in objects to the result that is shown; staff are told.

    What the same page sends again is answered with the first. Raises ObjectionsClosed, ObjectionIncomplete,
    TooManyObjections.
    """
    held = hold_year(year)
    if key and (known := Objection.objects.filter(person=by, key=key).first()):
        return known
    if held.objections.unanswered().filter(person=by).count() >= MOST_OBJECTIONS:
        raise errors.TooManyObjections(most=MOST_OBJECTIONS)
    return _take(held, name, phone, text, at, person=by, key=key)


@transaction.atomic
def record_objection(
    *,
    year: EvaluationYear,
    name: str,
    phone: str,
    text: str,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> Objection:
    """Staff note what somebody objects at the desk; what the same page sends again is the first.

    Raises ObjectionsClosed, ObjectionIncomplete.
    """
    held = hold_year(year)
    if key and (known := Objection.objects.filter(recorded_by=by, key=key).first()):
        return known
    return _take(held, name, phone, text, at, recorded_by=by, key=key)


@transaction.atomic
def answer_objection(*, objection: Objection, outcome: str, answer: str, by: User, at: datetime) -> Objection:
    """Answer an objection, once; who objected is told. Raises AnswerIncomplete, ObjectionAnswered."""
    if outcome not in Objection.Outcome.values or not answer.strip():
        raise errors.AnswerIncomplete
    held = Objection.objects.select_for_update(no_key=True, of=("self",)).get(pk=objection.pk)
    if held.is_answered:
        raise errors.ObjectionAnswered
    held.outcome, held.answer = outcome, answer.strip()
    held.answered_at, held.answered_by = at, by
    held.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
    telling.tell_answered(held, at)
    return held


def _take(
    year: EvaluationYear, name: str, phone: str, text: str, at: datetime, **brought_by: object
) -> Objection:
    if not year.takes_objections(at):
        raise errors.ObjectionsClosed
    if not (name.strip() and phone.strip() and text.strip()):
        raise errors.ObjectionIncomplete
    objection = Objection.objects.create(
        year=year,
        run=year.runs.get(is_result=True),
        name=name.strip(),
        phone=phone.strip(),
        text=text.strip(),
        raised_at=at,
        **brought_by,
    )
    telling.tell_raised(objection, at)
    return objection
