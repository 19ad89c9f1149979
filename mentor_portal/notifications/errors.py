"""Every way in which the portal refuses to send or to publish."""

from mentor_portal.errors import DomainError


class NotFailed(DomainError):
    code = "not_failed"
    sentence = "只有发送失败的记录可以重新发送。"


class WordsUnknown(DomainError):
    code = "words_unknown"
    sentence = "这里不能用 {wrong}，可用的词：{known}。"

    def __init__(self, *, wrong: list[str], known: list[str]) -> None:
        super().__init__(wrong="、".join(wrong), known="、".join(known) or "无")


class KindGone(DomainError):
    code = "kind_gone"
    sentence = "这类消息已停用，不能再修改。"


class NoticePublished(DomainError):
    code = "notice_published"
    sentence = "这条通知已经发布。"


class NoticeNotPublished(DomainError):
    code = "notice_not_published"
    sentence = "这条通知还没有发布。"
