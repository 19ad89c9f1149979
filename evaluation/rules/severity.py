"""How far each judge is from the others: a note beside the scores, never applied to them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from evaluation.rules.courseware import mean_of


@dataclass(frozen=True)
class Severity:
    """How much more a judge gives than the others to the same things, on average; less where negative.

    ``count`` is how many things somebody else has judged too.
    """

    mean: Decimal
    count: int


def severities(totals: Iterable[tuple[int, int, Decimal]]) -> dict[int, Severity]:
    """Return it by judge, of totals as (judge, what is judged, total); who is alone has none."""
    by_subject: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for judge, subject, total in totals:
        by_subject[subject][judge] = total
    distances: dict[int, list[Decimal]] = defaultdict(list)
    for given in by_subject.values():
        whole = sum(given.values(), Decimal(0))
        for judge, total in given.items():
            if len(given) > 1:
                distances[judge].append(total - (whole - total) / (len(given) - 1))
    return {judge: Severity(mean_of(found), len(found)) for judge, found in distances.items()}
