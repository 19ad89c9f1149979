"""A mentor asks for another time for a class (申请调课)."""

from django.db import models
from django.db.models import Q

from classrooms.models.sessions import ClassSession
from classrooms.models.windows import WindowBase
from classrooms.rules import HalfDay
from mentor_portal.accounts.models import User
from mentors.models import Mentor


class MoveRequestQuerySet(models.QuerySet["MoveRequest"]):
    def managed_by(self, user: User) -> "MoveRequestQuerySet":
        """What a member of staff may manage: the province all, a unit its own."""
        return self if user.is_provincial else self.filter(session__offering__host_unit_id=user.host_unit_id)

    def open(self) -> "MoveRequestQuerySet":
        return self.filter(state=MoveRequest.State.OPEN)


class MoveRequest(models.Model):
    """Why a mentor cannot keep a time, and when they could instead."""

    class State(models.TextChoices):
        OPEN = "open", "待处理"
        MOVED = "moved", "已调整"
        REFUSED = "refused", "未调整"

    session = models.ForeignKey(
        ClassSession, verbose_name="课堂", on_delete=models.PROTECT, related_name="move_requests"
    )
    mentor = models.ForeignKey(
        Mentor, verbose_name="导师", on_delete=models.PROTECT, related_name="move_requests"
    )
    reason = models.CharField("调课原因", max_length=300)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField("申请时间")
    settled_at = models.DateTimeField("处理时间", null=True)
    settled_by = models.ForeignKey(
        User, verbose_name="处理人", on_delete=models.PROTECT, null=True, related_name="+"
    )
    comment = models.CharField("处理意见", max_length=300, blank=True)

    objects = MoveRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "调课申请"
        verbose_name_plural = "调课申请"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "mentor"],
                condition=Q(state="open"),
                name="move_request_one_open_per_session_and_mentor",
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True)
                | (~Q(state="open") & Q(settled_at__isnull=False, settled_by__isnull=False)),
                name="move_request_settled_says_when_and_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} · {self.session}"

    @property
    def half_days(self) -> list[HalfDay]:
        """The new windows in order of time."""
        return sorted(window.half_day for window in self.windows.all())


class MoveWindow(WindowBase):
    """A half-day on which the mentor could teach instead."""

    request = models.ForeignKey(MoveRequest, on_delete=models.CASCADE, related_name="windows")

    class Meta:
        verbose_name = "新的时段"
        verbose_name_plural = "新的时段"
        constraints = [
            models.UniqueConstraint(fields=["request", "day", "part"], name="move_window_once"),
        ]
