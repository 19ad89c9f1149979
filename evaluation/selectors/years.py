"""The year of the 两优 as the score wants it: its rules, its span, who is scored."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from evaluation.models import EvaluationYear
from evaluation.scoring import BelowBaseline, ScoringRules
from mentors.models import Mentor

PERCENT = Decimal(100)
# What decides of a year besides its two rubrics; a run keeps them as they were.
PARAMETERS = (
    *("min_judges", "trim_extremes", "courseware_awards", "mentor_awards"),
    *("class_base", "class_points", "consultation_points", "below_baseline", "placement_points"),
    *("collective_report_points", "free_report_points", "report_length", "bonus_points"),
    *("courseware_percent", "like_percent", "booking_percent", "survey_percent"),
)
_ITEM_FIELDS = ("rubric", "group", "name", "requirement", "maximum", "key")


def rules_of(year: EvaluationYear) -> ScoringRules:
    """Return the parameters of a year and the maxima of its rubric (annex 2) as the score wants them."""
    return rules_from(snapshot_of(year))


def snapshot_of(year: EvaluationYear) -> dict[str, object]:
    """Return the parameters of a year and both rubrics as a document that stays as it is; numbers as text."""
    items = year.items.values_list(*_ITEM_FIELDS)
    return {
        "parameters": {name: str(getattr(year, name)) for name in PARAMETERS},
        "items": [dict(zip(_ITEM_FIELDS, map(str, row), strict=True)) for row in items],
    }


def rules_from(snapshot: Mapping[str, Any]) -> ScoringRules:
    """Return the rules of a document that ``snapshot_of`` made."""
    named = snapshot["parameters"]
    return ScoringRules(
        maxima={row["key"]: Decimal(row["maximum"]) for row in snapshot["items"] if row["key"]},
        courseware_rate=Decimal(named["courseware_percent"]) / PERCENT,
        class_base=int(named["class_base"]),
        class_points=Decimal(named["class_points"]),
        consultation_points=Decimal(named["consultation_points"]),
        below_baseline=BelowBaseline(named["below_baseline"]),
        placement_points=Decimal(named["placement_points"]),
        like_rate=Decimal(named["like_percent"]) / PERCENT,
        booking_rate=Decimal(named["booking_percent"]) / PERCENT,
        survey_rate=Decimal(named["survey_percent"]) / PERCENT,
        collective_report_points=Decimal(named["collective_report_points"]),
        free_report_points=Decimal(named["free_report_points"]),
        bonus_points=Decimal(named["bonus_points"]),
    )


def current_year() -> EvaluationYear | None:
    """Return the year that staff are at: the newest under way, else the newest not final, else any."""
    years = list(EvaluationYear.objects.order_by("-year"))
    unfinished = [year for year in years if year.stage != EvaluationYear.Stage.FINAL]
    under_way = [year for year in unfinished if year.stage != EvaluationYear.Stage.PREPARATION]
    return next(iter([*under_way, *unfinished, *years]), None)


def mentors_of(year: EvaluationYear) -> QuerySet[Mentor]:
    """Return the mentors whose appointment covers a part of the year; others are left out."""
    return Mentor.objects.appointed_between(year.first_on, year.last_on)
