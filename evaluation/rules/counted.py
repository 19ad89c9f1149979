"""How much of what was counted for a line of the score card still earned points below its maximum."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from evaluation.scoring import ZERO, BelowBaseline, ScoringRules, rounded


@dataclass(frozen=True)
class Counted:
    """What a line counts, in words with the unit; how many there were, and how many of them it took.

    Where the line goes by a mean (评审, 课件, 问卷) both are points; None where there is nothing.
    """

    what: str
    found: Decimal | int | None
    taken: Decimal | int | None


@dataclass(frozen=True)
class _Kind:
    """So many records, of which the first ``free`` earn nothing and each other one earns ``worth``."""

    number: int
    worth: Decimal
    free: int = 0


def counted_for(key: str, evidence: Mapping[str, Any], rules: ScoringRules) -> Counted:
    """Return what the line of this key goes by; ``evidence`` is that of a card, with decimals as text.

    Of records as many are taken as reach the maximum, the first kind of them first.
    """
    if key in _MEANS:
        what, mean_of, rate_of = _MEANS[key]
        maximum = ZERO if key == "courseware" and evidence["plagiarised"] else rules.maxima[key]
        return _of_mean(what, mean_of(evidence), rate_of(rules), maximum)
    what, kinds_of = _RECORDS[key]
    kinds = kinds_of(evidence, rules)
    return Counted(what, sum(kind.number for kind in kinds), _taken(kinds, rules.maxima[key]))


def _of_mean(what: str, mean: str | None, rate: Decimal, maximum: Decimal) -> Counted:
    if mean is None:
        return Counted(what, None, None)
    found = Decimal(mean)
    taken = min(found, maximum / rate) if rate and maximum else ZERO
    return Counted(what, rounded(found), rounded(taken))


def _taken(kinds: list[_Kind], maximum: Decimal) -> int:
    taken, left = 0, maximum
    for kind in kinds:
        if left <= 0 or not kind.worth:
            continue
        needed = int((left / kind.worth).to_integral_value(ROUND_CEILING))
        earning = min(max(kind.number - kind.free, 0), needed)
        taken += earning + min(kind.number, kind.free)
        left -= earning * kind.worth
    return taken


def _participation(evidence: Mapping[str, Any], rules: ScoringRules) -> list[_Kind]:
    classes, consultations = evidence["classes"], evidence["consultations"]
    duties = _Kind(consultations, rules.consultation_points)
    if classes >= rules.class_base:
        return [_Kind(classes, rules.class_points, free=rules.class_base), duties]
    if rules.below_baseline is BelowBaseline.ZERO:
        duties = _Kind(consultations, ZERO)
    return [_Kind(classes, ZERO), duties]


def _research(evidence: Mapping[str, Any], rules: ScoringRules) -> list[_Kind]:
    return [
        _Kind(evidence["collective_reports"], rules.collective_report_points),
        _Kind(evidence["free_reports"], rules.free_report_points),
    ]


def _best_courseware(evidence: Mapping[str, Any]) -> str | None:
    return max(evidence["courseware_results"], key=Decimal, default=None)


def _each(name: str, worth_of: Callable[[ScoringRules], Decimal]) -> Callable[..., list[_Kind]]:
    return lambda evidence, rules: [_Kind(evidence[name], worth_of(rules))]


def _mean(name: str) -> Callable[[Mapping[str, Any]], str | None]:
    return lambda evidence: evidence[name]


_PANEL_WORDS = "评审平均（分）"
_MEANS: Mapping[str, tuple[str, Callable[..., str | None], Callable[[ScoringRules], Decimal]]] = {
    **{
        name: (_PANEL_WORDS, _mean(name), lambda rules: Decimal(1))
        for name in ("teaching_skill", "class_organisation", "class_control")
    },
    "courseware": ("最好的课件（分）", _best_courseware, lambda rules: rules.courseware_rate),
    "survey": ("问卷平均（分）", _mean("survey_mean"), lambda rules: rules.survey_rate),
}
_RECORDS: Mapping[str, tuple[str, Callable[..., list[_Kind]]]] = {
    "participation": ("上课、咨询（次）", _participation),
    "placements": ("帮扶就业（人）", _each("placements", lambda rules: rules.placement_points)),
    "likes": ("点赞（个）", _each("likes", lambda rules: rules.like_rate)),
    "bookings": ("约课（人次）", _each("bookings", lambda rules: rules.booking_rate)),
    "research": ("集体、自由报告（篇）", _research),
    "bonus": ("加分活动（场次）", _each("bonus_events", lambda rules: rules.bonus_points)),
}
