"""Where a year stands on its way (准备 → … → 定稿), what the next step needs, what was done so far."""

from dataclasses import dataclass
from datetime import datetime

from evaluation.models import EvaluationYear, RankingRun, YearStep
from evaluation.rules.stages import ORDER, RESULT_CHOSEN, RUNS_START, next_of, reopenable
from evaluation.selectors.stages import Lack, fresh_runs, lacks_of

Stage = EvaluationYear.Stage
MOST_RUNS = 10


@dataclass(frozen=True)
class StageMark:
    """A stage on the way: behind, where the year is, or ahead."""

    stage: Stage
    is_done: bool
    is_here: bool


@dataclass(frozen=True)
class YearPath:
    """A year on its way; ``runs`` are the newest, ``choosable`` those that may become the result now."""

    year: EvaluationYear
    marks: list[StageMark]
    following: Stage | None
    lacks: list[Lack]
    earlier: list[Stage]
    steps: list[YearStep]
    runs: list[RankingRun]
    choosable: list[RankingRun]

    @property
    def blocking(self) -> list[Lack]:
        return [lack for lack in self.lacks if lack.is_blocking]

    @property
    def doubts(self) -> list[Lack]:
        return [lack for lack in self.lacks if not lack.is_blocking]

    @property
    def under_way(self) -> RankingRun | None:
        return next((run for run in self.runs if run.is_under_way), None)

    @property
    def can_start(self) -> bool:
        return self.year.stage in RUNS_START and not self.under_way


def path_of(year: EvaluationYear, at: datetime) -> YearPath:
    """Return the way of a year as it is now, in a fixed number of queries."""
    here = ORDER.index(year.stage)
    following = next_of(year.stage)
    return YearPath(
        year=year,
        marks=[StageMark(Stage(stage), place < here, place == here) for place, stage in enumerate(ORDER)],
        following=Stage(following) if following else None,
        lacks=lacks_of(year, at),
        earlier=[Stage(stage) for stage in reversed(reopenable(year.stage))],
        steps=list(year.steps.select_related("taken_by")),
        runs=list(year.runs.select_related("year", "started_by").order_by("-number")[:MOST_RUNS]),
        choosable=fresh_runs(year) if year.stage in RESULT_CHOSEN else [],
    )
