"""What staff see of a year's panel: how far each judge is, who knows whom, how the points lie.

Nothing here changes a score; all of it is read in a fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import product

from django.db.models import Avg, Count, Max, Min, Q, QuerySet, StdDev
from django.utils import timezone

from evaluation.models import CoursewareEntry, EvaluationYear, PanelJudge, RubricItem, ScoreSheet, SheetScore
from evaluation.rules.severity import Severity, severities
from evaluation.rules.stages import PANEL_OPEN
from evaluation.scoring import PANEL, rounded
from evaluation.selectors.countables import classes
from evaluation.selectors.judging import is_late
from evaluation.selectors.panel_plan import PanelPlan, plan_of
from evaluation.selectors.placings import candidates_of, placings_with
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Reservation
from mentor_portal.wording import moment

Stage = EvaluationYear.Stage
State = ScoreSheet.State


@dataclass(frozen=True)
class JudgeLine:
    """A judge with the sheets given out (without those stepped back from), submitted and left."""

    judge: PanelJudge
    given: int
    submitted: int
    recused: int
    is_late: bool
    severity: Severity | None

    @property
    def left(self) -> int:
        return self.given - self.submitted


@dataclass(frozen=True)
class Tie:
    """A judge and somebody whose work they judge, who met this year: no conflict, for staff to know."""

    judge: str
    author: str
    occasions: list[str]


@dataclass(frozen=True)
class ItemSpread:
    """How the points of one row lie over the submitted sheets."""

    item: RubricItem
    count: int
    least: Decimal | None
    mean: Decimal | None
    most: Decimal | None
    deviation: Decimal | None


@dataclass(frozen=True)
class EntryTotal:
    """A courseware's mean total of all sheets, and without the extremes, where there are any."""

    entry: CoursewareEntry
    count: int
    mean: Decimal | None
    trimmed: Decimal | None


@dataclass(frozen=True)
class PanelOverview:
    """The panel of a year; ``plan`` is None where nothing is given out any more."""

    year: EvaluationYear
    judges: list[JudgeLine]
    plan: PanelPlan | None
    ties: list[Tie]
    spreads: list[ItemSpread]
    totals: list[EntryTotal]

    @property
    def given(self) -> int:
        return sum(line.given for line in self.judges)

    @property
    def submitted(self) -> int:
        return sum(line.submitted for line in self.judges)

    @property
    def can_nudge(self) -> bool:
        return self.year.stage == Stage.JUDGING and self.submitted < self.given


def panel_of(year: EvaluationYear, at: datetime) -> PanelOverview:
    """Return all of it as it is now."""
    return PanelOverview(
        year=year,
        judges=judge_lines(year, at),
        plan=plan_of(year) if year.stage in PANEL_OPEN else None,
        ties=ties_of(year),
        spreads=spreads_of(year),
        totals=totals_of(year),
    )


def judge_lines(year: EvaluationYear, at: datetime) -> list[JudgeLine]:
    """Return the judges of a year, who owes the most sheets first."""
    counts = {
        "given": Count("sheets", filter=~Q(sheets__state=State.RECUSED)),
        "submitted": Count("sheets", filter=Q(sheets__state=State.SUBMITTED)),
        "recused": Count("sheets", filter=Q(sheets__state=State.RECUSED)),
    }
    judges = year.judges.select_related("person").annotate(**counts).order_by("person__name", "pk")
    leanings = severities(
        year.sheets.submitted().of_courseware().order_by("pk").values_list("judge", "entry", "total")
    )
    is_over = is_late(year, timezone.localtime(at).date())
    lines = [_judge_line(judge, leanings, is_over) for judge in judges]
    return sorted(lines, key=lambda line: -line.left)


def _judge_line(judge: PanelJudge, leanings: Mapping[int, Severity], is_over: bool) -> JudgeLine:
    return JudgeLine(
        judge=judge,
        given=judge.given,
        submitted=judge.submitted,
        recused=judge.recused,
        is_late=is_over and judge.submitted < judge.given,
        severity=leanings.get(judge.pk),
    )


