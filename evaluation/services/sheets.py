"""What a judge gives (annexes 1 and 2): a sheet is drafted, submitted whole, returned, or given up."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from evaluation import errors
from evaluation.models import STEP, EvaluationYear, RubricItem, ScoreSheet, SheetScore
from evaluation.rules import sheets as rules
from evaluation.rules.sheets import Points
from evaluation.selectors.sheets import conflict_on, points_of, rubric_of
from evaluation.services import telling
from evaluation.services.stages import hold_year
from mentor_portal.accounts.models import User

State = ScoreSheet.State


@transaction.atomic
def save_sheet(
    *, sheet: ScoreSheet, points: Points, remark: str, revision: int, by: User, at: datetime
) -> ScoreSheet:
    """Keep the points of every row, by the key of its item, and the remark; ``None`` takes points back.

    ``revision`` is what the page has last heard of. Saving what is there already changes nothing. Raises
    SheetNotOwn, JudgingClosed, SheetLocked, SheetConflicts, SheetChanged, PointsOutside.
    """
    held = _hold_own(sheet, by)
    _refuse_closed(held)
    _refuse_conflict(held)
    items = list(rubric_of(held))
    _refuse_outside(items, points)
    given = {item.pk: points[item.pk] for item in items if points.get(item.pk) is not None}
    if given == points_of(held) and remark == held.remark:
        return held
    if revision != held.revision:
        raise errors.SheetChanged
    _write(held, given)
    held.remark, held.saved_at = remark, at
    held.revision += 1
    held.save(update_fields=["remark", "saved_at", "revision"])
    return held


@transaction.atomic
def submit_sheet(*, sheet: ScoreSheet, revision: int, by: User, at: datetime) -> ScoreSheet:
    """Submit a sheet as it was kept at this revision, whole; from then on it is locked. Twice is once.

    Raises SheetNotOwn, JudgingClosed, SheetLocked, SheetConflicts, SheetChanged, SheetIncomplete.
    """
    held = _hold_own(sheet, by)
    if held.state == State.SUBMITTED and held.revision == revision:
        return held
    _refuse_closed(held)
    _refuse_conflict(held)
    if revision != held.revision:
        raise errors.SheetChanged
    _refuse_incomplete(held)
    held.total = held.scores.aggregate(total=Sum("points"))["total"]
    held.state, held.submitted_at = State.SUBMITTED, at
    held.save(update_fields=["total", "state", "submitted_at"])
    return held


@transaction.atomic
def recuse(*, sheet: ScoreSheet, reason: str, by: User, at: datetime) -> ScoreSheet:
    """Let a judge step back from a sheet that is not submitted: its points go, and it never comes again.

    Twice is once. Raises RecusalUnexplained, SheetNotOwn, JudgingClosed, SheetLocked.
    """
    held = _hold_own(sheet, by)
    if held.state == State.RECUSED:
        return held
    _refuse_closed(held)
    if not reason.strip():
        raise errors.RecusalUnexplained
    held.scores.all().delete()
    held.state, held.reason, held.recused_at, held.remark = State.RECUSED, reason.strip(), at, ""
    held.revision += 1
    held.save(update_fields=["state", "reason", "recused_at", "remark", "revision"])
    return held


@transaction.atomic
def return_sheet(*, sheet: ScoreSheet, reason: str, by: User, at: datetime) -> ScoreSheet:
    """Give a submitted sheet back to its judge to be changed; it has no total until submitted again.

    The judge is told; twice is once. Raises ReturnUnexplained, JudgingClosed, SheetNotReturnable.
    """
    if not reason.strip():
        raise errors.ReturnUnexplained
    held = _hold(sheet)
    if held.state == State.RETURNED:
        return held
    _refuse_outside_judging(held.year)
    if held.state != State.SUBMITTED:
        raise errors.SheetNotReturnable(state=held.get_state_display())
    held.state, held.total, held.reason = State.RETURNED, None, reason.strip()
    held.returned_at, held.returned_by = at, by
    held.revision += 1
    held.save(update_fields=["state", "total", "reason", "returned_at", "returned_by", "revision"])
    telling.tell_returned(held, at)
    return held


def _hold(sheet: ScoreSheet) -> ScoreSheet:
    """Return the sheet as it is now, held behind its year. Raises SheetNotOwn where it is gone."""
    year = hold_year(sheet.year)
    rows = ScoreSheet.objects.select_for_update(no_key=True, of=("self",))
    related = rows.select_related("judge__person__mentor", "entry__courseware__mentor", "mentor")
    held = related.filter(pk=sheet.pk).first()
    if held is None:
        raise errors.SheetNotOwn
    held.year = year
    return held


def _hold_own(sheet: ScoreSheet, by: User) -> ScoreSheet:
    held = _hold(sheet)
    if held.judge.person_id != by.pk:
        raise errors.SheetNotOwn
    return held


def _refuse_closed(sheet: ScoreSheet) -> None:
    _refuse_outside_judging(sheet.year)
    if not sheet.is_open:
        raise errors.SheetLocked(state=sheet.get_state_display())


def _refuse_outside_judging(year: EvaluationYear) -> None:
    if year.stage != EvaluationYear.Stage.JUDGING:
        raise errors.JudgingClosed(year=year.year, stage=year.get_stage_display())


def _refuse_conflict(sheet: ScoreSheet) -> None:
    """Look again: an employer may have changed since the sheet was given out."""
    if why := conflict_on(sheet):
        raise errors.SheetConflicts(why=why)


def _refuse_outside(items: Iterable[RubricItem], points: Points) -> None:
    by_key = {item.pk: item for item in items}
    rows = rules.outside(points, {key: item.maximum for key, item in by_key.items()}, STEP)
    if rows:
        raise errors.PointsOutside(rows=rows, names=_names(by_key[row] for row in rows))


def _refuse_incomplete(sheet: ScoreSheet) -> None:
    by_key = {item.pk: item for item in rubric_of(sheet)}
    rows = rules.missing(points_of(sheet), {key: item.maximum for key, item in by_key.items()})
    if rows:
        raise errors.SheetIncomplete(rows=rows, count=len(rows), names=_names(by_key[row] for row in rows))


def _names(items: Iterable[RubricItem]) -> str:
    return "".join(f"“{item.name}”" for item in items)


def _write(sheet: ScoreSheet, given: dict[int, Decimal]) -> None:
    """Make the rows of a sheet these, and no others."""
    sheet.scores.exclude(item__in=given).delete()
    rows = [SheetScore(sheet=sheet, item_id=item, points=points) for item, points in given.items()]
    SheetScore.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["sheet", "item"], update_fields=["points"]
    )
