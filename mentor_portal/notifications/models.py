"""Messages to people: one row for each thing said to one person."""

from django.db import models
from django.db.models import Q

from mentor_portal.accounts.models import User


class MessageQuerySet(models.QuerySet["Message"]):
    def of(self, person: User) -> "MessageQuerySet":
        return self.filter(person=person)

    def unread(self) -> "MessageQuerySet":
        return self.filter(read_at__isnull=True)


class Message(models.Model):
    """Something the portal tells a person; ``key`` makes saying the same thing twice impossible."""

    person = models.ForeignKey(
        User, verbose_name="收件人", on_delete=models.PROTECT, related_name="portal_messages"
    )
    key = models.CharField("去重键", max_length=100, unique=True)
    kind = models.CharField("类型", max_length=30)
    title = models.CharField("标题", max_length=60)
    body = models.CharField("正文", max_length=500)
    path = models.CharField("链接", max_length=200, blank=True)
    created_at = models.DateTimeField("时间")
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
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_read(self) -> bool:
        return self.read_at is not None
