"""Reports about research (notice 三（三）, annex 2 专题调研成果), the steps of their review, their files."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentor_portal.accounts.models import User
from mentor_portal.files import PICTURES, StoredFile
from mentors.models import Mentor
from research.models.trips import ResearchTrip
from research.rules import paragraphs

PICTURE_TYPES = frozenset(each.content_type for each in PICTURES)


class ResearchReportQuerySet(models.QuerySet["ResearchReport"]):
    def of(self, mentor: Mentor) -> Self:
        return self.filter(mentor=mentor)

    def live(self) -> Self:
        """All but the withdrawn."""
        return self.exclude(state=ResearchReport.State.WITHDRAWN)

    def submitted(self) -> Self:
        """Those that wait for a reviewer, the longest waiting first."""
        return self.filter(state=ResearchReport.State.SUBMITTED).order_by("submitted_at", "pk")

    def accepted(self) -> Self:
        return self.filter(state=ResearchReport.State.ACCEPTED)

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def handed_in(self) -> Self:
        """What staff may read: a draft, and what was taken back, is the author's alone."""
        return self.exclude(state__in=[ResearchReport.State.DRAFT, ResearchReport.State.WITHDRAWN])

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The published ones; authors see their own, staff of the province what was handed in."""
        if not user.is_authenticated:
            return self.published()
        if user.is_provincial:
            handed_in = ResearchReport.objects.handed_in().values("pk")
            return self.filter(Q(pk__in=handed_in) | Q(mentor__user=user))
        return self.filter(Q(published_at__isnull=False) | Q(mentor__user=user))

    def in_public_order(self) -> Self:
        """The excellent ones first, then the newest."""
        return self.order_by("-is_excellent", "-published_at", "-pk")

    def for_lines(self) -> Self:
        """Load what a line of a list shows of each, in one query."""
        return self.select_related("mentor", "trip__offering", "trip__theme", "decided_by")


class ResearchReport(models.Model):
    """A report by a mentor: about a trip that was attended, or about research of the mentor's own."""

    class Kind(models.TextChoices):
        COLLECTIVE = "collective", "集体调研"
        FREE = "free", "自由调研"

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "待审核"
        RETURNED = "returned", "退回修改"
        ACCEPTED = "accepted", "已通过"
        WITHDRAWN = "withdrawn", "已撤回"

    EDITABLE = (State.DRAFT, State.RETURNED)
    DECIDED = (State.RETURNED, State.ACCEPTED)

    mentor = models.ForeignKey(
        Mentor, verbose_name="导师", on_delete=models.PROTECT, related_name="research_reports"
    )
    # The page on which the report was begun: what that page sends again belongs to the same report.
    key = models.UUIDField("报告页编号", null=True, editable=False)
    kind = models.CharField("类型", max_length=10, choices=Kind.choices)
    trip = models.ForeignKey(
        ResearchTrip,
        verbose_name="调研活动",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
    )
    title = models.CharField("标题", max_length=100, blank=True)
    body = models.TextField("正文", max_length=30_000, blank=True)
    length = models.PositiveIntegerField("字数", default=0, editable=False)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    # Counts what was kept, so that a window with an older text is recognised.
    revision = models.PositiveIntegerField("修改次数", default=0, editable=False)
    # The page that was open in the window which kept it last.
    kept_from = models.UUIDField("最近保存的页面", null=True, editable=False)
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
    is_excellent = models.BooleanField("优秀报告", default=False, editable=False)
    published_at = models.DateTimeField("公开时间", null=True, editable=False)

    objects = ResearchReportQuerySet.as_manager()

    class Meta:
        verbose_name = "调研报告"
        verbose_name_plural = "调研报告"
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["submitted_at", "id"], condition=Q(state="submitted"), name="report_waiting"
            ),
            models.Index(fields=["mentor", "state"], name="report_by_mentor"),
            models.Index(
                fields=["-is_excellent", "-published_at"],
                condition=Q(published_at__isnull=False),
                name="report_published_in_order",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["mentor", "key"], name="report_once_per_mentor_and_key"),
            models.UniqueConstraint(
                fields=["mentor", "trip"],
                condition=Q(trip__isnull=False) & ~Q(state="withdrawn"),
                name="report_one_per_mentor_and_trip",
            ),
            models.CheckConstraint(
                condition=Q(kind="collective", trip__isnull=False) | Q(kind="free", trip__isnull=True),
                name="report_collective_has_a_trip",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | (Q(submitted_at__isnull=False) & ~Q(title="")),
                name="report_submitted_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "accepted"])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="report_decided_says_when_and_who",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted") | Q(is_excellent=False, published_at__isnull=True),
                name="report_shown_is_accepted",
            ),
        ]

    def __str__(self) -> str:
        return self.title or "未命名报告"

    def get_absolute_url(self) -> str:
        return reverse("research:report-detail", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.state in self.EDITABLE

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def paragraphs(self) -> list[str]:
        return paragraphs(self.body)


class ReportStep(models.Model):
    """What somebody did with a report, when, and what they said."""

    class Action(models.TextChoices):
        SUBMITTED = "submitted", "提交"
        RETURNED = "returned", "退回修改"
        ACCEPTED = "accepted", "通过"
        WITHDRAWN = "withdrawn", "撤回"
        EXCELLENT = "excellent", "评为优秀"
        PLAIN = "plain", "取消优秀"
        PUBLISHED = "published", "公开"
        HIDDEN = "hidden", "撤下"

    report = models.ForeignKey(ResearchReport, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField("操作", max_length=10, choices=Action.choices)
    by = models.ForeignKey(User, verbose_name="操作人", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    comment = models.CharField("意见", max_length=300, blank=True)

    class Meta:
        verbose_name = "报告记录"
        verbose_name_plural = "报告记录"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.report} · {self.get_action_display()}"


class ReportFile(StoredFile):
    """A photo or another file of a report."""

    FOLDER = "reports"

    report = models.ForeignKey(
        ResearchReport, verbose_name="调研报告", on_delete=models.PROTECT, related_name="files"
    )
    uploaded_at = models.DateTimeField("上传时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "报告附件"
        verbose_name_plural = "报告附件"
        ordering = ["pk"]

    def get_absolute_url(self) -> str:
        return reverse("research:report-file", args=[self.report_id, self.pk])

    @property
    def is_picture(self) -> bool:
        return self.content_type in PICTURE_TYPES
