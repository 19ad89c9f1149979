"""What a year's result comes to: which run it is, who is to be awarded, and who was."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from evaluation.models import Award, CoursewareEntry, EvaluationYear, RankingRun
from evaluation.rules.stages import SHOWN
from mentors.models import Mentor

Kind = Award.Kind


@dataclass(frozen=True)
class Winner:
    """A mentor, or a courseware and its mentor, within the places of the year."""

    kind: Award.Kind
    rank: int
    mentor: Mentor
    total: Decimal
    entry: CoursewareEntry | None = None


def shown_years() -> QuerySet[EvaluationYear]:
    """Return the years whose result is public (公示, 定稿), the newest first."""
    return EvaluationYear.objects.filter(stage__in=SHOWN).order_by("-year")


def result_of_year(year: EvaluationYear) -> RankingRun | None:
    """Return the run that is the year's result, where one is."""
    return RankingRun.objects.filter(year=year, is_result=True).first()


def awarded_in(year: EvaluationYear) -> list[Winner]:
    """Return who was awarded when the year became final (定稿)."""
    rows = year.awards.select_related("mentor__primary_chain", "entry__courseware").order_by("rank", "pk")
    return [Winner(Kind(row.kind), row.rank, row.mentor, row.total, row.entry) for row in rows]


def winners_of(run: RankingRun) -> list[Winner]:
    """Return who is within the places by a run; whoever shares the last rank is in."""
    return [*_courseware(run), *_mentors(run)]


def _courseware(run: RankingRun) -> Iterator[Winner]:
    rows = run.courseware.filter(rank__lte=run.year.courseware_awards)
    for row in rows.select_related("entry__courseware__mentor__primary_chain").order_by(
        "rank", "entry__number"
    ):
        yield Winner(Kind.COURSEWARE, row.rank, row.entry.courseware.mentor, row.result, row.entry)


def _mentors(run: RankingRun) -> Iterator[Winner]:
    cards = run.cards.filter(rank__lte=run.year.mentor_awards).defer("evidence", "lines")
    for card in cards.select_related("mentor__primary_chain").order_by("rank", "mentor"):
        yield Winner(Kind.MENTOR, card.rank, card.mentor, card.total)
