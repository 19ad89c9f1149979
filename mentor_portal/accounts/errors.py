"""Every way in which signing in says no."""

from mentor_portal.errors import DomainError


class TooManyCodes(DomainError):
    code = "too_many_codes"
    sentence = "请 {wait}后再试。"

    def __init__(self, *, seconds: int) -> None:
        super().__init__(seconds=seconds, wait=_wait_in_words(seconds))


class CodeNotSent(DomainError):
    code = "code_not_sent"
    sentence = "验证码暂时发不出去，请稍后再试。"


class WrongCode(DomainError):
    code = "wrong_code"
    sentence = "验证码不正确，还可以再试 {left} 次。"


class CodeEnded(DomainError):
    code = "code_ended"
    sentence = "验证码已失效，请重新获取。"


class PhoneTaken(DomainError):
    code = "phone_taken"
    sentence = "这个手机号已有账号。请退出后用该手机号登录。"


class PhoneMissing(DomainError):
    code = "phone_missing"
    sentence = "请先在网站上绑定手机号，有变化时才能通知到您。"
    leads_to = "accounts:phone"


class AccountClosed(DomainError):
    code = "account_closed"
    sentence = "这个账号已停用。如有疑问，请联系工作人员。"


def _wait_in_words(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} 秒"
    if seconds < 2 * 3600:
        return f"{-(-seconds // 60)} 分钟"
    return f"{-(-seconds // 3600)} 小时"
