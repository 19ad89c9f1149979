"""The 两优 (notice 三（四）): the year, the panel, bonus events, runs, and what comes of them."""

from evaluation.models.bonus import BonusEvent
from evaluation.models.panel import CoursewareEntry, PanelJudge, ScoreSheet, SheetScore
from evaluation.models.results import Award, Objection
from evaluation.models.runs import RankingRun, RunCard, RunChunk, RunCourseware
from evaluation.models.years import STEP, EvaluationYear, RubricItem, YearStep

__all__ = [
    "STEP",
    "Award",
    "BonusEvent",
    "CoursewareEntry",
    "EvaluationYear",
    "Objection",
    "PanelJudge",
    "RankingRun",
    "RubricItem",
    "RunCard",
    "RunChunk",
    "RunCourseware",
    "ScoreSheet",
    "SheetScore",
    "YearStep",
]
