"""What the portal tells people about consultations and pairings, until staff write it otherwise."""

from enum import StrEnum

from mentor_portal.notifications.kinds import MessageKind


class Kind(StrEnum):
    """The kinds of messages that this app brings."""

    SHIFT_APPROVED = "shift_approved"
    SHIFT_DECLINED = "shift_declined"
    SHIFT_CANCELLED = "shift_cancelled"
    CLINIC_PUBLISHED = "clinic_published"
    CLINIC_MOVED = "clinic_moved"
    CLINIC_CANCELLED = "clinic_cancelled"
    CLINIC_RELEASED = "clinic_released"
    PAIRING_PROPOSED = "pairing_proposed"
    PAIRING_STARTED_BY_STAFF = "pairing_started_by_staff"
    PAIRING_ACCEPTED = "pairing_accepted"
    PAIRING_DECLINED = "pairing_declined"
    OUTCOME_CLAIMED = "outcome_claimed"
    OUTCOME_CONFIRMED = "outcome_confirmed"
    OUTCOME_DISPUTED = "outcome_disputed"
    OUTCOME_RETURNED = "outcome_returned"
    OUTCOME_VERIFIED = "outcome_verified"
    OUTCOME_REFUSED = "outcome_refused"
    PAIRING_UNSUCCESSFUL = "pairing_unsuccessful"
    PAIRING_STOPPED = "pairing_stopped"


SHIFT = {
    "when": ("值班时间", "3月12日（周四）09:00–12:00"),
    "place": ("地点", "长沙 · 职业咨询室 1"),
    "note": ("说明", "房间已满，请改到下午"),
}

CONSULTATION_MESSAGES = (
    MessageKind(
        key=Kind.SHIFT_APPROVED,
        name="值班已安排",
        title="咨询值班已安排",
        body="您的咨询值班已安排：{when}，{place}。求职者可以预约了。",
        words=SHIFT,
        by_sms=True,
    ),
    MessageKind(
        key=Kind.SHIFT_DECLINED,
        name="值班未安排",
        title="咨询值班未安排",
        body="您申报的咨询值班（{when}）未能安排：{note}。欢迎申报其他时间。",
        words=SHIFT,
    ),
    MessageKind(
        key=Kind.SHIFT_CANCELLED,
        name="值班已取消",
        title="咨询值班已取消",
        body="您的咨询值班（{when}，{place}）已取消：{note}。已预约的求职者已收到通知。",
        words=SHIFT,
        by_sms=True,
    ),
)

CLINIC = {
    "clinic": ("集中诊断标题", "先进制造业求职集中诊断"),
    "when": ("时间", "3月12日（周四）14:00–17:00"),
    "place": ("地点", "长沙 · 中心二楼课堂"),
}
CLINIC_WITH_NOTE = {**CLINIC, "note": ("原因", "与大型招聘会冲突")}

CLINIC_MESSAGES = (
    MessageKind(
        key=Kind.CLINIC_PUBLISHED,
        name="集中诊断已发布（导师）",
        title="请参加集中诊断",
        body="“{clinic}”已发布：{when}，{place}。当天请在工作台打开诊断现场叫号。",
        words=CLINIC,
        by_sms=True,
    ),
    MessageKind(
        key=Kind.CLINIC_MOVED,
        name="集中诊断调整（导师）",
        title="集中诊断有调整",
        body="“{clinic}”已调整为：{when}，{place}。",
        words=CLINIC,
        by_sms=True,
    ),
    MessageKind(
        key=Kind.CLINIC_CANCELLED,
        name="集中诊断取消（导师）",
        title="集中诊断已取消",
        body="“{clinic}”（{when}）已取消：{note}。",
        words=CLINIC_WITH_NOTE,
        by_sms=True,
    ),
    MessageKind(
        key=Kind.CLINIC_RELEASED,
        name="集中诊断不再请该导师",
        title="集中诊断的安排有变",
        body="“{clinic}”（{when}）的导师安排有变，这次不用麻烦您了，谢谢。",
        words=CLINIC,
        by_sms=True,
    ),
)

