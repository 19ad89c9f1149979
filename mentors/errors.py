"""What the rules of the mentors' roster refuse."""

from collections.abc import Mapping, Sequence

from mentor_portal.errors import DomainError


class PhotoRefused(DomainError):
    """The upload is no usable photo; ``reason`` says why."""

    code = "photo_refused"
    sentence = "照片未保存：{reason}"


class AlreadyMentor(DomainError):
    """The account belongs to a mentor already."""

    code = "already_mentor"
    sentence = "该手机号已登记为职业导师“{name}”。"


class AccountInactive(DomainError):
    """The account with this phone number was switched off."""

    code = "account_inactive"
    sentence = "该手机号的账号已停用，请先在“人员”中启用。"


class TermInvalid(DomainError):
    """A term that ends before it begins."""

    code = "term_invalid"
    sentence = "聘期结束须晚于聘期开始。"


class TermOverlaps(DomainError):
    """Another appointment in force shares days with this one."""

    code = "term_overlaps"
    sentence = "与聘书 {number}（{starts_on} 至 {ends_on}）的聘期重叠。"


class CertificateTaken(DomainError):
    """The number of the certificate is on another appointment."""

    code = "certificate_taken"
    sentence = "聘书编号 {number} 已用于“{name}”。"


class OwnLike(DomainError):
    code = "own_like"
    sentence = "不能给自己点赞。"


class NotAttendedMentor(DomainError):
    code = "not_attended_mentor"
    sentence = (
        "没有点赞：您还没有参加过{mentor}导师的课堂或咨询（以现场签到为准）。可以先预约一场，参加后再来点赞。"
    )


class RosterFileRefused(DomainError):
    """The uploaded file cannot be read as a roster; ``reason`` says why."""

    code = "roster_file_refused"
    sentence = "{reason}"


class RosterRefused(DomainError):
    """Rows of a roster cannot be imported, so none is; ``complaints`` holds reasons by row number."""

    code = "roster_refused"
    sentence = "名册中有 {rows} 行需要更正，没有导入任何一行。"

    def __init__(self, complaints: Mapping[int, Sequence[str]]) -> None:
        self.complaints = complaints
        super().__init__(rows=len(complaints))
