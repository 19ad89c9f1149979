"""The ranking of a run as a workbook: the mentors with their lines, the courseware, how it was counted."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from evaluation.admin.workbooks.sources import of_run, require_done
from evaluation.admin.workbooks.tables import (
    Column,
    Value,
    add_statement,
    add_table,
    new_workbook,
    saved,
)
from evaluation.models import RankingRun, RunCard, RunCourseware
from evaluation.rules.statement import on_courseware, on_mentors
from evaluation.scoring import word
from evaluation.selectors.exports import placed_courseware, ranked_cards
from mentor_portal.accounts.models import User

Item = Mapping[str, str]


def ranking_workbook(run: RankingRun, *, by: User, at: datetime) -> bytes:
    """Return 排名表, 优秀课件 and 统计口径 of a run. Raises RunNotExportable before it is done."""
    require_done(run)
    workbook = new_workbook()
    year = run.year.year
    heading = f"{year} 年度优秀职业导师排名表（第 {run.number} 次计算）"
    items = [row for row in run.rules["items"] if row["key"]]
    awards = int(run.rules["parameters"]["mentor_awards"])
    rows = _mentor_rows(run, items, awards)
    add_table(workbook, "排名表", _mentor_columns(items), rows, heading=heading, frozen=3)
    groups = [row["group"] for row in run.rules["items"] if not row["key"]]
    names = [name for name, _ in groupby(groups)]
    add_table(
        workbook,
        "优秀课件",
        _courseware_columns(names),
        _courseware_rows(run, names),
        heading=f"{year} 年度优秀课件排名表（第 {run.number} 次计算）",
        frozen=4,
    )
    paragraphs = [
        *of_run(run, by, at),
        *on_mentors(run.rules, year),
        *on_courseware(run.rules),
    ]
    add_statement(workbook, paragraphs, heading=f"{year} 年度两优评选统计口径")
    return saved(workbook)


def _mentor_columns(items: Sequence[Item]) -> list[Column]:
    return [
        Column("序号", width=6),
        Column("名次", width=6),
        Column("姓名", width=10),
        Column("工作单位", width=28, is_left=True),
        Column("产业链", width=19, is_left=True),
        *(column for _, of_group in groupby(items, _group) for column in _line_columns(list(of_group))),
        Column("合计", width=8),
        Column("备注", width=15, is_left=True),
    ]


def _group(item: Item) -> str:
    return item["group"]


def _line_columns(items: Sequence[Item]) -> list[Column]:
    """Return the columns of a group; an item that is called like its group and alone in it needs no group."""
    named = [f"{item['name']}\n（{word(item['maximum'])}）" for item in items]
    if len(items) == 1 and items[0]["name"] == items[0]["group"]:
        return [Column(named[0], width=9.5)]
    maximum = sum((Decimal(item["maximum"]) for item in items), Decimal(0))
    return [Column(name, f"{items[0]['group']}（{word(maximum)}）", 9.5) for name in named]


def _mentor_rows(run: RankingRun, items: Sequence[Item], awards: int) -> Iterator[Sequence[Value]]:
    for number, card in enumerate(ranked_cards(run), start=1):
        mentor = card.mentor
        chain = mentor.primary_chain.short_name if mentor.primary_chain else ""
        points = [Decimal(card.lines[item["key"]]["points"]) for item in items]
        of_mentor = (card.rank, mentor.name, mentor.employer, chain)
        yield number, *of_mentor, *points, card.total, _notes(card, awards)


def _notes(card: RunCard, awards: int) -> str:
    notes = (
        (card.rank is not None and card.rank <= awards, "入选"),
        (card.is_below_baseline, "未达基数"),
        (card.evidence["plagiarised"], "课件认定抄袭"),
    )
    return "、".join(word for holds, word in notes if holds)


def _courseware_columns(groups: Sequence[str]) -> list[Column]:
    return [
        Column("序号", width=6),
        Column("名次", width=6),
        Column("编号", width=10),
        Column("标题", width=44, is_left=True),
        Column("导师", width=12),
        Column("评分表\n份数", width=8),
        *(Column(name, "分组得分", 10) for name in groups),
        Column("得分", width=9),
        Column("备注", width=20, is_left=True),
    ]


def _courseware_rows(run: RankingRun, groups: Sequence[str]) -> Iterator[Sequence[Value]]:
    for number, placed in enumerate(placed_courseware(run), start=1):
        courseware = placed.entry.courseware
        sums = [Decimal(placed.groups[name]) if name in placed.groups else None for name in groups]
        yield (
            *(number, placed.rank, placed.entry.label, courseware.title, courseware.mentor.name),
            *(placed.sheet_count, *sums, placed.result, _courseware_notes(placed)),
        )


def _courseware_notes(placed: RunCourseware) -> str:
    if placed.is_plagiarised:
        return "认定抄袭，不排名"
    if placed.rank is None:
        return "评分表不足，不排名"
    return "入选" if placed.is_top else ""
