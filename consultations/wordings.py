"""What the portal tells mentors and job seekers about pairings, until staff write it otherwise."""

from enum import StrEnum

from mentor_portal.notifications.kinds import MessageKind


class Kind(StrEnum):
    """The kinds of messages that this app brings."""

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
