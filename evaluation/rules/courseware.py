"""How courseware comes out of the panel (优秀课件, annex 1): means of the sheets, subtotals, ranks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from evaluation.scoring import rank, rounded

# With fewer sheets than that the extremes stay in.
TRIMMED_FROM = 5


@dataclass(frozen=True)
class Sheet:
    """A submitted sheet: the sum of its rows, and of the rows of each group in the order of the rubric."""

    total: Decimal
    groups: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """A courseware that takes part, with the sheets that were submitted for it."""

    key: int
    sheets: Sequence[Sheet]
    is_plagiarised: bool = False


@dataclass(frozen=True)
class Placing:
    """How a candidate came out; without ``rank`` it is not ranked: too few sheets, or plagiarism."""

    key: int
    sheet_count: int
    result: Decimal | None
    groups: Mapping[str, Decimal]
    rank: int | None
    is_top: bool
    is_plagiarised: bool


def place_courseware(
    candidates: Iterable[Candidate], *, min_judges: int, trims_extremes: bool, awards: int
) -> list[Placing]:
    """Return how each candidate came out, in the order given.

    The result is the mean of the sheets' totals to 0.01, half up; ranked is who has ``min_judges`` sheets and
    is no plagiarism, by the result and then by the groups in the order of the rubric. What is equal even then
    shares the rank, and whoever shares a rank within ``awards`` is at the top.
    """
    given = list(candidates)
    means = {each.key: _means(each.sheets, trims_extremes) for each in given}
    ranked = [each.key for each in given if len(each.sheets) >= min_judges and not each.is_plagiarised]
    ranks = dict(zip(ranked, rank((means[key][0], *means[key][1].values()) for key in ranked), strict=True))
    return [_placing(each, *means[each.key], ranks.get(each.key), awards) for each in given]


def mean_of(values: Sequence[Decimal]) -> Decimal:
    """Return the mean of at least one value to 0.01, half up."""
    return rounded(sum(values, Decimal(0)) / len(values))


def counted(sheets: Sequence[Sheet], trims_extremes: bool) -> list[Sheet]:
    """Return the sheets that the means go by: of five or more without the highest and the lowest."""
    if not trims_extremes or len(sheets) < TRIMMED_FROM:
        return list(sheets)
    return sorted(sheets, key=lambda sheet: (sheet.total, *sheet.groups.values()))[1:-1]


def _means(sheets: Sequence[Sheet], trims_extremes: bool) -> tuple[Decimal | None, dict[str, Decimal]]:
    kept = counted(sheets, trims_extremes)
    if not kept:
        return None, {}
    groups = {name: mean_of([sheet.groups[name] for sheet in kept]) for name in kept[0].groups}
    return mean_of([sheet.total for sheet in kept]), groups


def _placing(
    candidate: Candidate,
    result: Decimal | None,
    groups: dict[str, Decimal],
    place: int | None,
    awards: int,
) -> Placing:
    return Placing(
        key=candidate.key,
        sheet_count=len(candidate.sheets),
        result=result,
        groups=groups,
        rank=place,
        is_top=place is not None and place <= awards,
        is_plagiarised=candidate.is_plagiarised,
    )
