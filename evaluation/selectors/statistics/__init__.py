"""The figures of the programme (notice 三（二）3): added up from what ``countables`` says counts."""

from evaluation.selectors.statistics.charts import Chart, Pair, charts, figures_for, headlines
from evaluation.selectors.statistics.coverage import Coverage, coverage
from evaluation.selectors.statistics.dimensions import BY_KEY, DIMENSIONS, Dimension
from evaluation.selectors.statistics.figures import FIGURES, Figure, Figures
from evaluation.selectors.statistics.gathering import Breakdown, Line, breakdown, totals, unconfirmed, years
from evaluation.selectors.statistics.periods import Period

__all__ = [
    "BY_KEY",
    "DIMENSIONS",
    "FIGURES",
    "Breakdown",
    "Chart",
    "Coverage",
    "Dimension",
    "Figure",
    "Figures",
    "Line",
    "Pair",
    "Period",
    "breakdown",
    "charts",
    "coverage",
    "figures_for",
    "headlines",
    "totals",
    "unconfirmed",
    "years",
]
