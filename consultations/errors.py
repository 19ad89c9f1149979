"""Every way in which consultations say no, beside what the engine of places refuses."""

from mentor_portal.errors import DomainError


class MentorsOnDuty(DomainError):
    code = "not_appointed_then"
    sentence = "您在 {days} 不在聘期内，不能申报值班。如有疑问请联系省中心。"


class ShiftInThePast(DomainError):
    code = "shift_in_the_past"
    sentence = "值班时间已经过去，请选择以后的时间。"


class ShiftTooShort(DomainError):
    code = "shift_too_short"
    sentence = "值班至少 {minutes} 分钟（一个咨询时段）。"


class NoDayLeft(DomainError):
    code = "no_day_left"
    sentence = "除外的日期把每一天都去掉了，请至少留一天。"


class ShiftClash(DomainError):
    """The mentor is spoken for; ``when`` says on which days and with what."""

    code = "shift_clash"
    sentence = "这些时间您已有安排：{others}。请换一个时间，或把这些日期设为除外。"


class ShiftDecided(DomainError):
    code = "shift_decided"
    sentence = "这个值班现在是“{state}”，不能再这样处理。请刷新后再看。"


class ShiftOver(DomainError):
    code = "shift_over"
    sentence = "这个值班已经结束，不能取消。"


class SlotBegun(DomainError):
    code = "slot_begun"
    sentence = "这个时段已经开始，不能取消。"


class NoSlotStands(DomainError):
    code = "no_slot_stands"
    sentence = "这个值班的时段都已取消，不需要确认到场。"


class RoomUnfit(DomainError):
    code = "room_unfit"
    sentence = "{room}不是可用的{kind}，请选择其他房间。"


class ReasonMissing(DomainError):
    code = "reason_missing"
    sentence = "请写明原因，会告诉对方。"


class SlotTaken(DomainError):
    """Somebody was faster; the page shows what is still free."""

    code = "slot_taken"
    sentence = "{when} 的导师刚刚都约满了，请选择其他时间。"


class SlotInUse(DomainError):
    code = "slot_in_use"
    sentence = "这个时段正在接待{name}，请选择其他时段。"


class SlotHeld(DomainError):
    code = "slot_held"
    sentence = "这个时段已有人预约，开始 {minutes} 分钟后仍未到场，才能让给现场求职者。"


class NotYetHeld(DomainError):
    code = "not_yet_held"
    sentence = "咨询还没有开始，开始后再填写。"


class NotAttended(DomainError):
    code = "not_attended"
    sentence = "到场参加过的咨询才能评价。"


class RatedAlready(DomainError):
    code = "rated_already"
    sentence = "您已经评价过了：{word}。谢谢您的意见。"


class TooFewMentors(DomainError):
    code = "too_few_mentors"
    sentence = "集中诊断至少请 {least} 位导师。"


class MentorHasTurns(DomainError):
    """A mentor who has seen people at a clinic stays with it."""

    code = "mentor_has_turns"
    sentence = "{mentor} 导师在本场已接待过求职者，不能移除。"


class ClinicNotBegun(DomainError):
    code = "clinic_not_begun"
    sentence = "还没有开始，{starts} 起可以叫号。"


class ClinicNotOpen(DomainError):
    code = "clinic_not_open"
    sentence = "这场集中诊断{state}，不能叫号。"


class NobodyWaits(DomainError):
    code = "nobody_waits"
    sentence = "现在没有人在等。新到的人签到后会排进来。"


class StillTaking(DomainError):
    """A mentor takes one person at a time."""

    code = "still_taking"
    sentence = "{mentor} 导师正在接待 {number} 号，请先点“完成”。"


class NotOfClinic(DomainError):
    code = "not_of_clinic"
    sentence = "{mentor} 导师不在这场集中诊断的名单里。"


class TurnElsewhere(DomainError):
    code = "turn_elsewhere"
    sentence = "{number} 号现在是“{state}”，不能再这样处理。请刷新后再看。"


class TurnOfAnother(DomainError):
    code = "turn_of_another"
    sentence = "{number} 号不是由您接待的，不能填写记录。"


class AlreadySeen(DomainError):
    """Whoever was called at a clinic has been there."""

    code = "already_seen"
    sentence = "{number} 号已由{mentor}导师接待，不能撤销签到。"