def ties_of(year: EvaluationYear) -> list[Tie]:
    """Return which judges gave a class or were on a trip this year together with whom they judge."""
    pairs = _judged_pairs(year)
    occasions: dict[tuple[int, int], list[str]] = defaultdict(list)
    judges = {judge for judge, _author in pairs}
    for words, people in _meetings(year):
        for pair in product(people & judges, people):
            if pair in pairs:
                occasions[pair].append(words)
    return [Tie(*pairs[pair], found) for pair, found in occasions.items()]


def _judged_pairs(year: EvaluationYear) -> dict[tuple[int, int], tuple[str, str]]:
    """Return the names of judge and author by their people, for each sheet that stands."""
    rows = year.sheets.standing().order_by("judge__person__name", "pk")
    fields = ("judge__person", "judge__person__name")
    of_entries = rows.of_courseware().values_list(
        *fields, "entry__courseware__mentor__user", "entry__courseware__mentor__name"
    )
    of_mentors = rows.of_mentors().values_list(*fields, "mentor__user", "mentor__name")
    return {(judge, author): (one, other) for judge, one, author, other in (*of_entries, *of_mentors)}


def _meetings(year: EvaluationYear) -> Iterator[tuple[str, set[int]]]:
    """Yield the classes and trips of the year at which a judge was, each with everybody who was there."""
    panel = year.judges.order_by().values("person")
    lessons = classes(year)
    yield from _by_occasion(lessons.filter(offering__in=_with(lessons, panel)), "课堂")
    trips = Reservation.objects.filter(
        offering__kind=OfferingKind.TRIP,
        offering__starts_at__gte=year.starts_at,
        offering__starts_at__lt=year.ends_at,
        state=Reservation.State.ATTENDED,
    )
    yield from _by_occasion(trips.filter(offering__in=_with(trips, panel)), "调研")


def _with(rows: QuerySet, panel: QuerySet) -> QuerySet:
    return rows.filter(person__in=panel).order_by().values("offering")


def _by_occasion(rows: QuerySet, kind: str) -> Iterator[tuple[str, set[int]]]:
    people: dict[int, set[int]] = defaultdict(set)
    words: dict[int, str] = {}
    fields = ("offering", "offering__title", "offering__starts_at", "person")
    for offering, title, starts_at, person in rows.order_by("offering__starts_at").values_list(*fields):
        people[offering].add(person)
        words[offering] = f"{kind}“{title}”（{moment(starts_at)}）"
    for offering, present in people.items():
        yield words[offering], present


def spreads_of(year: EvaluationYear) -> list[ItemSpread]:
    """Return how the points of each row lie that the panel gives: annex 1, then its rows of annex 2."""
    scores = SheetScore.objects.filter(sheet__in=year.sheets.submitted()).order_by().values("item")
    measures = {
        "count": Count("pk"),
        "least": Min("points"),
        "mean": Avg("points"),
        "most": Max("points"),
        "deviation": StdDev("points"),
    }
    found = {row.pop("item"): row for row in scores.annotate(**measures)}
    given = Q(rubric=RubricItem.Rubric.COURSEWARE) | Q(key__in=PANEL)
    items = year.items.filter(given, maximum__gt=0).order_by("rubric", "position", "pk")
    return [_spread(item, found.get(item.pk, {})) for item in items]


def _spread(item: RubricItem, found: Mapping[str, object]) -> ItemSpread:
    names = ("least", "mean", "most", "deviation")
    return ItemSpread(
        item=item, count=found.get("count", 0), **{name: _cents(found.get(name)) for name in names}
    )


def _cents(number: object) -> Decimal | None:
    return None if number is None else rounded(Decimal(str(number)))


def totals_of(year: EvaluationYear) -> list[EntryTotal]:
    """Return the mean total of each courseware that takes part, with and without its extremes."""
    candidates = candidates_of(year)
    plain = placings_with(year, candidates, trims_extremes=False)
    trimmed = placings_with(year, candidates, trims_extremes=True)
    entries = year.entries.confirmed().select_related("courseware__mentor").in_bulk()
    return [
        EntryTotal(entries[one.key], one.sheet_count, one.result, other.result)
        for one, other in zip(plain, trimmed, strict=True)
    ]
