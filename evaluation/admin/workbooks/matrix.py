"""The judges' matrix of a year as a workbook: who gave what to whom, as a whole and by parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import count

from openpyxl import Workbook

from evaluation.admin.workbooks.sources import of_year
from evaluation.admin.workbooks.tables import (
    Column,
    Total,
    Value,
    add_statement,
    add_table,
    as_written,
    new_workbook,
    saved,
)
from evaluation.models import EvaluationYear, ScoreSheet
from evaluation.rules.courseware import mean_of
from evaluation.rules.statement import on_panel
from evaluation.scoring import word
from evaluation.selectors.matrix import Matrix, MatrixRow, Spread, class_matrix, courseware_matrix
from evaluation.selectors.years import snapshot_of
from mentor_portal.accounts.models import User

State = ScoreSheet.State
STATE_WORDS = {State.RECUSED: "回避", State.OPEN: "未交", State.RETURNED: "未交"}
SPREAD = ("平均", "最低", "最高")
JUDGES = "评审专家"


@dataclass(frozen=True)
class _Subject:
    """How what is judged stands in its rows: the names of the sheets, the leading columns and values."""

    sheet: str
    parts_sheet: str
    part: str
    columns: Sequence[Column]

    def values(self, row: MatrixRow) -> Sequence[str]:
        return (row.number, row.title, row.author) if row.number else (row.author, row.title)


COURSEWARE = _Subject(
    "课件评审矩阵",
    "课件分组评分",
    "分组",
    (Column("编号", width=9), Column("标题", width=30, is_left=True), Column("导师", width=10)),
)
CLASSES = _Subject(
    "课堂组织能力矩阵",
    "课堂分项评分",
    "考核内容",
    (Column("导师", width=10), Column("工作单位", width=30, is_left=True)),
)


def matrix_workbook(year: EvaluationYear, *, by: User, at: datetime) -> bytes:
    """Return the matrices of courseware and of 课堂组织能力, each also by parts, and 统计口径."""
    workbook = new_workbook()
    _add_matrix(workbook, year, COURSEWARE, courseware_matrix(year))
    _add_matrix(workbook, year, CLASSES, class_matrix(year))
    paragraphs = [*of_year(year, by, at), *on_panel(snapshot_of(year))]
    add_statement(workbook, paragraphs, heading=f"{year.year} 年度专家评审统计口径")
    return saved(workbook)


def _add_matrix(workbook: Workbook, year: EvaluationYear, subject: _Subject, matrix: Matrix) -> None:
    first = [Column("序号", width=6), *subject.columns]
    add_table(
        workbook,
        subject.sheet,
        [*first, *_judge_columns(matrix), *_spread_columns(matrix)],
        _rows(subject, matrix),
        heading=f"{year.year} 年度{subject.sheet}",
        frozen=len(first),
    )
    by_part = [*first, Column(subject.part, width=12), Column("分值", width=6)]
    add_table(
        workbook,
        subject.parts_sheet,
        [*by_part, *_judge_columns(matrix), *(Column(name, "本组得分", 8) for name in SPREAD)],
        _part_rows(subject, matrix),
        heading=f"{year.year} 年度{subject.parts_sheet}",
        frozen=len(by_part),
    )


def _judge_columns(matrix: Matrix) -> list[Column]:
    return [Column(name, JUDGES, 8) for name in matrix.judges.values()]


def _spread_columns(matrix: Matrix) -> list[Column]:
    parts = {"合计": matrix.maximum, **matrix.parts}
    return [
        Column(name, f"{part}（{word(maximum)}）", 8) for part, maximum in parts.items() for name in SPREAD
    ]


def _rows(subject: _Subject, matrix: Matrix) -> Iterator[Sequence[Value]]:
    for number, row in enumerate(matrix.rows, start=1):
        totals = [_given(row, judge) for judge in matrix.judges]
        spreads = [_three(row.spread), *(_three(row.spread_of(part)) for part in matrix.parts)]
        yield number, *subject.values(row), *totals, *(value for three in spreads for value in three)
    blanks = [None] * (len(SPREAD) * (1 + len(matrix.parts)))
    label = ("专家平均", *[""] * (len(subject.columns) - 1))
    yield Total((None, *label, *(_mean_by(matrix, judge) for judge in matrix.judges), *blanks))


def _part_rows(subject: _Subject, matrix: Matrix) -> Iterator[Sequence[Value]]:
    numbers = count(1)
    for row in matrix.rows:
        for part, maximum in matrix.parts.items():
            given = [_given(row, judge, part) for judge in matrix.judges]
            yield (
                next(numbers),
                *subject.values(row),
                part,
                as_written(maximum),
                *given,
                *_three(row.spread_of(part)),
            )


def _given(row: MatrixRow, judge: int, part: str = "") -> Value:
    """Return a judge's points, or in words why there are none."""
    if sheet := row.sheets.get(judge):
        return sheet.groups[part] if part else sheet.total
    return STATE_WORDS.get(row.states.get(judge))


def _three(spread: Spread | None) -> tuple[Value, Value, Value]:
    return (spread.mean, spread.least, spread.most) if spread else (None, None, None)


def _mean_by(matrix: Matrix, judge: int) -> Decimal | None:
    totals = [row.sheets[judge].total for row in matrix.rows if judge in row.sheets]
    return mean_of(totals) if totals else None
