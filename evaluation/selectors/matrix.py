"""The judges' matrix: what each judge of a year gave to whom, as a whole and by parts of the rubric."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from evaluation.models import EvaluationYear, RubricItem, ScoreSheet
from evaluation.rules.courseware import Sheet, counted, mean_of
from evaluation.scoring import PANEL
from evaluation.selectors.sheets import submitted_sheets

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
    sheets = year.sheets.of_courseware()
    parts = _maxima(year.items.of_courseware(), "group")
    submitted, states = submitted_sheets(sheets, "entry", "item__group", parts), _states(sheets, "entry")
    entries = year.entries.confirmed().select_related("courseware__mentor").order_by("number")
    rows = [
        MatrixRow(
            entry.label,
            entry.courseware.title,
            entry.courseware.mentor.name,
            submitted.get(entry.pk, {}),
            states[entry.pk],
            year.trim_extremes,
        )
        for entry in entries
    ]
    return Matrix(_judges(year), parts, rows)


def class_matrix(year: EvaluationYear) -> Matrix:
    """Return the matrix of the mentors' 课堂组织能力; the parts are what the panel gives of annex 2."""
    sheets = year.sheets.of_mentors()
    parts = _maxima(year.items.of_mentors().filter(key__in=PANEL), "name")
    submitted, states = submitted_sheets(sheets, "mentor", "item__name", parts), _states(sheets, "mentor")
    given = sheets.order_by("mentor").values_list("mentor", "mentor__name", "mentor__employer")
    rows = [
        MatrixRow("", employer, name, submitted.get(mentor, {}), states[mentor])
        for mentor, name, employer in given.distinct()
    ]
    return Matrix(_judges(year), parts, rows)


def _states(sheets: QuerySet[ScoreSheet], subject: str) -> dict[int, dict[int, ScoreSheet.State]]:
    """Return how each sheet stands, by what is judged and by judge."""
    states: dict[int, dict[int, ScoreSheet.State]] = defaultdict(dict)
    for key, judge, state in sheets.order_by("pk").values_list(subject, "judge", "state"):
        states[key][judge] = State(state)
    return states


def _judges(year: EvaluationYear) -> dict[int, str]:
    return {judge.pk: str(judge) for judge in year.judges.select_related("person").order_by("pk")}


def _maxima(items: QuerySet[RubricItem], part: str) -> dict[str, Decimal]:
    """Return the maximum of each part in the order of the rubric; what is off is not judged."""
    maxima: dict[str, Decimal] = {}
    for name, maximum in items.filter(maximum__gt=0).order_by("position", "pk").values_list(part, "maximum"):
        maxima[name] = maxima.get(name, Decimal(0)) + maximum
    return maxima
