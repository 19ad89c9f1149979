"""Makes the end of a year of the 两优 for tests: a stage, a run that is done, a result that is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from classrooms.models import Courseware
from evaluation import services
from evaluation.models import (
    CoursewareEntry,
    EvaluationYear,
    Objection,
    RankingRun,
    RunCard,
    RunCourseware,
    YearStep,
)
from evaluation.rules.stages import OBJECTION_WORKDAYS, ORDER, SHOWN
from evaluation.scoring import DEFAULT_RULES, MAXIMA, MentorEvidence, rank
from evaluation.selectors.years import snapshot_of
from mentor_portal.accounts.models import User
from mentor_portal.workdays import end_of_workday
from mentors.models import Mentor

Stage = EvaluationYear.Stage
Card = tuple[Mentor, str] | tuple[Mentor, str, dict[str, object]]


def year_of(number: int) -> EvaluationYear:
    """Return a year with both rubrics and the parameters of the notice, opened where it is not there."""
    year, is_new = EvaluationYear.objects.get_or_create(year=number)
    if is_new:
        for item in EvaluationYear.objects.exclude(pk=year.pk).earliest("year").items.all():
            item.pk, item.year = None, year
            item.save()
    return year


def in_stage(year: EvaluationYear, stage: str, by: User | None = None) -> EvaluationYear:
    """Set a year to a stage with the steps that led there, without what advancing it asks for.

    In 公示 its days have just begun; in 定稿 they were over a moment ago, and nobody is awarded yet.
    """
    now, by = timezone.now(), by or _staff()
    reached = ORDER.index(stage)
    for place in range(reached):
        taken_at = now - timedelta(minutes=reached - place)
        YearStep.objects.create(
            year=year, before=ORDER[place], after=ORDER[place + 1], taken_at=taken_at, taken_by=by
        )
    year.stage = stage
    year.judging_began_at = now - timedelta(days=9) if reached else None
    if stage in SHOWN:
        year.objections_until = end_of_workday(now, OBJECTION_WORKDAYS) if stage == Stage.OBJECTIONS else now
    year.save(update_fields=["stage", "judging_began_at", "objections_until"])
    return year


def done_run(
    year: EvaluationYear,
    cards: Iterable[Card] = (),
    courseware: Iterable[tuple[CoursewareEntry, str | None, int | None]] = (),
    is_result: bool = False,
) -> RankingRun:
    """Make a run that is done: cards as (mentor, total), courseware as (entry, result, rank).

    A third part of a card is what its evidence has; its lines are filled up to the total from the first on.
    """
    now = timezone.now()
    run = RankingRun.objects.create(
        year=year,
        number=year.runs.count() + 1,
        state=RankingRun.State.DONE,
        is_result=is_result,
        created_at=now,
        begun_at=now,
        ended_at=now,
        rules=snapshot_of(year),
        digest="0" * 64,
    )
    made = [_card(run, *card) for card in cards]
    for card, place in zip(made, rank(card.total for card in made), strict=True):
        card.rank = place
    RunCard.objects.bulk_create(made)
    RunCourseware.objects.bulk_create(_placing(run, *row) for row in courseware)
    run.mentor_count = len(made)
    run.save(update_fields=["mentor_count"])
    return run


def card_of(run: RankingRun, mentor: Mentor, total: str, place: int = 1) -> RunCard:
    """Add a card to a run that is done."""
    card = _card(run, mentor, total)
    card.rank = place
    card.save()
    return card


def placed(run: RankingRun, entry: CoursewareEntry, result: str | None, place: int | None) -> RunCourseware:
    """Add how a courseware came out to a run that is done."""
    placing = _placing(run, entry, result, place)
    placing.save()
    return placing


def shown(year: EvaluationYear, cards: Sequence[Card] = (), **result: object) -> RankingRun:
    """Set a year to 公示 with a run of these cards as its result."""
    in_stage(year, Stage.OBJECTIONS)
    return done_run(year, cards, is_result=True, **result)


def answered(objection: Objection, outcome: str, answer: str, by: User | None = None) -> Objection:
    """Answer an objection by now."""
    return services.answer_objection(
        objection=objection, outcome=outcome, answer=answer, by=by or _staff(), at=timezone.now()
    )


def made_final(year: EvaluationYear, by: User | None = None) -> EvaluationYear:
    """Take a year in 公示 to 定稿 when its days are over, with the awards and the messages."""
    at = year.objections_until
    services.advance_year(year=year, to=Stage.FINAL, by=by or _staff(), at=at, despite_doubts=True)
    year.refresh_from_db()
    return year


def entered(
    courseware: Courseware, by: User | None = None, year: EvaluationYear | None = None
) -> CoursewareEntry:
    """Let a courseware take part in its year, or in another that it is then of, whatever the stage."""
    now, by = timezone.now(), by or _staff()
    year = year or EvaluationYear.objects.get(year=courseware.year)
    courseware.year = year.year
    courseware.save(update_fields=["year"])
    return CoursewareEntry.objects.create(
        year=year,
        courseware=courseware,
        version=courseware.current,
        number=year.entries.count() + 1,
        state=CoursewareEntry.State.CONFIRMED,
        nominated_at=now,
        nominated_by=by,
        decided_at=now,
        decided_by=by,
    )


def _card(run: RankingRun, mentor: Mentor, total: str, evidence: dict[str, object] | None = None) -> RunCard:
    proven = MentorEvidence(**(evidence or {"classes": DEFAULT_RULES.class_base}))
    return RunCard(
        run=run,
        mentor=mentor,
        evidence={name: _plain(value) for name, value in asdict(proven).items()},
        lines=dict(_lines(Decimal(total))),
        total=Decimal(total),
        is_below_baseline=proven.classes < DEFAULT_RULES.class_base,
    )


def _lines(total: Decimal) -> Iterable[tuple[str, dict[str, str]]]:
    left = total
    for key, maximum in MAXIMA.items():
        points = min(left, maximum).quantize(Decimal("0.01"))
        left -= points
        line = {"points": points, "maximum": maximum, "uncapped": points, "reason": f"计 {points} 分"}
        yield key, {name: str(value) for name, value in line.items()}


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Decimal) else value


def _placing(run: RankingRun, entry: CoursewareEntry, result: str | None, place: int | None) -> RunCourseware:
    return RunCourseware(
        run=run,
        entry=entry,
        sheet_count=run.year.min_judges,
        result=None if result is None else Decimal(result),
        rank=place,
        is_top=place is not None and place <= run.year.courseware_awards,
    )


def _staff() -> User:
    staff = User.objects.filter(is_staff=True).first()
    return staff or User.objects.create_user("13300000000", name="中心小王", is_staff=True)
