"""What is counted: the figures with their names, their rules in words, and where each can be broken down."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# What a figure can be broken down by, see ``dimensions``.
ALWAYS = frozenset({"month", "category", "chain", "prefecture", "reach", "type"})
BY_PLACE = frozenset({"month", "category", "chain", "prefecture"})
BY_MENTOR = frozenset({"month", "category", "chain"})
TENTH = Decimal("0.1")


@dataclass
class Figures:
    """Everything that is counted of some part of a span; all of it whole numbers."""

    sessions: int = 0
    bookings: int = 0
    attendances: int = 0
    # Of the bookings whose outcome is known: who came, and who did not.
    came: int = 0
    missed: int = 0
    consultations: int = 0
    people: int = 0
    placements: int = 0
    ratings: int = 0
    satisfied: int = 0
    surveys: int = 0
    mentors: int = 0
    appointed: int = 0

    @property
    def attendance_rate(self) -> Decimal | None:
        return _percent(self.came, self.came + self.missed)

    @property
    def satisfaction(self) -> Decimal | None:
        return _percent(self.satisfied, self.ratings)

    def __bool__(self) -> bool:
        return any(vars(self).values())


def _percent(part: int, whole: int) -> Decimal | None:
    """Return a share in per cent to 0.1, half up; ``None`` of nothing."""
    if not whole:
        return None
    return (Decimal(part * 100) / whole).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Figure:
    """A figure: its name among ``Figures``, what it is called, its unit, and how it is counted, in words."""

    key: str
    name: str
    unit: str
    rule: str
    dimensions: frozenset[str] = ALWAYS
    # Pairings and appointments belong to no unit: the province's alone.
    is_of_province: bool = False

    @property
    def is_share(self) -> bool:
        return self.unit == "%"

    def of(self, figures: Figures) -> int | Decimal | None:
        """Return the value; ``None`` for a share of nothing."""
        return getattr(figures, self.key)


FIGURES = (
    Figure(
        "sessions",
        "课堂场次",
        "场",
        "已举办、至少一位导师确认到场的课堂；取消的不计，调整过时间的按新时间计。",
    ),
    Figure("bookings", "约课人次", "人次", "课堂的有效预约；取消、候补和待确认的递补不计，现场登记不计。"),
    Figure("attendances", "到课人次", "人次", "课堂已签到的人次，含现场登记。"),
    Figure(
        "attendance_rate", "到课率", "%", "预约的人里，到场的占到场与未到场之和的比例；请假、现场登记不计。"
    ),
    Figure(
        "consultations",
        "咨询人次",
        "人次",
        "一对一咨询和集中诊断已到场的人次，含现场登记。",
        BY_PLACE,
    ),
    Figure("people", "服务人数", "人", "到过课堂、咨询或集中诊断的人，一人只计一次；各项相加可能大于合计。"),
    Figure(
        "placements",
        "帮扶就业",
        "人",
        "结对帮扶后就业或创业、经核实认定的求职者，按入职或开业日期，同一人只计一次。",
        BY_MENTOR,
        is_of_province=True,
    ),
    Figure("satisfaction", "满意率", "%", "课堂和咨询的评价中，基本满意及以上的占比；没有评价时不显示。"),
    Figure("surveys", "问卷回收", "份", "课堂的课后问卷份数，每个到课的人一份。"),
    Figure("mentors", "参与导师", "位", "在课堂、咨询值班或集中诊断确认到场的导师，同一位只计一次。"),
    Figure(
        "appointed",
        "在聘导师",
        "位",
        "聘期覆盖其中任何一天的导师，解聘的不计；按主类别和主产业链分。",
        BY_MENTOR,
        is_of_province=True,
    ),
)
