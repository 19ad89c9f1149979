"""Every way in which the engine says no."""

from mentor_portal.errors import DomainError

OWN_RESERVATIONS = "reservations:list"


class OfferingNotOpen(DomainError):
    code = "not_open"
    sentence = "{title}将于{opens}开始预约，请到时再来。"


class BookingClosed(DomainError):
    code = "booking_closed"
    sentence = "{title}已停止预约。您仍可直接到场，现场有空位即可参加。"


class OfferingCancelled(DomainError):
    code = "offering_cancelled"
    sentence = "{title}已取消，请看看其他场次。"


class OfferingNotPublished(DomainError):
    code = "not_published"
    sentence = "{title}尚未发布，暂不能预约。"


class PersonClash(DomainError):
    code = "person_clash"
    sentence = "您在{when}已有“{other}”，时间有重叠。请先取消那一场，或选择其他时间。"
    leads_to = OWN_RESERVATIONS


class HostClash(DomainError):
    code = "host_clash"
    sentence = "{host}在{when}已有“{other}”，时间有重叠。请换一个时间或换一位导师。"


class VenueClash(DomainError):
    code = "venue_clash"
    sentence = "{venue}在{when}已安排“{other}”，时间有重叠。请换一个时间或换一个场地。"


class CannotHostAndAttend(DomainError):
    code = "own_offering"
    sentence = "您是这一场的主讲人，不需要预约。"


class OfferExpired(DomainError):
    code = "offer_expired"
    sentence = "这个名额的保留时间已过，已递补给下一位。您可以重新候补或预约其他场次。"


class NoOffer(DomainError):
    code = "no_offer"
    sentence = "这条预约目前没有待确认的名额。"


class RequestSettled(DomainError):
    code = "request_settled"
    sentence = "这条预约申请已经处理过了（{outcome}）。"


class TooManyOneToOnes(DomainError):
    code = "too_many_one_to_ones"
    sentence = "您已有 {most} 个未完成的一对一咨询（{others}）。完成或取消其中一个后再预约。"
    leads_to = OWN_RESERVATIONS


class AlreadyOver(DomainError):
    code = "already_over"
    sentence = "{title}已开始或已结束，不能再更改。"


class CancelTooLate(DomainError):
    code = "cancel_too_late"
    sentence = "距开始不足 {hours} 小时，不能自行取消。如确实不能到场，请填写原因请假。"


class NothingToCancel(DomainError):
    code = "nothing_to_cancel"
    sentence = "这条预约已经取消或已结束，不需要再操作。"


class ExcuseNotNeeded(DomainError):
    code = "excuse_not_needed"
    sentence = "现在还可以直接取消，不需要请假。"


class ExcuseSettled(DomainError):
    code = "excuse_settled"
    sentence = "这条请假已经处理过了（{outcome}）。"


class CapacityTooSmall(DomainError):
    code = "capacity_too_small"
    sentence = "已有 {taken} 个名额被占用，名额数不能少于 {taken}。"


class OfferingFinished(DomainError):
    code = "offering_finished"
    sentence = "{title}已结束，不能再更改。"


class CheckInTooEarly(DomainError):
    code = "check_in_too_early"
    sentence = "{title}还没到签到时间，{opens} 开始签到，请到时再扫。"


class CheckInOver(DomainError):
    code = "check_in_over"
    sentence = "{title}已结束，签到已停止。如您当时在场，请联系工作人员补登记。"


class CheckInElsewhere(DomainError):
    code = "check_in_elsewhere"
    sentence = "这是{title}的签到码；您预约的是“{other}”（{when}），请扫那一场门口的签到码。"


class NotBooked(DomainError):
    code = "not_booked"
    sentence = "您没有预约{title}。没有预约也欢迎参加，请到签到台登记。"


class StillWaiting(DomainError):
    code = "still_waiting"
    sentence = "您在{title}还是候补第 {position} 位，尚未获得名额。请到签到台登记，现场有空位即可参加。"


class DeskClosed(DomainError):
    code = "desk_closed"
    sentence = "{title}的签到台现在不能登记：{opens} 开放，结束后 {days} 天内可以更正。"


class NotCheckedIn(DomainError):
    code = "not_checked_in"
    sentence = "{name}还没有签到，不需要撤销。"


class NoPlaceToCheckIn(DomainError):
    code = "no_place_to_check_in"
    sentence = "{name}的预约已取消。到场参加请用现场登记。"


class AccountClosedAtDesk(DomainError):
    code = "account_closed"
    sentence = "这个手机号的账号已停用，请联系省中心。"


class NotFinishedYet(DomainError):
    code = "not_started_yet"
    sentence = "{title}还没有开始，不能确认是否到场。"


class BookingSuspended(DomainError):
    code = "booking_suspended"
    sentence = "您因多次预约后未到场，已暂停预约，{until}恢复。期间仍欢迎直接到场参加。"


class SuspensionEnded(DomainError):
    code = "suspension_ended"
    sentence = "这次暂停已经结束或已解除，不需要再操作。"


class ReasonMissing(DomainError):
    code = "reason_missing"
    sentence = "请写明原因。"
