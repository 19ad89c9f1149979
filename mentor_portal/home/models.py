"""What the portal knows about itself: the worker's heartbeat, who has a second factor."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import models

BEAT_IS_FRESH_FOR = timedelta(minutes=3)


class SecondFactor(Authenticator):
    """The second factor of a person, under the name that staff know it by."""

    class Meta:
        proxy = True
        verbose_name = "两步验证"
        verbose_name_plural = "两步验证"


class WorkerHeartbeat(models.Model):
    """The last moment a worker was seen at work; it writes this row every half minute."""

    name = models.CharField("名称", max_length=100, unique=True)
    beaten_at = models.DateTimeField("最近心跳")

    class Meta:
        verbose_name = "后台进程心跳"
        verbose_name_plural = "后台进程心跳"
        ordering = ["-beaten_at"]

    def __str__(self) -> str:
        return self.name

    def is_fresh(self, at: datetime) -> bool:
        return at - self.beaten_at <= BEAT_IS_FRESH_FOR
