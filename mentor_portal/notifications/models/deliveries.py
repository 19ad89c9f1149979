"""Deliveries: one message on its way to one person by one channel."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from mentor_portal.accounts.rules import mask_identifier
from mentor_portal.notifications.models.messages import Message
from mentor_portal.notifications.rules import MOST_ATTEMPTS


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, at: datetime) -> Self:
        """What is to be sent now: waiting long enough, or left behind by a worker that is gone."""
        waiting = Q(state=Delivery.State.WAITING, due_at__lte=at)
        left_behind = Q(state=Delivery.State.SENDING, claimed_until__lte=at)
        return self.filter(waiting | left_behind, state__in=Delivery.OPEN, attempts__lt=MOST_ATTEMPTS)


class Delivery(models.Model):
    """A message's way by text message or e-mail.

    ``ref`` is the same for every try, so that the carrier knows a second one. Who sends holds the row
    until ``claimed_until``; after that another may take it up.
    """

    class Channel(models.TextChoices):
        SMS = "sms", "短信"
        EMAIL = "email", "邮件"

    class State(models.TextChoices):
        WAITING = "waiting", "待发送"
        SENDING = "sending", "发送中"
        SENT = "sent", "已发送"
        FAILED = "failed", "发送失败"
        DROPPED = "dropped", "不再发送"

    OPEN = (State.WAITING, State.SENDING)

    message = models.ForeignKey(
        Message, verbose_name="消息", on_delete=models.PROTECT, related_name="deliveries"
    )
    channel = models.CharField("方式", max_length=5, choices=Channel.choices)
    state = models.CharField("状态", max_length=7, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField("计划发送时间")
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    claimed_until = models.DateTimeField("占用至", null=True, blank=True)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    carrier_id = models.CharField("通道回执号", max_length=100, blank=True)
    last_error = models.CharField("原因", max_length=200, blank=True)
    ref = models.CharField("流水号", max_length=40, unique=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "投递"
        verbose_name_plural = "投递记录"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "channel"], name="delivery_one_per_message_and_channel"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent"),
                name="delivery_sent_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="sending", claimed_until__isnull=False) | ~Q(state="sending"),
                name="delivery_sending_is_claimed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=["waiting", "sending"]), name="delivery_open_by_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} · {self.message}"

    @property
    def target(self) -> str:
        """The number or address as it is now; empty where the person has none any more."""
        person = self.message.person
        return (person.phone if self.channel == self.Channel.SMS else person.email) or ""

    @property
    def masked_target(self) -> str:
        return mask_identifier(self.target) if self.target else ""