PEOPLE = {"mentor": ("导师", "周建国"), "seeker": ("求职者", "林晓雯")}
REASON = {**PEOPLE, "reason": ("原因", "已另行找到工作")}
OUTCOME = {**PEOPLE, "outcome": ("结果", "已就业：三一重工股份有限公司")}
OUTCOME_WITH_REASON = {**OUTCOME, "reason": ("原因", "证明材料看不清")}

PAIRING_MESSAGES = (
    MessageKind(
        key=Kind.PAIRING_PROPOSED,
        name="结对邀请（求职者）",
        title="导师邀请您结对帮扶",
        body="{mentor} 导师邀请您结对帮扶：{goal}。请在“我的”里接受；不需要也可以不接受。",
        words={**PEOPLE, "goal": ("帮扶目标", "三个月内找到质检岗位")},
        by_sms=True,
        icon="people",
    ),
    MessageKind(
        key=Kind.PAIRING_STARTED_BY_STAFF,
        name="工作人员代为发起结对（导师）",
        title="为您发起了结对帮扶",
        body="工作人员为您和{seeker}发起了结对帮扶：{goal}。对方接受后会通知您。",
        words={**PEOPLE, "goal": ("帮扶目标", "三个月内找到质检岗位")},
        icon="people",
    ),
    MessageKind(
        key=Kind.PAIRING_ACCEPTED,
        name="结对已接受（导师）",
        title="结对已接受",
        body="{seeker}接受了结对帮扶。每次联系后请在结对页登记，有结果时上报。",
        words=PEOPLE,
        icon="people",
    ),
    MessageKind(
        key=Kind.PAIRING_DECLINED,
        name="结对未接受（导师）",
        title="结对未接受",
        body="{seeker}没有接受结对帮扶：{reason}。",
        words=REASON,
        icon="people",
    ),
    MessageKind(
        key=Kind.OUTCOME_CLAIMED,
        name="帮扶结果待确认（求职者）",
        title="请确认帮扶结果",
        body="{mentor} 导师上报了结果——{outcome}。请看一看是否属实，属实请确认，有误请写明。",
        words=OUTCOME,
        by_sms=True,
        icon="people",
    ),
    MessageKind(
        key=Kind.OUTCOME_CONFIRMED,
        name="帮扶结果已由求职者确认（导师）",
        title="求职者已确认结果",
        body="{seeker}确认了结果——{outcome}。工作人员核实后会通知您。",
        words=OUTCOME,
        icon="people",
    ),
    MessageKind(
        key=Kind.OUTCOME_DISPUTED,
        name="求职者认为结果有误（导师）",
        title="帮扶结果有误",
        body="{seeker}认为结果（{outcome}）有误：{reason}。结对继续，请核对后重新上报。",
        words=OUTCOME_WITH_REASON,
        icon="people",
    ),
    MessageKind(
        key=Kind.OUTCOME_RETURNED,
        name="帮扶结果退回补充（导师）",
        title="帮扶结果请补充",
        body="您上报的结果（{outcome}）需要补充：{reason}。补好后请重新上报。",
        words=OUTCOME_WITH_REASON,
        by_sms=True,
        icon="people",
    ),
    MessageKind(
        key=Kind.OUTCOME_VERIFIED,
        name="帮扶结果已认定",
        title="帮扶结果已认定",
        body="{mentor} 导师与{seeker}的结对已核实认定——{outcome}。恭喜！",
        words=OUTCOME,
        icon="people",
    ),
    MessageKind(
        key=Kind.OUTCOME_REFUSED,
        name="帮扶结果不予认定",
        title="帮扶结果未予认定",
        body="{mentor} 导师与{seeker}的结对结果（{outcome}）未予认定：{reason}。",
        words=OUTCOME_WITH_REASON,
        icon="people",
    ),
    MessageKind(
        key=Kind.PAIRING_UNSUCCESSFUL,
        name="结对结束：未成（求职者）",
        title="结对帮扶已结束",
        body="{mentor} 导师结束了与您的结对：{reason}。欢迎继续预约课堂和咨询。",
        words=REASON,
        icon="people",
    ),
    MessageKind(
        key=Kind.PAIRING_STOPPED,
        name="结对中止",
        title="结对帮扶已中止",
        body="{mentor} 导师与{seeker}的结对已中止：{reason}。",
        words=REASON,
        icon="people",
    ),
)
