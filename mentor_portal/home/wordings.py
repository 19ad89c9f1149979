"""What the portal tells people about their reservations, until staff write it otherwise."""

from mentor_portal.notifications.kinds import MessageKind
from mentor_portal.reservations.signals import Event

WORDS = {
    "offering": ("场次标题", "轨道交通装备企业怎么面"),
    "when": ("场次时间", "3月12日（周四）14:30–16:00"),
    "place": ("地点", "长沙 · 中心二楼课堂"),
    "until": ("名额保留到", "3月11日 18:00"),
    "note": ("工作人员填写的原因", "导师临时出差"),
}
ICONS = {
    Event.BOOKED: "check-circle",
    Event.ACCEPTED: "check-circle",
    Event.APPROVED: "check-circle",
    Event.EXCUSE_ACCEPTED: "check-circle",
    Event.REQUESTED: "hourglass",
    Event.WAITING: "hourglass",
    Event.EXTRA_WAITING: "hourglass",
    Event.OFFERED: "ticket",
    Event.EXTRA_OFFERED: "ticket",
    Event.REFUSED: "cross-circle",
    Event.CANCELLED: "cross-circle",
    Event.CANCELLED_BY_STAFF: "cross-circle",
    Event.OFFERING_CANCELLED: "cross-circle",
    Event.MOVED: "alert",
    Event.NO_SHOW: "alert",
    Event.REMINDER_DAY: "clock",
    Event.REMINDER_SOON: "clock",
}


def _kind(event: Event, name: str, title: str, body: str, **channels: bool) -> MessageKind:
    icon = ICONS.get(event, "bell")
    return MessageKind(key=event, name=name, title=title, body=body, words=WORDS, icon=icon, **channels)


SUSPENDED = MessageKind(
    key="suspended",
    name="暂停预约",
    title="预约已暂停",
    body="因{note}，您的预约已暂停，{until} 恢复。期间仍欢迎直接到场参加。如有误，请联系工作人员。",
    words={"until": ("恢复日期", "4月11日（周六）"), "note": ("原因", "90 天内预约后未到场 3 次")},
    by_sms=True,
)

RESERVATION_MESSAGES = (
    SUSPENDED,
    _kind(
        Event.BOOKED,
        "预约成功",
        "预约成功",
        "您已预约“{offering}”：{when}，{place}。请按时到场，到场后签到。",
        by_sms=True,
    ),
    _kind(
        Event.REQUESTED,
        "预约待审核",
        "预约已提交，等待审核",
        "您申请的“{offering}”（{when}，{place}）已为您保留，工作人员审核后通知您。",
    ),
    _kind(
        Event.APPROVED,
        "预约审核通过",
        "预约成功",
        "您申请的“{offering}”已通过：{when}，{place}。请按时到场，到场后签到。",
        by_sms=True,
    ),
    _kind(
        Event.REFUSED,
        "预约未获同意",
        "预约未获同意",
        "您申请的“{offering}”（{when}）未获同意：{note}。欢迎选择其他时段。",
        by_sms=True,
    ),
    _kind(
        Event.WAITING,
        "进入候补",
        "已进入候补",
        "“{offering}”（{when}）名额已满，您已进入候补。有空位会按先后通知您。",
    ),
    _kind(
        Event.OFFERED,
        "递补名额待确认",
        "有名额了，请确认",
        "“{offering}”（{when}）为您留了一个名额，请在 {until} 前确认，逾期将递补给下一位。",
        by_sms=True,
    ),
    _kind(
        Event.ACCEPTED,
        "已接受递补名额",
        "预约成功",
        "您已确认“{offering}”的名额：{when}，{place}。请按时到场。",
        by_sms=True,
    ),
    _kind(
        Event.DECLINED,
        "已放弃递补名额",
        "已放弃名额",
        "您已放弃“{offering}”（{when}）的名额，将递补给下一位。",
    ),
    _kind(
        Event.OFFER_PASSED,
        "递补名额已过期",
        "名额已递补给下一位",
        "“{offering}”（{when}）为您保留的名额逾期未确认，已递补给下一位。您可以重新候补。",
        by_sms=True,
    ),
    _kind(Event.CANCELLED, "本人取消预约", "预约已取消", "您已取消“{offering}”（{when}）。"),
    _kind(
        Event.CANCELLED_BY_STAFF,
        "工作人员取消预约",
        "预约已被取消",
        "工作人员取消了您对“{offering}”（{when}）的预约：{note}。",
        by_sms=True,
    ),
    _kind(
        Event.OFFERING_CANCELLED,
        "场次取消",
        "场次已取消",
        "很抱歉，“{offering}”（{when}）已取消：{note}。不影响您的预约记录，欢迎选择其他场次。",
        by_sms=True,
    ),
    _kind(
        Event.EXCUSE_ASKED,
        "请假已提交",
        "请假已提交",
        "您对“{offering}”（{when}）的请假已提交，请等待处理。",
    ),
    _kind(
        Event.EXCUSE_ACCEPTED,
        "请假获准",
        "请假已获准",
        "您对“{offering}”（{when}）的请假已获准，名额已释放。",
    ),
    _kind(
        Event.EXCUSE_REFUSED,
        "请假未获准",
        "请假未获准",
        "您对“{offering}”（{when}）的请假未获准，请按时到场。",
        by_sms=True,
    ),
    _kind(
        Event.MOVED,
        "场次时间或地点调整",
        "时间或地点有调整",
        "“{offering}”已调整为：{when}，{place}。如不能参加，请取消预约，不影响您的记录。",
        by_sms=True,
    ),
    _kind(
        Event.REMINDER_DAY,
        "开始前一天提醒",
        "明天有您的预约",
        "“{offering}”将于{when}在{place}开始。来不了请提前取消，把名额留给别人。",
        by_sms=True,
    ),
    _kind(
        Event.REMINDER_SOON,
        "开始前 2 小时提醒",
        "您的预约即将开始",
        "“{offering}”{when}开始，地点：{place}。到场后请扫门口的签到码。",
        by_sms=True,
    ),
    _kind(
        Event.EXTRA_OFFERED,
        "另行开班名额",
        "为您加开了一场",
        "您候补的课堂加开了一场：“{offering}”（{when}，{place}）。已为您留了一个名额，请在 {until} 前确认；"
        "不方便可以不理会，原来的候补继续有效。",
        by_sms=True,
    ),
    _kind(
        Event.EXTRA_WAITING,
        "另行开班候补",
        "您候补的课堂加开了一场",
        "您候补的课堂加开了一场：“{offering}”（{when}，{place}），已按原来的先后为您候补。原来的候补继续有效。",
    ),
    _kind(
        Event.NOT_REACHED,
        "候补未轮到",
        "候补没有轮到",
        "“{offering}”（{when}）已结束，候补没有轮到您。欢迎选择其他场次。",
    ),
    _kind(
        Event.NO_SHOW,
        "未到场",
        "记录为未到场",
        "您预约的“{offering}”（{when}）没有签到记录。如有误，请联系工作人员更正。",
    ),
)
