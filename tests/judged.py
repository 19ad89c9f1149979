"""Makes what a run needs for tests: a year past its judging, mentors of the year, submitted sheets."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils import timezone

from evaluation import services
from evaluation.models import (
    CoursewareEntry,
    EvaluationYear,
    RankingRun,
    RubricItem,
    ScoreSheet,
    SheetScore,
    YearStep,
)
from mentor_portal.accounts.models import User
from mentors.models import Appointment, Like, Mentor
from tests import offerings, panel

Stage = EvaluationYear.Stage


def computing(year: EvaluationYear, by: User) -> EvaluationYear:
    """Set a year to 计算 as it is, as if its judging had just been closed."""
    closed_at = timezone.now() - timedelta(minutes=1)
    year.stage, year.judging_began_at = Stage.COMPUTING, closed_at - timedelta(days=9)
    year.save(update_fields=["stage", "judging_began_at"])
    YearStep.objects.create(
        year=year, before=Stage.JUDGING, after=Stage.COMPUTING, taken_at=closed_at, taken_by=by
    )
    return year


def appointed(year: EvaluationYear, name: str = "周建国", likes: int = 0) -> Mentor:
    """Make a mentor of the year with so many likes."""
    mentor = offerings.make_mentor(name=name)
    term = {"starts_on": date(year.year, 1, 1), "ends_on": date(year.year, 12, 31)}
    Appointment.objects.create(mentor=mentor, number=f"聘{mentor.pk}", **term)
    liked_at = timezone.now()
    Like.objects.bulk_create(
        Like(mentor=mentor, person=person, year=year.year, liked_at=liked_at)
        for person in offerings.make_people(likes)
    )
    return mentor


def sheets_of(entry: CoursewareEntry, by: User, totals: Sequence[int]) -> list[ScoreSheet]:
    """Let a judge each submit a sheet of so many points, filled from the first row on."""
    return [_sheet(entry.year, by, total, entry=entry) for total in totals]


def class_sheets(
    year: EvaluationYear, mentor: Mentor, by: User, points: Sequence[tuple[str, str, str]]
) -> list[ScoreSheet]:
    """Let a judge each give these points for 教学技巧, 课堂组织 and 调控课堂."""
    items = list(year.items.of_mentors().order_by("position")[:3])
    made = []
    for given in points:
        sheet = _empty(year, by, mentor=mentor)
        _fill(sheet, zip(items, map(float, given), strict=True))
        made.append(sheet)
    return made


def done(run: RankingRun) -> RankingRun:
    """Do the whole work of a run."""
    services.work_on_runs(clock=timezone.now, until=timezone.now() + timedelta(minutes=5))
    run.refresh_from_db()
    return run


def _sheet(year: EvaluationYear, by: User, total: float, **subject: object) -> ScoreSheet:
    sheet = _empty(year, by, **subject)
    left, rows = total, []
    for item in year.items.of_courseware():
        points = min(left, float(item.maximum))
        rows.append((item, points))
        left -= points
    _fill(sheet, rows)
    return sheet


def _empty(year: EvaluationYear, by: User, **subject: object) -> ScoreSheet:
    return ScoreSheet.objects.create(
        year=year, judge=panel.make_judge(year, by), assigned_at=timezone.now(), assigned_by=by, **subject
    )


def _fill(sheet: ScoreSheet, given: Iterable[tuple[RubricItem, float]]) -> None:
    rows = list(given)
    SheetScore.objects.bulk_create(SheetScore(sheet=sheet, item=item, points=points) for item, points in rows)
    sheet.state, sheet.submitted_at = ScoreSheet.State.SUBMITTED, timezone.now()
    sheet.total = sum(points for _, points in rows)
    sheet.save(update_fields=["state", "submitted_at", "total"])
