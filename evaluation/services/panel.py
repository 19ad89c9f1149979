"""The panel of a year (专家评审团, notice 三（四）): who is on it, who judges what, who is reminded."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from evaluation import errors
from evaluation.models import EvaluationYear, PanelJudge, ScoreSheet
from evaluation.rules.stages import PANEL_OPEN
from evaluation.selectors.panel_plan import Lacking, plan_of
from evaluation.services import telling
from evaluation.services.stages import hold_year
from mentor_portal.accounts.models import User

Stage = EvaluationYear.Stage
State = ScoreSheet.State


@dataclass(frozen=True)
class Assignment:
    """What came of assigning: how many sheets were made, and what lacks judges even so."""

    of_entries: int = 0
    of_mentors: int = 0
    lacking: list[Lacking] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.of_entries + self.of_mentors


@transaction.atomic
def appoint_judge(*, year: EvaluationYear, person: User, employer: str, by: User, at: datetime) -> PanelJudge:
    """Put a person on the panel; twice is once. Without an employer that of the own mentor's record is taken.

    Raises PanelClosed, NotAJudge, JudgeWithoutEmployer.
    """
    held = _hold_open(year)
    if not (person.is_judge and person.is_active):
        raise errors.NotAJudge(person=person)
    mentor = getattr(person, "mentor", None)
    employer = employer.strip() or (mentor.employer.strip() if mentor else "")
    if not employer:
        raise errors.JudgeWithoutEmployer(person=person)
    judge, _is_new = PanelJudge.objects.get_or_create(
        year=held,
        person=person,
        defaults={"employer": employer, "appointed_at": at, "appointed_by": by},
    )
    return judge


@transaction.atomic
def release_judge(*, judge: PanelJudge, by: User, at: datetime) -> None:
    """Take a person off the panel with all sheets; twice is once.

    Raises PanelClosed, and JudgeHasSubmitted where a sheet was ever submitted.
    """
    _hold_open(judge.year)
    sheets = ScoreSheet.objects.filter(judge=judge.pk)
    if sheets.filter(state__in=[State.SUBMITTED, State.RETURNED]).exists():
        raise errors.JudgeHasSubmitted(person=judge.person)
    sheets.delete()
    PanelJudge.objects.filter(pk=judge.pk).delete()


@transaction.atomic
def assign_sheets(*, year: EvaluationYear, by: User, at: datetime) -> Assignment:
    """Give out the sheets that are missing, evenly and without conflicts; what was given out stays.

    While the judging goes on, whoever gets new ones is told. Raises PanelClosed.
    """
    held = _hold_open(year)
    plan = plan_of(held)
    ScoreSheet.objects.bulk_create(
        [
            *(_sheet(held, judge, by, at, entry_id=entry) for judge, entry in plan.of_entries),
            *(_sheet(held, judge, by, at, mentor_id=mentor) for judge, mentor in plan.of_mentors),
        ]
    )
    if held.stage == Stage.JUDGING:
        given = {judge for judge, _ in (*plan.of_entries, *plan.of_mentors)}
        telling.tell_sheets_added(held, with_unfinished(held.judges.filter(pk__in=given)), at)
    return Assignment(len(plan.of_entries), len(plan.of_mentors), plan.lacking)


@transaction.atomic
def nudge(*, year: EvaluationYear, judges: Iterable[PanelJudge], by: User, at: datetime) -> int:
    """Remind each of these judges who owes sheets, once a day at most; return how many owe some.

    Raises NothingToNudge outside the judging.
    """
    held = hold_year(year)
    if held.stage != Stage.JUDGING:
        raise errors.NothingToNudge(year=held.year)
    owing = with_unfinished(held.judges.filter(pk__in=[judge.pk for judge in judges]))
    telling.tell_nudged(held, owing, at)
    return len(owing)


def with_unfinished(judges: QuerySet[PanelJudge]) -> list[PanelJudge]:
    """Return those of a queryset of judges who owe sheets, each with how many: ``left``."""
    unfinished = Q(sheets__state__in=[State.OPEN, State.RETURNED])
    return list(judges.annotate(left=Count("sheets", filter=unfinished)).filter(left__gt=0).order_by("pk"))


def _hold_open(year: EvaluationYear) -> EvaluationYear:
    held = hold_year(year)
    if held.stage not in PANEL_OPEN:
        raise errors.PanelClosed(year=held.year, stage=held.get_stage_display())
    return held


def _sheet(year: EvaluationYear, judge: int, by: User, at: datetime, **subject: int) -> ScoreSheet:
    return ScoreSheet(year=year, judge_id=judge, assigned_at=at, assigned_by=by, **subject)
