"""Every way in which consultations and pairings say no, beside what the engine of places refuses."""

from mentor_portal.errors import DomainError


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


class ReasonMissing(DomainError):
    code = "reason_missing"
    sentence = "请写明原因，对方会看到。"


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
