"""Every way in which consultations and pairings say no, beside what the engine of places refuses."""

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


class NotYetOver(DomainError):
    code = "not_yet_over"
    sentence = "咨询还没有结束，结束后再评价。"


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


class PairingWithOneself(DomainError):
    code = "pairing_with_oneself"
    sentence = "导师不能与自己结对，请选择另一位求职者。"


class PairingMentorNotAppointed(DomainError):
    code = "pairing_mentor_not_appointed"
    sentence = "{mentor}目前不在聘期内，暂不能发起结对帮扶。"


class PairingIsLive(DomainError):
    """``pk`` is the pairing that there is."""

    code = "pairing_is_live"
    sentence = "{mentor}与{seeker}已有一个进行中的结对（{state}），不需要重复发起。"


class NotYourStep(DomainError):
    code = "not_your_step"
    sentence = "这一步不由您来做。"


class PairingStandsElsewhere(DomainError):
    """Somebody was first, or the page is old."""

    code = "pairing_stands_elsewhere"
    sentence = "这次结对现在是“{state}”，不能{what}。请刷新页面看最新情况。"


class ContactNotPossible(DomainError):
    code = "contact_not_possible"
    sentence = "联系日期须在 {first} 到今天之间。"


class EmployerUnnamed(DomainError):
    code = "employer_unnamed"
    sentence = "请填写用人单位或创办的实体的名称。"


class StartedTooEarly(DomainError):
    code = "started_too_early"
    sentence = "日期不能早于发起结对的日子（{first}）。"


class StartedTooLate(DomainError):
    code = "started_too_late"
    sentence = "日期最晚到 {last}，请在快要入职或开业时再上报。"


class ProofMissing(DomainError):
    code = "proof_missing"
    sentence = "请上传证明材料：劳动合同、录用通知或营业执照等。"


class ClaimChanged(DomainError):
    code = "claim_changed"
    sentence = "这条结果在您查看之后又重新上报过，请看过新的内容再处理。"


class OtherClaimUnseen(DomainError):
    """``names`` says which other claims of the same person were not looked at."""

    code = "other_claim_unseen"
    sentence = "{seeker}还有其他上报（{names}），请对照后勾选，再认定。"


class JobAlreadyCounted(DomainError):
    code = "job_already_counted"
    sentence = "{seeker}在“{employer}”的这次安置已于 {when} 认定给{mentor}，只计一次，不能再认定。"
