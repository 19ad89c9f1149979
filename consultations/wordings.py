"""What the portal tells mentors about consultations, until staff write it otherwise."""

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
