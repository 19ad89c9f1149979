"""What the portal knows about itself: the worker's heartbeat and its tasks, who has a second factor."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import models

from mentor_portal.home.rules import ERROR_LENGTH, heart_is_well


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
        return heart_is_well(at - self.beaten_at)


class TaskRecord(models.Model):
    """How the runs of one periodic task went; the worker keeps one row for each task of the schedule."""

    task = models.CharField("任务", max_length=200, unique=True)
    noted_at = models.DateTimeField("列入计划的时间")
    last_started_at = models.DateTimeField("上次运行", null=True, blank=True)
    last_finished_at = models.DateTimeField("上次结束", null=True, blank=True)
    last_duration = models.DurationField("上次用时", null=True, blank=True)
    last_succeeded_at = models.DateTimeField("上次成功", null=True, blank=True)
    last_error = models.CharField("最近错误", max_length=ERROR_LENGTH, blank=True)
    last_error_at = models.DateTimeField("最近出错时间", null=True, blank=True)
    runs = models.PositiveBigIntegerField("运行次数", default=0)
    failures = models.PositiveBigIntegerField("出错次数", default=0)

    class Meta:
        verbose_name = "任务状态"
        verbose_name_plural = "任务状态"
        ordering = ["task"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(failures__lte=models.F("runs")), name="task_fails_no_more_than_it_runs"
            )
        ]

    def __str__(self) -> str:
        return settings.PERIODIC_TASK_NAMES.get(self.task, self.task)
