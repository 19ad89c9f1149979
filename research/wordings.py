"""What the portal tells mentors and staff about research, until staff write it otherwise."""

from enum import StrEnum

from mentor_portal.notifications.kinds import MessageKind


class Kind(StrEnum):
    """The kinds of messages that this app brings."""

    PLAN_PUBLISHED = "research_plan_published"
    TRIP_SHORT = "research_trip_short"
    TRIP_GATHERS_ELSEWHERE = "research_gathers_elsewhere"
    REPORT_ACCEPTED = "research_report_accepted"
    REPORT_RETURNED = "research_report_returned"
    REPORT_PUBLISHED = "research_report_published"


REPORT = {"report": ("报告标题", "智能制造车间需要什么样的技工")}

RESEARCH_MESSAGES = (
    MessageKind(
        key=Kind.PLAN_PUBLISHED,
        name="年度调研方案发布",
        title="{year} 年调研方案已发布",
        body="{year} 年调研方案已发布，共 {count} 个主题。每期名额有限，按报名先后确定。",
        words={"year": ("年度", "2026"), "count": ("主题数", "12")},
        icon="note",
    ),
    MessageKind(
        key=Kind.TRIP_SHORT,
        name="调研报名不足（工作人员）",
        title="调研报名人数不足",
        body="“{trip}”（{when}）报名已截止，{taken} 人报名，未达到 {minimum} 人。请决定照常、延期或取消。",
        words={
            "trip": ("调研标题", "走进工程机械龙头企业"),
            "when": ("时间", "3月12日（周四）09:00–17:00"),
            "taken": ("报名人数", "3"),
            "minimum": ("成行人数", "5"),
        },
        icon="alert",
    ),
    MessageKind(
        key=Kind.TRIP_GATHERS_ELSEWHERE,
        name="调研集合地点有变",
        title="集合地点有变",
        body="“{trip}”（{when}）的集合地点改为：{gathering}。时间不变。",
        words={
            "trip": ("调研标题", "走进工程机械龙头企业"),
            "when": ("时间", "3月12日（周四）09:00–17:00"),
            "gathering": ("集合地点", "中心一楼大厅"),
        },
        by_sms=True,
        icon="alert",
    ),
    MessageKind(
        key=Kind.REPORT_ACCEPTED,
        name="调研报告通过",
        title="调研报告已通过",
        body="您的调研报告“{report}”已通过审核。",
        words=REPORT,
        icon="check-circle",
    ),
    MessageKind(
        key=Kind.REPORT_RETURNED,
        name="调研报告退回修改",
        title="调研报告请修改",
        body="您的调研报告“{report}”需要修改：{comment}。改好后请重新提交。",
        words={**REPORT, "comment": ("退回原因", "请补充企业用工情况")},
        by_sms=True,
        icon="edit",
    ),
    MessageKind(
        key=Kind.REPORT_PUBLISHED,
        name="调研报告公开",
        title="调研报告已公开",
        body="您的调研报告“{report}”已在“调研”栏目公开。",
        words=REPORT,
        icon="note",
    ),
)
