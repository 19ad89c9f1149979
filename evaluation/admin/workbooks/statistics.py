"""The figures of some months as a workbook: a sheet for each dimension, and how everything is counted."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from evaluation.admin.workbooks.sources import exported
from evaluation.admin.workbooks.tables import (
    Column,
    Total,
    Value,
    add_statement,
    add_table,
    new_workbook,
    saved,
)
from evaluation.rules.statement import Paragraph
from evaluation.selectors.statistics import (
    DIMENSIONS,
    Dimension,
    Figure,
    Line,
    Period,
    breakdown,
    figures_for,
    totals,
)
from mentor_portal.accounts.models import User

UNTOLD = "—"


def statistics_workbook(period: Period, *, by: User, at: datetime) -> bytes:
    """Return what a member of staff may see of the figures, each beside that of the year before."""
    workbook = new_workbook()
    figures = tuple(figures_for(by))
    whole = totals(period, by)
    for dimension in DIMENSIONS:
        lines = breakdown(period, by, dimension).lines
        add_table(
            workbook,
            f"按{dimension.name}",
            _columns(dimension, figures),
            _rows(lines, whole, dimension, figures),
            heading=f"职业导师课堂统计（{period.words}，按{dimension.name}）",
            frozen=1,
        )
    heading = f"职业导师课堂统计口径（{period.words}）"
    add_statement(workbook, _statement(period, figures, by, at), heading=heading)
    return saved(workbook)


def _columns(dimension: Dimension, figures: Sequence[Figure]) -> list[Column]:
    columns = [Column(dimension.name, width=16, is_left=True)]
    for figure in figures:
        group = f"{figure.name}（{figure.unit}）"
        columns += [Column("本期", group, 7.5), Column("上年同期", group, 9)]
    return columns


def _rows(
    lines: Sequence[Line], whole: Line, dimension: Dimension, figures: Sequence[Figure]
) -> Iterator[Sequence[Value]]:
    for line in lines:
        yield line.name, *_values(line, figures, dimension)
    yield Total(("合计（不重复计）", *_values(whole, figures)))


def _values(line: Line, figures: Sequence[Figure], dimension: Dimension | None = None) -> Iterator[Value]:
    for figure in figures:
        if dimension and dimension.key not in figure.dimensions:
            yield from (UNTOLD, UNTOLD)
        else:
            yield from (_written(figure, value) for value in (figure.of(line.now), figure.of(line.before)))


def _written(figure: Figure, value: int | Decimal | None) -> Value:
    return UNTOLD if value is None else value


def _statement(period: Period, figures: Sequence[Figure], by: User, at: datetime) -> Iterator[Paragraph]:
    unit = by.host_unit.name if by.host_unit else "全部承办单位"
    yield "统计期间", f"{period.words}（北京时间），按活动本身的日期计入；上年同期为上一年的同样月份。"
    yield "统计范围", f"{unit}。"
    for figure in figures:
        yield f"{figure.name}（{figure.unit}）", figure.rule
    yield "合计", "人数、导师等不重复计，各行相加可能大于合计；一场课堂属于几条产业链的，各计一次。"
    yield UNTOLD, "这项指标不能按这一项分，或者没有可以计算的数据。"
    yield exported(by, at)
