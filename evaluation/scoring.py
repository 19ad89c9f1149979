"""The score of a mentor for a year (优秀职业导师, notice annex 2): 11 lines, 110 points, from counts alone.

Nothing here asks a database, a clock or a setting: the year's parameters come in as ``rules``, what really
happened as ``evidence``. All arithmetic is Decimal. A line is capped at its maximum, then rounded to 0.01
half up; the total is the sum of the rounded lines.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

ZERO, CENT, HUNDRED = Decimal(0), Decimal("0.01"), Decimal(100)

MAXIMA: Mapping[str, Decimal] = MappingProxyType(
    {
        "teaching_skill": Decimal(4),
        "class_organisation": Decimal(3),
        "class_control": Decimal(3),
        "courseware": Decimal(10),
        "participation": Decimal(20),
        "placements": Decimal(20),
        "likes": Decimal(5),
        "bookings": Decimal(10),
        "survey": Decimal(5),
        "research": Decimal(20),
        "bonus": Decimal(10),
    }
)
PANEL = ("teaching_skill", "class_organisation", "class_control")
COUNTS = (
    *("classes", "consultations", "placements", "likes", "bookings"),
    *("collective_reports", "free_reports", "bonus_events"),
)


def _refuse_outside(name: str, value: Decimal | None, most: Decimal | None) -> None:
    if value is None:
        return
    number = _decimal(name, value)
    if number < 0:
        raise ValueError(f"{name}: {value} is negative")
    if most is not None and number > most:
        raise ValueError(f"{name}: {value} is above {most}")


def _decimal(name: str, value: object) -> Decimal:
    if not isinstance(value, Decimal | int):
        raise TypeError(f"{name}: {value!r} is no Decimal")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"{name}: {value} is no finite number")
    return number


class BelowBaseline(StrEnum):
    """What participation is worth to a mentor with fewer classes than the base (未达基数)."""

    ZERO = "zero"
    CONSULTATIONS_ONLY = "consultations_only"


@dataclass(frozen=True, kw_only=True)
class ScoringRules:
    """The parameters of a year; rates are points for one of what is counted, or for one point of a result.

    ``maxima`` has a maximum for each key of ``MAXIMA``; 0 switches the item off. Raises ValueError where a
    maximum is missing, unknown or negative, or a rate is negative.
    """

    maxima: Mapping[str, Decimal] = field(default_factory=lambda: MAXIMA)
    courseware_rate: Decimal = Decimal("0.10")
    class_base: int = 2
    class_points: Decimal = Decimal(2)
    consultation_points: Decimal = Decimal(1)
    below_baseline: BelowBaseline = BelowBaseline.ZERO
    placement_points: Decimal = Decimal(1)
    like_rate: Decimal = Decimal("0.05")
    booking_rate: Decimal = Decimal("0.10")
    survey_rate: Decimal = Decimal("0.05")
    collective_report_points: Decimal = Decimal(2)
    free_report_points: Decimal = Decimal(1)
    bonus_points: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        if set(self.maxima) != set(MAXIMA):
            raise ValueError(f"maxima: one for each of {', '.join(MAXIMA)}")
        numbers = {f"maxima.{key}": value for key, value in self.maxima.items()}
        rates = (each.name for each in fields(self) if each.name not in ("maxima", "below_baseline"))
        for name, value in (numbers | {name: getattr(self, name) for name in rates}).items():
            if _decimal(name, value) < 0:
                raise ValueError(f"{name}: {value} is negative")


DEFAULT_RULES = ScoringRules()


@dataclass(frozen=True, kw_only=True)
class MentorEvidence:
    """What really happened in the year; each default means "nothing".

    The three of the panel are means of submitted scores, ``courseware_results`` the results of the year's
    ranked courseware and ``survey_mean`` the mean of all surveys, from 0 to 100. Raises ValueError naming the
    field where a number is negative, or a result or mean is above 100.
    """

    teaching_skill: Decimal | None = None
    class_organisation: Decimal | None = None
    class_control: Decimal | None = None
    courseware_results: Sequence[Decimal] = ()
    in_top_ten: bool = False
    plagiarised: bool = False
    classes: int = 0
    consultations: int = 0
    placements: int = 0
    likes: int = 0
    bookings: int = 0
    survey_mean: Decimal | None = None
    collective_reports: int = 0
    free_reports: int = 0
    bonus_events: int = 0

    def __post_init__(self) -> None:
        for name in COUNTS:
            count = getattr(self, name)
            if not isinstance(count, int):
                raise TypeError(f"{name}: {count!r} is no whole number")
            if count < 0:
                raise ValueError(f"{name}: {count} is negative")
        for name in PANEL:
            _refuse_outside(name, getattr(self, name), None)
        _refuse_outside("survey_mean", self.survey_mean, HUNDRED)
        for result in self.courseware_results:
            _refuse_outside("courseware_results", result, None)


@dataclass(frozen=True)
class Line:
    """One line of a score card; ``uncapped`` is what it would be without its maximum."""

    points: Decimal
    maximum: Decimal
    reason: str
    uncapped: Decimal

    @property
    def cut_off(self) -> Decimal:
        """The points that the maximum took away."""
        return rounded(max(self.uncapped - self.maximum, ZERO))


@dataclass(frozen=True)
class ScoreCard:
    """A mentor's lines by key, in the order of annex 2."""

    lines: Mapping[str, Line]
    is_below_baseline: bool

    @property
    def total(self) -> Decimal:
        return sum((line.points for line in self.lines.values()), ZERO)


# A total, or a total with what decides between equal ones behind it.
Total = TypeVar("Total", Decimal, tuple[Decimal, ...])
# What an item comes to before its maximum, and how, in words.
Item = tuple[Decimal, str]


