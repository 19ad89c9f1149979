"""The year of the 两优 as the score wants it: its rules, its span, who is scored."""

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from evaluation.models import EvaluationYear
from evaluation.scoring import BelowBaseline, ScoringRules
from mentors.models import Mentor

PERCENT = Decimal(100)


def rules_of(year: EvaluationYear) -> ScoringRules:
    """Return the parameters of a year and the maxima of its rubric (annex 2) as the score wants them."""
    return ScoringRules(
        maxima=dict(year.items.of_mentors().values_list("key", "maximum")),
        courseware_rate=year.courseware_percent / PERCENT,
        class_base=year.class_base,
        class_points=year.class_points,
        consultation_points=year.consultation_points,
        below_baseline=BelowBaseline(year.below_baseline),
        placement_points=year.placement_points,
        like_rate=year.like_percent / PERCENT,
        booking_rate=year.booking_percent / PERCENT,
        survey_rate=year.survey_percent / PERCENT,
        collective_report_points=year.collective_report_points,
        free_report_points=year.free_report_points,
        bonus_points=year.bonus_points,
    )


def mentors_of(year: EvaluationYear) -> QuerySet[Mentor]:
    """Return the mentors whose appointment covers a part of the year; others are left out."""
    return Mentor.objects.appointed_between(date(year.year, 1, 1), date(year.year, 12, 31))
