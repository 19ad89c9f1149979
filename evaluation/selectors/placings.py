"""How the courseware of a year comes out of its sheets."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import groupby

from django.db.models import Sum

from classrooms.models import Courseware
from evaluation.models import EvaluationYear, SheetScore
from evaluation.rules.courseware import Candidate, Placing, Sheet, place_courseware


def placings_of(year: EvaluationYear) -> list[Placing]:
    """Return how each courseware that takes part comes out, by the sheets submitted by now (annex 1)."""
    return placings_with(year, candidates_of(year), year.trim_extremes)


def placings_with(
    year: EvaluationYear, candidates: Iterable[Candidate], trims_extremes: bool
) -> list[Placing]:
    """Return how these come out by the year's parameters, with or without their extremes."""
    return place_courseware(
        candidates,
        min_judges=year.min_judges,
        trims_extremes=trims_extremes,
        awards=year.courseware_awards,
    )


def candidates_of(year: EvaluationYear) -> list[Candidate]:
    """Return each courseware that takes part with the sheets submitted by now, by its number."""
    sheets = _sheets(year)
    entries = list(year.entries.confirmed().order_by("number").values_list("pk", "courseware"))
    plagiarised = Courseware.objects.plagiarised().filter(entries__year=year)
    copies = set(plagiarised.values_list("pk", flat=True))
    return [
        Candidate(entry, sheets.get(entry, ()), is_plagiarised=courseware in copies)
        for entry, courseware in entries
    ]


def _sheets(year: EvaluationYear) -> Mapping[int, list[Sheet]]:
    """Return the submitted sheets by entry, each with the sums of its groups in the order of the rubric."""
    items = year.items.of_courseware().order_by("position", "pk").values_list("group", flat=True)
    groups = [group for group, _ in groupby(items)]
    scores = SheetScore.objects.filter(sheet__in=year.sheets.submitted().of_courseware())
    sums = scores.order_by().values_list("sheet__entry", "sheet", "item__group").annotate(sum=Sum("points"))
    found: dict[tuple[int, int], dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(groups, Decimal(0)))
    for entry, sheet, group, points in sums:
        found[entry, sheet][group] = points
    sheets: dict[int, list[Sheet]] = defaultdict(list)
    for (entry, _), of_groups in found.items():
        sheets[entry].append(Sheet(sum(of_groups.values(), Decimal(0)), of_groups))
    return sheets