def score_mentor(evidence: MentorEvidence, rules: ScoringRules = DEFAULT_RULES) -> ScoreCard:
    """Return the score card of a mentor.

    Raises ValueError naming the field where a panel score is above the maximum of its item.
    """
    for name in PANEL:
        maximum = rules.maxima[name]
        _refuse_outside(name, getattr(evidence, name), maximum if maximum else None)
    lines = {key: _line(item(evidence, rules), rules.maxima[key]) for key, item in _ITEMS.items()}
    return ScoreCard(MappingProxyType(lines), evidence.classes < rules.class_base)


def rank(totals: Iterable[Total]) -> list[int]:
    """Return the rank of each total, in the order given; equal totals share the rank (1, 2, 2, 4)."""
    given = list(totals)
    first: dict[Total, int] = {}
    for place, total in enumerate(sorted(given, reverse=True), start=1):
        first.setdefault(total, place)
    return [first[total] for total in given]


def _line(item: Item, maximum: Decimal) -> Line:
    uncapped, how = item
    if not maximum:
        return Line(ZERO.quantize(CENT), maximum, "本年度不计这一项", uncapped)
    if uncapped > maximum:
        how = f"{how}，封顶 {word(maximum)} 分"
    return Line(rounded(min(uncapped, maximum)), maximum, how, uncapped)


def _panel(name: str) -> Callable[[MentorEvidence, ScoringRules], Item]:
    def of_the_panel(evidence: MentorEvidence, rules: ScoringRules) -> Item:
        score = getattr(evidence, name)
        if score is None:
            return ZERO, "还没有评审打分"
        return Decimal(score), f"评审平均 {word(rounded(Decimal(score)))} 分"

    return of_the_panel


def _courseware(evidence: MentorEvidence, rules: ScoringRules) -> Item:
    if evidence.plagiarised:
        return ZERO, "年度内有课件认定抄袭，计 0 分"
    if evidence.in_top_ten:
        return rules.maxima["courseware"], "有课件入选十优课件，计满分"
    if not evidence.courseware_results:
        return ZERO, "没有参加排名的课件"
    best = max(map(Decimal, evidence.courseware_results))
    return best * rules.courseware_rate, f"最好的课件 {word(best)} 分 × {_percent(rules.courseware_rate)}"


def _participation(evidence: MentorEvidence, rules: ScoringRules) -> Item:
    """Notice annex 2: at least two classes; beyond them each class and each consultation duty counts."""
    duties = evidence.consultations * rules.consultation_points
    of_duties = f"咨询 {evidence.consultations} 次 × {word(rules.consultation_points)} 分"
    if evidence.classes < rules.class_base:
        below = f"未达基数：上课 {evidence.classes} 次，至少 {rules.class_base} 次"
        if rules.below_baseline is BelowBaseline.ZERO:
            return ZERO, below
        return duties, f"{below}，只计咨询；{of_duties}"
    further = evidence.classes - rules.class_base
    of_classes = f"基数之外上课 {further} 次 × {word(rules.class_points)} 分"
    return further * rules.class_points + duties, f"{of_classes}，{of_duties}"


def _placements(evidence: MentorEvidence, rules: ScoringRules) -> Item:
    return _each("认定就业创业", evidence.placements, "人", rules.placement_points)


def _likes(evidence: MentorEvidence, rules: ScoringRules) -> Item:
    return _share("点赞", evidence.likes, "个", rules.like_rate)


def _bookings(evidence: MentorEvidence, rules: ScoringRules) -> Item:
    return _share("约课", evidence.bookings, "人次", rules.booking_rate)


def _survey(evidence: MentorEvidence, rules: ScoringRules) -> Item:
    mean = evidence.survey_mean
    if mean is None:
        return ZERO, "还没有课后问卷"
    shown = word(rounded(Decimal(mean)))
    return Decimal(mean) * rules.survey_rate, f"问卷平均 {shown} 分 × {_percent(rules.survey_rate)}"


def _research(evidence: MentorEvidence, rules: ScoringRules) -> Item:
    collective, of_trips = _each(
        "集体调研报告", evidence.collective_reports, "篇", rules.collective_report_points
    )
    free, of_own = _each("自由调研报告", evidence.free_reports, "篇", rules.free_report_points)
    return collective + free, f"{of_trips}，{of_own}"


def _bonus(evidence: MentorEvidence, rules: ScoringRules) -> Item:
    return _each("加分活动", evidence.bonus_events, "次", rules.bonus_points)


_ITEMS: Mapping[str, Callable[[MentorEvidence, ScoringRules], Item]] = {
    **{name: _panel(name) for name in PANEL},
    "courseware": _courseware,
    "participation": _participation,
    "placements": _placements,
    "likes": _likes,
    "bookings": _bookings,
    "survey": _survey,
    "research": _research,
    "bonus": _bonus,
}


def _each(what: str, count: int, unit: str, points: Decimal) -> Item:
    return count * points, f"{what} {count} {unit} × {word(points)} 分"


def _share(what: str, count: int, unit: str, rate: Decimal) -> Item:
    return count * rate, f"{what} {count} {unit} × {_percent(rate)}"


def rounded(points: Decimal) -> Decimal:
    """Return points to 0.01, half up."""
    return points.quantize(CENT, ROUND_HALF_UP)


def word(value: Decimal | int | str) -> str:
    """Return a number as people write it: 2, 3.5, 92.4."""
    return f"{Decimal(value).normalize():f}"


def _percent(rate: Decimal) -> str:
    return f"{word(rate * HUNDRED)}%"
