"""The survey of a class in figures: what a level counts, what an answer adds, what all come to."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

# Of an item, by text, as JSON keeps it.
Tallies = dict[str, dict[str, int]]


def points_of_level(level: int) -> int:
    """Return 20, 15, 10, 5 or 0 for a level from 5 to 1."""
    return (level - 1) * 5


def whole_grades(given: Mapping[int, int], items: Iterable[int], level: int) -> dict[int, int]:
    """Return the points of every item: what was left out counts as the overall level."""
    usual = points_of_level(level)
    return {item: given.get(item, usual) for item in items}


def with_answer(tallies: Tallies, grades: Mapping[int, int]) -> Tallies:
    """Return the tallies with one more answer."""
    counted = {item: dict(counts) for item, counts in tallies.items()}
    for item, points in grades.items():
        counts = counted.setdefault(str(item), {})
        counts[str(points)] = counts.get(str(points), 0) + 1
    return counted


def mean(points: int, answers: int) -> Decimal:
    """Return the mean with one decimal, 0 for no answers."""
    if not answers:
        return Decimal(0)
    return (Decimal(points) / answers).quantize(Decimal("0.1"), ROUND_HALF_UP)


def mean_of_counts(counts: Mapping[str, int]) -> Decimal:
    """Return the mean points of one item with one decimal."""
    return mean(sum(int(points) * count for points, count in counts.items()), sum(counts.values()))


def can_show_more(*, answers: int, shown: int, fewest: int) -> bool:
    """Tell whether so many answers came since the last that were shown that none of them stands out."""
    return answers - shown >= max(fewest, 1)
