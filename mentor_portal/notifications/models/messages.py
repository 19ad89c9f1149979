"""Messages to people: one row for each thing said to one person."""

from django.db import models
from django.db.models import Q

from mentor_portal.accounts.models import User
from mentor_portal.notifications.kinds import KEY_LENGTH, find_kind


class MessageQuerySet(models.QuerySet["Message"]):
    def of(self, person: User) -> "MessageQuerySet":
        return self.filter(person=person)

    def unread(self) -> "MessageQuerySet":
        return self.filter(read_at__isnull=True)

    def unrouted(self) -> "MessageQuerySet":
        """Messages of which nobody has decided yet how they go out."""
        return self.filter(routed_at__isnull=True)


class Message(models.Model):
    """Something the portal tells a person; ``key`` makes saying the same thing twice impossible."""

    TITLE_LENGTH, BODY_LENGTH = 60, 500

    person = models.ForeignKey(
        User, verbose_name="收件人", on_delete=models.PROTECT, related_name="portal_messages"
    )
    key = models.CharField("去重键", max_length=100, unique=True)
    kind = models.CharField("类型", max_length=KEY_LENGTH)
    title = models.CharField("标题", max_length=TITLE_LENGTH)
    body = models.CharField("正文", max_length=BODY_LENGTH)
    words = models.JSONField("填入的词", default=dict)
    path = models.CharField("链接", max_length=200, blank=True)
    created_at = models.DateTimeField("时间")
    expires_at = models.DateTimeField("过期时间", null=True, help_text="此后不再发送短信和邮件。")
    routed_at = models.DateTimeField("安排发送时间", null=True)
    read_at = models.DateTimeField("已读时间", null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "消息"
        verbose_name_plural = "消息"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="message_by_person_and_time"),
            models.Index(
                fields=["person"], condition=Q(read_at__isnull=True), name="message_unread_by_person"
            ),
            models.Index(fields=["id"], condition=Q(routed_at__isnull=True), name="message_unrouted"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_name(self) -> str:
        kind = find_kind(self.kind)
        return kind.name if kind else self.kind

    @property
    def icon(self) -> str:
        """The icon of its kind, a bell where that is gone."""
        kind = find_kind(self.kind)
        return kind.icon if kind else "bell"

    @property
    def is_read(self) -> bool:
        return self.read_at is not None
