"""Figures as bars in pairs, this year's and last year's: what is long, what is short, what changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evaluation.selectors.statistics.dimensions import Dimension
from evaluation.selectors.statistics.figures import FIGURES, Figure
from evaluation.selectors.statistics.gathering import Breakdown, Line
from mentor_portal.accounts.models import User

Value = int | Decimal | None
WHOLE = 100


@dataclass(frozen=True)
class Pair:
    """A figure of one value of a dimension, now and a year before; a full bar stands for ``scale``."""

    figure: Figure
    name: str
    now: Value
    before: Value
    scale: Value = None

    @property
    def now_width(self) -> str:
        return self._width(self.now)

    @property
    def before_width(self) -> str:
        return self._width(self.before)

    @property
    def change(self) -> str:
        """What became of last year's, in words: 增 14, 降 1.3 个百分点, 持平; "" where there is no saying."""
        if self.now is None or self.before is None:
            return ""
        more = self.now - self.before
        if not more:
            return "持平"
        if self.figure.is_share:
            return f"{'升' if more > 0 else '降'} {abs(more)} 个百分点"
        return f"{'增' if more > 0 else '减'} {abs(more)}"

    def _width(self, value: Value) -> str:
        """Return the length of the bar in per cent, to 0.1, with a point in any language."""
        return str(round(Decimal(value * WHOLE) / self.scale, 1)) if value and self.scale else "0"


@dataclass(frozen=True)
class Chart:
    """A figure as a whole, and by a dimension: no bars where it cannot be told by that one."""

    figure: Figure
    whole: Pair
    bars: list[Pair]


def headlines(line: Line, viewer: User) -> list[Pair]:
    """Return each figure as a whole that a member of staff may see."""
    return [Pair(figure, figure.name, *_values(figure, line)) for figure in figures_for(viewer)]


def charts(line: Line, broken_down: Breakdown, viewer: User) -> list[Chart]:
    """Return a chart of each figure, the whole of which is the line."""
    return [Chart(each.figure, each, _bars(each.figure, broken_down)) for each in headlines(line, viewer)]


def figures_for(viewer: User) -> Iterator[Figure]:
    """Yield what a member of staff may see: what belongs to no unit is the province's alone."""
    return (figure for figure in FIGURES if viewer.is_provincial or not figure.is_of_province)


def _bars(figure: Figure, broken_down: Breakdown) -> list[Pair]:
    if not _is_told(figure, broken_down.dimension):
        return []
    values = [(line.name, *_values(figure, line)) for line in broken_down.lines]
    scale = WHOLE if figure.is_share else max((value for _, *pair in values for value in pair), default=0)
    return [Pair(figure, name, now, before, scale) for name, now, before in values]


def _is_told(figure: Figure, dimension: Dimension) -> bool:
    return dimension.key in figure.dimensions


def _values(figure: Figure, line: Line) -> tuple[Value, Value]:
    return figure.of(line.now), figure.of(line.before)
