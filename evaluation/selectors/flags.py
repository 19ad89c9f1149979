"""What is unusual in a run and wants a second look before it is shown (复核)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from evaluation.models import RankingRun, RunCard
from evaluation.rules.flags import burst_of, covers_whole
from mentors.models import Appointment, Like

NAMED = 5


class FlagKind(StrEnum):
    BELOW_BASELINE = "below_baseline"
    NO_PANEL_SCORE = "no_panel_score"
    SHARED_LINE = "shared_line"
    PLAGIARISED = "plagiarised"
    APPOINTMENT_GAP = "appointment_gap"
    LIKES_AT_A_BURST = "likes_at_a_burst"


@dataclass(frozen=True)
class Flag:
    """One thing to look at, in words."""

    kind: FlagKind
    sentence: str


def flags_of(run: RankingRun) -> list[Flag]:
    """Return all that is unusual in a run, in a fixed number of queries."""
    cards = run.cards.select_related("mentor").only("mentor__name", "run")
    found = [
        _naming(FlagKind.BELOW_BASELINE, cards.filter(is_below_baseline=True), "未达上课基数"),
        _naming(
            FlagKind.NO_PANEL_SCORE, cards.filter(evidence__teaching_skill=None), "没有课堂组织能力的评审分"
        ),
        _naming(FlagKind.PLAGIARISED, cards.filter(evidence__plagiarised=True), "有认定抄袭的课件"),
        *_shared(run),
        _of_names(FlagKind.APPOINTMENT_GAP, _gaps(run), "聘期没有覆盖全年"),
        _of_names(FlagKind.LIKES_AT_A_BURST, _bursts(run), "有一天集中点赞"),
    ]
    return [flag for flag in found if flag]


def _naming(kind: FlagKind, cards: QuerySet[RunCard], what: str) -> Flag | None:
    return _of_names(
        kind, list(cards.order_by("rank", "mentor").values_list("mentor__name", flat=True)), what
    )


def _of_names(kind: FlagKind, names: list[str], what: str) -> Flag | None:
    if not names:
        return None
    more = "等" if len(names) > NAMED else ""
    return Flag(kind, f"{len(names)} 位导师{what}：{'、'.join(names[:NAMED])}{more}。")


def _shared(run: RankingRun) -> list[Flag]:
    found = []
    year = run.year
    ranked = run.courseware.filter(rank__isnull=False)
    for word, rows, places in (
        ("优秀职业导师", run.cards.all(), year.mentor_awards),
        ("优秀课件", ranked, year.courseware_awards),
    ):
        inside = rows.filter(rank__lte=places).count()
        if inside > places:
            sentence = f"{word}名额 {places} 个，并列跨过名额线，共 {inside} 个入选。"
            found.append(Flag(FlagKind.SHARED_LINE, sentence))
    return found


def _gaps(run: RankingRun) -> list[str]:
    """Return the mentors whose appointments leave a part of the year out."""
    first, last = date(run.year.year, 1, 1), date(run.year.year, 12, 31)
    spans: dict[int, list[tuple[date, date]]] = defaultdict(list)
    names: dict[int, str] = {}
    rows = Appointment.objects.covering(first, last).filter(mentor__in=run.cards.values("mentor"))
    for mentor, name, start, end in rows.order_by("mentor").values_list(
        "mentor", "mentor__name", "starts_on", "ends_on"
    ):
        names[mentor] = name
        spans[mentor].append((start, end))
    return [name for mentor, name in names.items() if not covers_whole(spans[mentor], first, last)]


def _bursts(run: RankingRun) -> list[str]:
    """Return the mentors half of whose likes came on one day."""
    days: dict[int, dict[date, int]] = defaultdict(dict)
    names: dict[int, str] = {}
    likes = Like.objects.of_year(run.year.year).filter(mentor__in=run.cards.values("mentor"))
    counted = likes.order_by().annotate(day=TruncDate("liked_at")).values("mentor", "day")
    for mentor, name, day, many in counted.annotate(many=Count("pk")).values_list(
        "mentor", "mentor__name", "day", "many"
    ):
        names[mentor] = name
        days[mentor][day] = many
    return [name for mentor, name in sorted(names.items()) if burst_of(days[mentor])]
