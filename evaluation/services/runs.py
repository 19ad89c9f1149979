"""Runs of the 两优 (排名计算): started by staff or by the clock, and cancelled."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from evaluation import errors
from evaluation.models import EvaluationYear, RankingRun, RunCard
from evaluation.rules.stages import RUNS_START, is_shown
from evaluation.selectors.years import snapshot_of
from evaluation.services.stages import hold_year
from mentor_portal.accounts.models import User

State = RankingRun.State
# The clock starts the year's draft one minute before the year ends, or on one of the first days after.
DRAFT_BEFORE_END = timedelta(minutes=1)
DRAFT_UNTIL = timedelta(days=7)


@transaction.atomic
def start_run(*, year: EvaluationYear, by: User, at: datetime) -> RankingRun:
    """Start a run of the year for the worker to do; while one is under way, that one is returned.

    The parameters and both rubrics are kept with it as they are now. Raises RunNotStartable outside 计算,
    复核 and 公示.
    """
    held = hold_year(year)
    if held.stage not in RUNS_START:
        raise errors.RunNotStartable(stage=held.get_stage_display())
    return _start(held, at, started_by=by)


@transaction.atomic
def start_draft(*, year: EvaluationYear, at: datetime) -> RankingRun:
    """Start a run to look at, in any stage; while one is under way, that one is returned."""
    return _start(hold_year(year), at, is_draft=True)


@transaction.atomic
def draft_ending_year(*, at: datetime) -> RankingRun | None:
    """Start the draft of a year that ends in this minute, or ended in the last days and has none yet.

    None where there is nothing to start: a year that was not opened, or whose result is shown, has no draft.
    """
    ended = timezone.localtime(at - DRAFT_UNTIL).year
    year = EvaluationYear.objects.filter(year=ended).first()
    if year is None or at < year.ends_at - DRAFT_BEFORE_END:
        return None
    held = hold_year(year)
    has_one = held.runs.filter(is_draft=True, created_at__gte=held.ends_at - DRAFT_BEFORE_END).exists()
    if has_one or is_shown(held.stage):
        return None
    return _start(held, at, is_draft=True)


@transaction.atomic
def cancel_run(*, run: RankingRun, by: User, at: datetime) -> None:
    """End a run that is under way; what it had computed by then is dropped. Twice is once.

    Raises RunEnded where it is done or has failed.
    """
    hold_year(run.year)
    held = hold_run(run)
    if held.state == State.CANCELLED:
        return
    if not held.is_under_way:
        raise errors.RunEnded(state=held.get_state_display())
    held.cancelled_by = by
    end_run(held, State.CANCELLED, at)


def hold_run(run: RankingRun) -> RankingRun:
    """Return the run as it is now, held until the transaction ends."""
    rows = RankingRun.objects.select_for_update(no_key=True, of=("self",)).select_related("year")
    return rows.get(pk=run.pk)


def end_run(run: RankingRun, state: State, at: datetime) -> None:
    """End a held run without a result. Its parts are held first, so that nobody adds to it afterwards."""
    list(run.chunks.select_for_update().order_by("number"))
    run.courseware.all().delete()
    RunCard.objects.filter(run=run).delete()
    run.state, run.ended_at = state, at
    run.save(update_fields=["state", "ended_at", "cancelled_by", "trouble"])


def _start(year: EvaluationYear, at: datetime, **fields: object) -> RankingRun:
    if under_way := year.runs.under_way().first():
        return under_way
    number = (year.runs.aggregate(last=Max("number"))["last"] or 0) + 1
    return RankingRun.objects.create(
        year=year, number=number, created_at=at, rules=snapshot_of(year), **fields
    )
