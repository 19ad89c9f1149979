"""What a judge may give: each row from 0 to its maximum in equal steps, and in the end every row (annex 1).

Rows are told apart by a key; points of ``None`` are points that have not been given.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

Points = Mapping[int, Decimal | None]
BLACKED_OUT = "〔已隐去〕"


def is_allowed(points: Decimal, maximum: Decimal, step: Decimal) -> bool:
    """Tell whether these points may be given to a row."""
    return points.is_finite() and 0 <= points <= maximum and not points % step


def outside(points: Points, maxima: Mapping[int, Decimal], step: Decimal) -> list[int]:
    """Return the rows whose points may not be given, in the order of the rubric."""
    given = {row: points.get(row) for row in maxima}
    return [
        row
        for row, maximum in maxima.items()
        if given[row] is not None and not is_allowed(given[row], maximum, step)
    ]


def missing(points: Points, maxima: Mapping[int, Decimal]) -> list[int]:
    """Return the rows without points, in the order of the rubric."""
    return [row for row in maxima if points.get(row) is None]


def without_names(text: str, names: Iterable[str]) -> str:
    """Return a text in which these names are blacked out, the longest first."""
    for name in sorted((name.strip() for name in names), key=len, reverse=True):
        if name:
            text = text.replace(name, BLACKED_OUT)
    return text
