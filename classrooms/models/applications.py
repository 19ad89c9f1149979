"""Mentors' topics (课堂主题申报, notice 三（二）1) with windows of time, and each step of the review."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from classrooms.models.events import HostEvent
from classrooms.models.windows import WindowBase, half_day_in_words
from classrooms.rules import HalfDay
from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Offering
from mentors.models import Category, IndustrialChain, Mentor, TopicType


class TopicApplicationQuerySet(models.QuerySet["TopicApplication"]):
    def of(self, mentor: Mentor) -> Self:
        return self.filter(mentor=mentor)

    def submitted(self) -> Self:
        """Those that wait for a reviewer, the longest waiting first."""
        return self.filter(state=TopicApplication.State.SUBMITTED).order_by("submitted_at", "pk")

    def approved(self) -> Self:
        """Those that can be placed, the longest approved first."""
        return self.filter(state=TopicApplication.State.APPROVED).order_by("decided_at", "pk")

    def placed(self) -> Self:
        """Those of which a class was made that still stands, past ones too."""
        return self.filter(_has_a_class())

    def unplaced(self) -> Self:
        return self.exclude(_has_a_class())

    def matching(self, words: str) -> Self:
        """Those whose title, mentor or mentor's employer contains every word."""
        found = self
        for word in words.replace("\0", " ").split()[:5]:
            found = found.filter(
                Q(title__icontains=word)
                | Q(mentor__name__icontains=word)
                | Q(mentor__employer__icontains=word)
            )
        return found

    def with_windows(self) -> Self:
        """Load what a list shows of each, in a fixed number of queries."""
        return self.select_related("mentor__user", "topic_type", "category").prefetch_related(
            "windows", "events", "chains"
        )

    def for_lines(self) -> Self:
        """Load what a mentor's own list shows of each, in a fixed number of queries."""
        return self.select_related("topic_type", "decided_by").prefetch_related("windows", "events")


def _has_a_class() -> Exists:
    return Exists(Offering.objects.occupying().filter(class_session__application=OuterRef("pk")))


class TopicApplication(models.Model):
    """A topic that a mentor offers; approved, it can be placed as a class again and again."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "待审核"
        RETURNED = "returned", "退回修改"
        APPROVED = "approved", "已通过"
        REJECTED = "rejected", "未通过"
        WITHDRAWN = "withdrawn", "已撤回"

    EDITABLE = (State.DRAFT, State.RETURNED)
    DECIDED = (State.RETURNED, State.APPROVED, State.REJECTED)

    mentor = models.ForeignKey(
        Mentor, verbose_name="导师", on_delete=models.PROTECT, related_name="applications"
    )
    # The page on which the topic was begun: what that page sends again belongs to the same topic.
    key = models.UUIDField("申报页编号", null=True, editable=False)
    title = models.CharField("主题", max_length=100, blank=True)
    topic_type = models.ForeignKey(
        TopicType, verbose_name="类型", on_delete=models.PROTECT, related_name="applications"
    )
    category = models.ForeignKey(
        Category, verbose_name="类别", on_delete=models.PROTECT, related_name="applications"
    )
    chains = models.ManyToManyField(
        IndustrialChain, verbose_name="产业链", blank=True, related_name="applications"
    )
    outline = models.TextField("内容提要", max_length=3000, blank=True)
    audience = models.CharField("适合人群", max_length=100, blank=True)
    events = models.ManyToManyField(
        HostEvent, verbose_name="愿意参加的活动", blank=True, related_name="applications"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    created_at = models.DateTimeField("创建时间", default=timezone.now, editable=False)
    changed_at = models.DateTimeField("最近修改", default=timezone.now, editable=False)
    submitted_at = models.DateTimeField("提交时间", null=True, editable=False)
    decided_at = models.DateTimeField("审核时间", null=True, editable=False)
    decided_by = models.ForeignKey(
        User,
        verbose_name="审核人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    comment = models.CharField("审核意见", max_length=300, blank=True, editable=False)

    objects = TopicApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "主题申报"
        verbose_name_plural = "主题申报"
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["submitted_at", "id"], condition=Q(state="submitted"), name="application_waiting"
            ),
            models.Index(fields=["mentor", "state"], name="application_by_mentor"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["mentor", "key"], name="application_once_per_mentor_and_key"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | (Q(submitted_at__isnull=False) & ~Q(title="")),
                name="application_submitted_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "approved", "rejected"])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="application_decided_says_when_and_who",
            ),
        ]

    def __str__(self) -> str:
        return self.title or "未命名主题"

    @property
    def is_editable(self) -> bool:
        return self.state in self.EDITABLE

    @property
    def half_days(self) -> list[HalfDay]:
        """The offered windows in order of time; free of queries after ``with_windows``."""
        return sorted(window.half_day for window in self.windows.all())

    def offered_spans(self) -> list[tuple[datetime, datetime]]:
        """Return every span of time that the mentor has offered: half-days and events."""
        zone = timezone.get_current_timezone()
        events = [(event.starts_at, event.ends_at) for event in self.events.all()]
        return [half_day.span(zone) for half_day in self.half_days] + events

    def offered_words(self) -> list[str]:
        """Return what the mentor has offered: 3月12日（周四）上午, “省春季招聘会”."""
        events = [f"“{event.title}”" for event in self.events.all()]
        return [half_day_in_words(half_day) for half_day in self.half_days] + events


class ApplicationWindow(WindowBase):
    """A half-day on which the mentor can give the topic."""

    application = models.ForeignKey(TopicApplication, on_delete=models.CASCADE, related_name="windows")

    class Meta:
        verbose_name = "可上课时段"
        verbose_name_plural = "可上课时段"
        constraints = [
            models.UniqueConstraint(fields=["application", "day", "part"], name="application_window_once"),
        ]


class ApplicationStep(models.Model):
    """What somebody did with an application, when, and what they said."""

    class Action(models.TextChoices):
        SUBMITTED = "submitted", "提交"
        RETURNED = "returned", "退回修改"
        APPROVED = "approved", "通过"
        REJECTED = "rejected", "不通过"
        WITHDRAWN = "withdrawn", "撤回"
        PLACED = "placed", "排课"
        ACCEPTED = "accepted", "接受安排"
        DECLINED = "declined", "不接受安排"

    application = models.ForeignKey(TopicApplication, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField("操作", max_length=10, choices=Action.choices)
    by = models.ForeignKey(User, verbose_name="操作人", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    comment = models.CharField("意见", max_length=300, blank=True)

    class Meta:
        verbose_name = "申报记录"
        verbose_name_plural = "申报记录"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_action_display()}"
