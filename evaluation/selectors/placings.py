"""How the courseware of a year comes out of its sheets."""

from collections.abc import Iterable

from classrooms.models import Courseware
from evaluation.models import EvaluationYear
from evaluation.rules.courseware import Candidate, Placing, place_courseware
from evaluation.selectors.sheets import submitted_sheets


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
    items = year.items.of_courseware().order_by("position", "pk").values_list("group", flat=True)
    groups = dict.fromkeys(items)
    sheets = submitted_sheets(year.sheets.of_courseware(), "entry", "item__group", groups)
    entries = list(year.entries.confirmed().order_by("number").values_list("pk", "courseware"))
    plagiarised = Courseware.objects.plagiarised().filter(entries__year=year)
    copies = set(plagiarised.values_list("pk", flat=True))
    return [
        Candidate(entry, list(sheets.get(entry, {}).values()), is_plagiarised=courseware in copies)
        for entry, courseware in entries
    ]
