"""Every way in which the portal refuses to send or to publish."""

from mentor_portal.errors import DomainError


class NotFailed(DomainError):
    code = "not_failed"
    sentence = "只有发送失败的记录可以重新发送。"
