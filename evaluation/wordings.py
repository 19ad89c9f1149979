"""What the portal tells judges, mentors and staff about the 两优, until staff write it otherwise."""

from enum import StrEnum

from mentor_portal.notifications.kinds import MessageKind


class Kind(StrEnum):
    """The kinds of messages that this app brings."""

    JUDGING_BEGAN = "evaluation_judging_began"
    SHEETS_ADDED = "evaluation_sheets_added"
    JUDGE_NUDGED = "evaluation_judge_nudged"
    SHEET_RETURNED = "evaluation_sheet_returned"
    ENTRY_CONFIRMED = "evaluation_entry_confirmed"
    ENTRY_DECLINED = "evaluation_entry_declined"
    RESULT_SHOWN = "evaluation_result_shown"
    RESULT_FINAL = "evaluation_result_final"
    AWARDED = "evaluation_awarded"
    OBJECTION_RAISED = "evaluation_objection_raised"
    OBJECTION_ANSWERED = "evaluation_objection_answer"


YEAR = {"year": ("年度", "2026")}
LEFT = {
    "count": ("待评的评分表份数", "12"),
    "until": ("截止日期", "请在12月20日（周日）前提交"),
}
ENTRY = {"courseware": ("课件标题", "面试中的表达")}

EVALUATION_MESSAGES = (
    MessageKind(
        key=Kind.JUDGING_BEGAN,
        name="评审开始（评审专家）",
        title="{year} 年度两优评审开始",
        body="您有 {count} 份评分表待评，{until}。请在“我的”里打开“评审”。",
        words={
            **YEAR,
            "count": ("评分表份数", "12"),
            "until": ("截止日期", "请在12月20日（周日）前提交"),
        },
        by_sms=True,
        icon="edit",
    ),
    MessageKind(
        key=Kind.SHEETS_ADDED,
        name="新增评分表（评审专家）",
        title="您有新的评分表",
        body="{year} 年度两优评审给您新分了评分表，现有 {count} 份待评，{until}。",
        words={**YEAR, **LEFT},
        by_sms=True,
        icon="edit",
    ),
    MessageKind(
        key=Kind.JUDGE_NUDGED,
        name="评审催办（评审专家）",
        title="还有评分表等您提交",
        body="{year} 年度两优评审您还有 {count} 份评分表没有提交，{until}。",
        words={**YEAR, **LEFT},
        by_sms=True,
        icon="alert",
    ),
    MessageKind(
        key=Kind.SHEET_RETURNED,
        name="评分表退回修改（评审专家）",
        title="您的评分表已退回修改",
        body="您在 {year} 年度两优评审中提交的“{subject}”评分表已退回修改：{reason}。改好后请重新提交。",
        words={
            **YEAR,
            "subject": ("评的是哪一份", "课件 07"),
            "reason": ("理由", "第三组的分数与评语不一致"),
        },
        icon="edit",
    ),
    MessageKind(
        key=Kind.ENTRY_CONFIRMED,
        name="课件参评（导师）",
        title="您的课件已参评",
        body="您的课件“{courseware}”已确认参加 {year} 年度优秀课件评选。",
        words={**YEAR, **ENTRY},
        icon="check-circle",
    ),
    MessageKind(
        key=Kind.ENTRY_DECLINED,
        name="课件不参评（导师）",
        title="您的课件未参评",
        body="您的课件“{courseware}”不参加 {year} 年度优秀课件评选：{reason}。",
        words={**YEAR, **ENTRY, "reason": ("理由", "内容与课堂主题不符")},
        icon="note",
    ),
    MessageKind(
        key=Kind.RESULT_SHOWN,
        name="两优结果公示（导师）",
        title="{year} 年度两优结果公示",
        body="{year} 年度两优评选结果正在公示，截止 {until}。您的得分可在“我的得分”里逐项查看，"
        "有异议请在公示期内提出。",
        words={**YEAR, "until": ("公示截止", "1月15日 24:00")},
        icon="note",
    ),
    MessageKind(
        key=Kind.RESULT_FINAL,
        name="两优结果定稿（导师）",
        title="{year} 年度两优结果已定稿",
        body="{year} 年度两优评选结果已定稿，您的最终得分 {total} 分，第 {rank} 名。",
        words={**YEAR, "total": ("最终得分", "59.02"), "rank": ("名次", "12")},
        icon="note",
    ),
    MessageKind(
        key=Kind.AWARDED,
        name="两优获奖（导师）",
        title="祝贺您获评{award}",
        body="祝贺您！{what}获评 {year} 年度{award}。",
        words={
            **YEAR,
            "award": ("奖项", "优秀课件"),
            "what": ("谁或哪件课件", "您的课件“面试中的表达”"),
        },
        by_sms=True,
        icon="check-circle",
    ),
    MessageKind(
        key=Kind.OBJECTION_RAISED,
        name="公示异议（工作人员）",
        title="收到公示异议",
        body="{name} 对 {year} 年度两优结果提出异议，请核实后答复。",
        words={**YEAR, "name": ("提出人", "李明")},
        icon="alert",
    ),
    MessageKind(
        key=Kind.OBJECTION_ANSWERED,
        name="公示异议答复",
        title="您的异议已答复",
        body="您对 {year} 年度两优结果提出的异议已答复（{outcome}）：{answer}",
        words={
            **YEAR,
            "outcome": ("处理结果", "异议不成立"),
            "answer": ("答复", "经核实，您的上课次数记录无误。"),
        },
        by_sms=True,
        icon="note",
    ),
)
