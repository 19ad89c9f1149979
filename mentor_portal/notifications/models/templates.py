"""How staff word the portal's messages."""

from django.db import models

from mentor_portal.accounts.models import User
from mentor_portal.notifications.kinds import KEY_LENGTH, MessageKind, find_kind
from mentor_portal.notifications.models.messages import Message


class MessageTemplate(models.Model):
    """The wording of one kind of message: its own until staff write another (``edited_at``)."""

    kind = models.CharField("类型", max_length=KEY_LENGTH, unique=True, editable=False)
    title = models.CharField("标题", max_length=Message.TITLE_LENGTH)
    body = models.TextField(
        "正文", max_length=Message.BODY_LENGTH, help_text="站内消息、短信和邮件用同一段文字。"
    )
    by_sms = models.BooleanField("发短信", default=False)
    by_email = models.BooleanField("发邮件", default=True)
    edited_at = models.DateTimeField("修改时间", null=True, editable=False)
    edited_by = models.ForeignKey(
        User,
        verbose_name="修改人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = "消息模板"
        verbose_name_plural = "消息模板"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def registered(self) -> MessageKind | None:
        """The kind as its app brings it; None where no app does any more."""
        return find_kind(self.kind)

    @property
    def name(self) -> str:
        return self.registered.name if self.registered else self.kind
