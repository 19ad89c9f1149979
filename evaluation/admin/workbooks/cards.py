"""The score cards of a run as a workbook: one row for each mentor and item, and what they come to."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import count

from evaluation.admin.workbooks.sources import of_run, require_done
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
from evaluation.models import RankingRun, RunCard
from evaluation.rules.counted import counted_for
from evaluation.rules.statement import Paragraph, on_mentors
from evaluation.scoring import ScoringRules, rounded
from evaluation.selectors.exports import ranked_cards
from evaluation.selectors.years import rules_from
from mentor_portal.accounts.models import User

COLUMNS = (
    Column("序号", width=7),
    Column("名次", "导师", 6),
    Column("姓名", "导师", 10),
    Column("工作单位", "导师", 30, is_left=True),
    Column("指标", "考核项目", 16, is_left=True),
    Column("考核内容", "考核项目", 15, is_left=True),
    Column("分值", "考核项目", 7),
    Column("计什么", "计分依据", 22, is_left=True),
    Column("实际数", "计分依据", 9),
    Column("计入数", "计分依据", 9),
    Column("折算分", "得分", 9),
    Column("封顶去掉", "得分", 9),
    Column("得分", "得分", 9),
    Column("说明", width=44, is_left=True),
)
ON_CARDS: Sequence[Paragraph] = (
    ("实际数", "年度内符合统计口径的全部记录数；评审、课件、问卷为平均分或最好的得分。"),
    (
        "计入数",
        "计入得分的数量：达到该项分值后，其余的不再计分。参与次数先计上课，报告先计集体调研。",
    ),
    ("折算分、封顶去掉", "折算分是封顶之前的得分；超过该项分值的部分列在“封顶去掉”。"),
)


def cards_workbook(run: RankingRun, *, by: User, at: datetime) -> bytes:
    """Return 得分明细 and 统计口径 of a run. Raises RunNotExportable before it is done."""
    require_done(run)
    workbook = new_workbook()
    year = run.year.year
    heading = f"{year} 年度优秀职业导师得分明细（第 {run.number} 次计算）"
    add_table(workbook, "得分明细", COLUMNS, _rows(run), heading=heading, frozen=3)
    paragraphs = [*of_run(run, by, at), *ON_CARDS, *on_mentors(run.rules, year)]
    add_statement(workbook, paragraphs, heading=f"{year} 年度两优评选统计口径")
    return saved(workbook)


def _rows(run: RankingRun) -> Iterator[Sequence[Value]]:
    rules = rules_from(run.rules)
    items = [row for row in run.rules["items"] if row["key"]]
    maximum = sum((Decimal(item["maximum"]) for item in items), Decimal(0))
    numbers = count(1)
    for card in ranked_cards(run):
        of_mentor = (card.rank, card.mentor.name, card.mentor.employer)
        for item in items:
            of_item = (item["group"], item["name"], as_written(Decimal(item["maximum"])))
            yield next(numbers), *of_mentor, *of_item, *_scored(card, item["key"], rules)
        yield Total((None, *of_mentor, "", "合计", as_written(maximum), *[None] * 5, card.total, ""))


def _scored(card: RunCard, key: str, rules: ScoringRules) -> Sequence[Value]:
    line = card.lines[key]
    counted = counted_for(key, card.evidence, rules)
    points, maximum = Decimal(line["points"]), Decimal(line["maximum"])
    uncapped = rounded(Decimal(line["uncapped"]))
    cut_off = max(uncapped - maximum, Decimal(0)) if maximum else None
    return counted.what, counted.found, counted.taken, uncapped, cut_off, points, line["reason"]
