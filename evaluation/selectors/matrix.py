"""The judges' matrix: what each judge of a year gave to whom, as a whole and by parts of the rubric."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet, Sum

from evaluation.models import EvaluationYear, RubricItem, ScoreSheet, SheetScore
from evaluation.rules.courseware import Sheet, counted, mean_of
from evaluation.scoring import PANEL

State = ScoreSheet.State


@dataclass(frozen=True)
class Spread:
    """Where the points of several judges lie: their mean by the rules of the year, the least, the most."""

    mean: Decimal
    least: Decimal
    most: Decimal


@dataclass(frozen=True)
class MatrixRow:
    """Something that is judged: the sheet or the state of each judge who has it, by the judge's key."""

    number: str
    title: str
    author: str
    sheets: Mapping[int, Sheet]
    states: Mapping[int, ScoreSheet.State]
    trims_extremes: bool = False

    @property
    def spread(self) -> Spread | None:
        """Where the totals lie; None before the first sheet is submitted."""
        return self._spread(lambda sheet: sheet.total)

    def spread_of(self, part: str) -> Spread | None:
        return self._spread(lambda sheet: sheet.groups[part])

    def _spread(self, points_of) -> Spread | None:
        points = [points_of(sheet) for sheet in self.sheets.values()]
        if not points:
            return None
        kept = counted(list(self.sheets.values()), self.trims_extremes)
        return Spread(mean_of([points_of(sheet) for sheet in kept]), min(points), max(points))


@dataclass(frozen=True)
class Matrix:
    """The judges by key, the parts of the rubric with their maxima, and the rows in their order."""

    judges: Mapping[int, str]
    parts: Mapping[str, Decimal]
    rows: Sequence[MatrixRow] = field(default_factory=list)

    @property
    def maximum(self) -> Decimal:
        return sum(self.parts.values(), Decimal(0))


def courseware_matrix(year: EvaluationYear) -> Matrix:
    """Return the matrix of the courseware that takes part; the parts are the groups of annex 1."""
    sheets = _Sheets(year.sheets.of_courseware(), "entry", "item__group")
    parts = _maxima(year.items.of_courseware(), "group")
    entries = year.entries.confirmed().select_related("courseware__mentor").order_by("number")
    rows = [
        MatrixRow(
            entry.label,
            entry.courseware.title,
            entry.courseware.mentor.name,
            sheets.submitted(entry.pk, parts),
            sheets.states[entry.pk],
            year.trim_extremes,
        )
        for entry in entries
    ]
    return Matrix(_judges(year), parts, rows)


def class_matrix(year: EvaluationYear) -> Matrix:
    """Return the matrix of the mentors' 课堂组织能力; the parts are what the panel gives of annex 2."""
    sheets = _Sheets(year.sheets.of_mentors(), "mentor", "item__name")
    parts = _maxima(year.items.of_mentors().filter(key__in=PANEL), "name")
    given = (
        year.sheets.of_mentors().order_by("mentor").values_list("mentor", "mentor__name", "mentor__employer")
    )
    rows = [
        MatrixRow("", employer, name, sheets.submitted(mentor, parts), sheets.states[mentor])
        for mentor, name, employer in given.distinct()
    ]
    return Matrix(_judges(year), parts, rows)


class _Sheets:
    """All sheets of one kind: their states, and the points of the submitted ones by part, in two queries."""

    def __init__(self, sheets: QuerySet[ScoreSheet], subject: str, part: str) -> None:
        self.states: dict[int, dict[int, ScoreSheet.State]] = defaultdict(dict)
        self._points: dict[int, dict[int, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
        for key, judge, state in sheets.order_by("pk").values_list(subject, "judge", "state"):
            self.states[key][judge] = State(state)
        scores = SheetScore.objects.filter(sheet__in=sheets.filter(state=State.SUBMITTED)).order_by()
        sums = scores.values_list(f"sheet__{subject}", "sheet__judge", part).annotate(sum=Sum("points"))
        for key, judge, name, points in sums:
            self._points[key][judge][name] = points

    def submitted(self, key: int, parts: Iterable[str]) -> dict[int, Sheet]:
        """Return the submitted sheets of one subject by judge."""
        sheets = {}
        for judge, points in self._points[key].items():
            groups = {part: points.get(part, Decimal(0)) for part in parts}
            sheets[judge] = Sheet(sum(groups.values(), Decimal(0)), groups)
        return sheets


def _judges(year: EvaluationYear) -> dict[int, str]:
    return {judge.pk: str(judge) for judge in year.judges.select_related("person").order_by("pk")}


def _maxima(items: QuerySet[RubricItem], part: str) -> dict[str, Decimal]:
    """Return the maximum of each part in the order of the rubric; what is off is not judged."""
    maxima: dict[str, Decimal] = {}
    for name, maximum in items.filter(maximum__gt=0).order_by("position", "pk").values_list(part, "maximum"):
        maxima[name] = maxima.get(name, Decimal(0)) + maximum
    return maxima
