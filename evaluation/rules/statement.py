"""How the 两优 are counted (统计口径), in words, with the parameters of a year as a run has kept them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from evaluation.scoring import BelowBaseline, word

# A topic and what is to be said about it.
Paragraph = tuple[str, str]
Snapshot = Mapping[str, Any]

OFF = "本年度不计这一项（分值为 0）。"


def on_mentors(snapshot: Snapshot, year: int) -> list[Paragraph]:
    """Return how 优秀职业导师 is scored and ranked (notice annex 2), a paragraph for each line."""
    told = _mentor_lines(snapshot["parameters"])
    items = [row for row in snapshot["items"] if row["key"]]
    awards = snapshot["parameters"]["mentor_awards"]
    return [
        (
            "统计期间",
            f"{year} 年 1 月 1 日至 12 月 31 日（北京时间），按活动本身的日期计入，与登记的时间无关。",
        ),
        ("参评范围", "聘期覆盖本年度任何一天的职业导师；已解聘的不列入。"),
        *((f"{row['name']}（{word(row['maximum'])} 分）", _line(row, told)) for row in items),
        ("封顶与取整", "每一项先按分值封顶，再四舍五入到 0.01 分；合计为各项得分之和，全程按十进制计算。"),
        ("名次", f"按合计排名，合计相同的并列（1、2、2、4）；名额 {awards} 名，并列跨过名额线的都入选。"),
    ]


def on_courseware(snapshot: Snapshot) -> list[Paragraph]:
    """Return how 优秀课件 is scored and ranked (notice annex 1)."""
    named = snapshot["parameters"]
    items = [row for row in snapshot["items"] if not row["key"]]
    groups = [(name, list(rows)) for name, rows in groupby(items, key=lambda row: row["group"])]
    sums = "、".join(f"{name} {word(_sum(rows))} 分" for name, rows in groups)
    order = "、".join(name for name, _ in groups)
    trimming = "评分表满 5 份的去掉一个最高分和一个最低分。" if named["trim_extremes"] == "True" else ""
    return [
        (
            "课件评分",
            f"共 {len(items)} 项，满分 {word(_sum(items))} 分（{sums}）；每项从 0 分到该项分值，0.5 分一档。",
        ),
        (
            "课件得分",
            f"已提交评分表合计的平均分，四舍五入到 0.01 分；{trimming}"
            f"至少 {named['min_judges']} 份评分表才参加排名。",
        ),
        ("回避", "评审专家不评本人和同单位导师的课件；因其他原因回避的，不计入应交的评分表。"),
        (
            "课件名次",
            f"依次比较得分、{order}的平均分，都相同的并列；名额 {named['courseware_awards']} 件，"
            "并列跨过名额线的都入选；认定抄袭的不参加排名。",
        ),
    ]


def on_panel(snapshot: Snapshot) -> list[Paragraph]:
    """Return how the judges' matrix is to be read."""
    return [
        *on_courseware(snapshot),
        (
            "课堂组织能力",
            "评审专家对上过课的导师按教学技巧、课堂组织、调控课堂三项评分，各项分别取已提交评分的平均分。",
        ),
        (
            "矩阵中的字",
            "数字为已提交的评分；“未交”是已分配还没有提交（含退回修改）；“回避”是专家已回避；空格是没有分配。",
        ),
        (
            "平均、最高、最低",
            "平均分按年度的规则（含去掉最高分、最低分）计算，与排名所用的一致；最高、最低按全部已提交的评分。",
        ),
        ("专家平均", "每位专家已提交评分的平均，只供了解评分松紧，不参与任何计算。"),
    ]


def _line(row: Mapping[str, str], told: Mapping[str, str]) -> str:
    return told[row["key"]] if Decimal(row["maximum"]) else OFF


def _mentor_lines(named: Mapping[str, str]) -> dict[str, str]:
    panel = "评审专家已提交评分的平均分。"
    return {
        "teaching_skill": panel,
        "class_organisation": panel,
        "class_control": panel,
        "courseware": (
            "年度内有课件认定抄袭的计 0 分；有课件入选优秀课件的计满分；"
            f"否则按参加排名的课件中最好的得分 × {word(named['courseware_percent'])}% 计分；没有的计 0 分。"
        ),
        "participation": _participation(named),
        "placements": f"在导师帮扶下就业创业并经核实的求职者，每人 {word(named['placement_points'])} 分，"
        "同一求职者只计一次。",
        "likes": f"点赞数 × {word(named['like_percent'])}%。参加过导师活动的求职者才能点赞，"
        "每人每年对一位导师一次，取消的不计。",
        "bookings": f"约课人次 × {word(named['booking_percent'])}%。指求职者对导师课堂的预约，"
        "已取消和候补未递补的不计，现场签到未预约的不计。",
        "survey": f"全年课后问卷的平均分（百分制）× {word(named['survey_percent'])}%。",
        "research": (
            f"参加集体调研并有报告通过的每次 {word(named['collective_report_points'])} 分（每次活动一篇），"
            f"自由调研报告通过的每篇 {word(named['free_report_points'])} 分；"
            f"报告不少于 {named['report_length']} 字（每个汉字、标点计 1 字，连续的其他字符计 1 字）。"
        ),
        "bonus": "经核实的加分活动（创新创业大赛、人才高端论坛等），"
        f"每场次 {word(named['bonus_points'])} 分。",
    }


def _participation(named: Mapping[str, str]) -> str:
    base = named["class_base"]
    is_zero = named["below_baseline"] == BelowBaseline.ZERO
    below = "计 0 分" if is_zero else "只计咨询次数"
    return (
        f"以上课 {base} 次为基数，基数之外每次上课 {word(named['class_points'])} 分，"
        f"每次咨询 {word(named['consultation_points'])} 分；上课不足 {base} 次的为“未达基数”，{below}。"
        "上课指已举行、导师到场已确认的课堂，两位导师同上一课各计一次；"
        "咨询指导师到场的一个值班班次或一场集中诊断，不论来了几人。"
    )


def _sum(rows: Sequence[Mapping[str, str]]) -> Decimal:
    return sum((Decimal(row["maximum"]) for row in rows), Decimal(0))
