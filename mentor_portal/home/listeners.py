"""Turns what the engine announces into messages to people, in the same transaction."""

from dataclasses import dataclass

from django.dispatch import receiver

from mentor_portal.notifications import services
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.signals import Change, Event, reservations_changed
from mentor_portal.wording import moment, span


@dataclass(frozen=True)
class Wording:
    title: str
    body: str


WORDINGS = {
    Event.BOOKED: Wording("预约成功", "您已预约“{offering}”：{when}，{place}。请按时到场，到场后签到。"),
    Event.WAITING: Wording(
        "已进入候补", "“{offering}”（{when}）名额已满，您已进入候补。有空位会按先后通知您。"
    ),
    Event.OFFERED: Wording(
        "有名额了，请确认",
        "“{offering}”（{when}）为您留了一个名额，请在 {until} 前确认，逾期将递补给下一位。",
    ),
    Event.ACCEPTED: Wording("预约成功", "您已确认“{offering}”的名额：{when}，{place}。请按时到场。"),
    Event.DECLINED: Wording("已放弃名额", "您已放弃“{offering}”（{when}）的名额，将递补给下一位。"),
    Event.OFFER_PASSED: Wording(
        "名额已递补给下一位",
        "“{offering}”（{when}）为您保留的名额逾期未确认，已递补给下一位。您可以重新候补。",
    ),
    Event.CANCELLED: Wording("预约已取消", "您已取消“{offering}”（{when}）。"),
    Event.CANCELLED_BY_STAFF: Wording(
        "预约已被取消", "工作人员取消了您对“{offering}”（{when}）的预约：{note}。"
    ),
    Event.OFFERING_CANCELLED: Wording(
        "场次已取消", "很抱歉，“{offering}”（{when}）已取消：{note}。不影响您的预约记录，欢迎选择其他场次。"
    ),
    Event.EXCUSE_ASKED: Wording("请假已提交", "您对“{offering}”（{when}）的请假已提交，请等待处理。"),
    Event.EXCUSE_ACCEPTED: Wording("请假已获准", "您对“{offering}”（{when}）的请假已获准，名额已释放。"),
    Event.EXCUSE_REFUSED: Wording("请假未获准", "您对“{offering}”（{when}）的请假未获准，请按时到场。"),
    Event.MOVED: Wording(
        "时间或地点有调整", "“{offering}”已调整为：{when}，{place}。如不能参加，请取消预约，不影响您的记录。"
    ),
}


@receiver(reservations_changed, dispatch_uid="messages-about-reservations")
def tell_people(sender: type, offering: Offering, changes: list[Change], **_: object) -> None:
    """Write one message for each change; the same change told twice is told once."""
    services.say(messages=[_message(offering, change) for change in changes])


def _message(offering: Offering, change: Change) -> Message:
    reservation = change.reservation
    wording = WORDINGS[change.event]
    until = reservation.offer_expires_at
    words = {
        "offering": offering.title,
        "when": span(offering.starts_at, offering.ends_at),
        "place": str(offering.venue) if offering.venue else "地点另行通知",
        "until": moment(until) if until else "",
        "note": reservation.cause_note or "因故调整",
    }
    return Message(
        person_id=reservation.person_id,
        key=_key(change),
        kind=change.event,
        title=wording.title,
        body=wording.body.format(**words),
        path=offering.get_absolute_url(),
        created_at=change.at,
    )


def _key(change: Change) -> str:
    """Name a change so that telling it again is recognised; only moves can happen repeatedly."""
    key = f"reservation:{change.reservation.pk}:{change.event}"
    return f"{key}:{change.at.isoformat()}" if change.event in (Event.MOVED, Event.EXCUSE_ASKED) else key
