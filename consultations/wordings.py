"""What the portal tells mentors about consultations, until staff write it otherwise."""

from enum import StrEnum

from mentor_portal.notifications.kinds import MessageKind


class Kind(StrEnum):
    """The kinds of messages that this app brings."""

    SHIFT_APPROVED = "shift_approved"
    SHIFT_DECLINED = "shift_declined"
    SHIFT_CANCELLED = "shift_cancelled"


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
