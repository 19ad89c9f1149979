"""The panel (专家评审团, notice 三（四）): who judges, what takes part, and the sheets of each judge."""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from classrooms.models import Courseware, CoursewareVersion
from evaluation.models.years import EvaluationYear, RubricItem
from mentor_portal.accounts.models import User
from mentors.models import Mentor


class PanelJudge(models.Model):
    """A person on the panel of a year; ``employer`` is what conflicts of interest go by."""

    year = models.ForeignKey(
        EvaluationYear, verbose_name="评选年度", on_delete=models.PROTECT, related_name="judges"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="评审专家",
        on_delete=models.PROTECT,
        related_name="panels",
        limit_choices_to={"is_judge": True, "is_active": True},
    )
    employer = models.CharField("工作单位", max_length=100, help_text="同单位导师的课件不会分给这位专家。")
    appointed_at = models.DateTimeField("加入时间", editable=False)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="加入人",
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = "评审专家"
        verbose_name_plural = "评审专家"
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "person"],
                name="panel_judge_once_a_year",
                violation_error_message="这位专家已经在本年度的评审团里。",
            ),
            models.CheckConstraint(condition=~Q(employer=""), name="panel_judge_has_an_employer"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class CoursewareEntryQuerySet(models.QuerySet["CoursewareEntry"]):
    def confirmed(self) -> Self:
        """Those that take part."""
        return self.filter(state=CoursewareEntry.State.CONFIRMED)

    def undecided(self) -> Self:
        """Those that wait for the staff."""
        return self.filter(state=CoursewareEntry.State.NOMINATED)


class CoursewareEntry(models.Model):
    """A courseware nominated for 优秀课件; confirmed, one version of it takes part under a number."""

    class State(models.TextChoices):
        NOMINATED = "nominated", "待确认"
        CONFIRMED = "confirmed", "参评"
        DECLINED = "declined", "不参评"
        WITHDRAWN = "withdrawn", "已撤回"

    year = models.ForeignKey(
        EvaluationYear, verbose_name="评选年度", on_delete=models.PROTECT, related_name="entries"
    )
    courseware = models.ForeignKey(
        Courseware, verbose_name="课件", on_delete=models.PROTECT, related_name="entries"
    )
    version = models.ForeignKey(
        CoursewareVersion, verbose_name="参评版本", on_delete=models.PROTECT, related_name="+"
    )
    # How the panel calls it; what is later confirmed or leaves moves no other's number.
    number = models.PositiveSmallIntegerField("编号", null=True, editable=False)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.NOMINATED)
    nominated_at = models.DateTimeField("推荐时间", editable=False)
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="推荐人",
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    decided_at = models.DateTimeField("确认时间", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="确认人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    reason = models.CharField("不参评的理由", max_length=300, blank=True)

    objects = CoursewareEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "参评课件"
        verbose_name_plural = "参评课件"
        ordering = ["-year", F("number").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "courseware"], name="courseware_entry_once_a_year"),
            models.UniqueConstraint(fields=["year", "number"], name="courseware_entry_number_once"),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(number__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="courseware_entry_confirmed_has_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="courseware_entry_declined_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.courseware.title

    @property
    def label(self) -> str:
        """What the panel calls it, which names nobody: 课件 07."""
        return f"课件 {self.number:02d}" if self.number else "未编号"


class ScoreSheetQuerySet(models.QuerySet["ScoreSheet"]):
    def of(self, person: User) -> Self:
        """The sheets of one judge, whatever the year."""
        return self.filter(judge__person=person)

    def standing(self) -> Self:
        """All but those whose judge has stepped back."""
        return self.exclude(state=ScoreSheet.State.RECUSED)

    def submitted(self) -> Self:
        return self.filter(state=ScoreSheet.State.SUBMITTED)

    def unfinished(self) -> Self:
        """Those that the panel still owes."""
        return self.filter(state__in=[ScoreSheet.State.OPEN, ScoreSheet.State.RETURNED])

    def of_courseware(self) -> Self:
        return self.filter(entry__isnull=False)

    def of_mentors(self) -> Self:
        return self.filter(mentor__isnull=False)

    def with_scored(self) -> Self:
        """Annotate how many rows have points: ``scored``."""
        return self.annotate(scored=Count("scores"))


class ScoreSheet(models.Model):
    """What one judge gives to one courseware (annex 1), or to one mentor's 课堂组织能力 (annex 2).

    ``revision`` grows with each save: a page that was opened at an older one is told so.
    """

    class State(models.TextChoices):
        OPEN = "open", "待评分"
        SUBMITTED = "submitted", "已提交"
        RETURNED = "returned", "退回修改"
        RECUSED = "recused", "已回避"

    year = models.ForeignKey(
        EvaluationYear, verbose_name="评选年度", on_delete=models.PROTECT, related_name="sheets"
    )
    judge = models.ForeignKey(
        PanelJudge, verbose_name="评审专家", on_delete=models.PROTECT, related_name="sheets"
    )
    entry = models.ForeignKey(
        CoursewareEntry,
        verbose_name="参评课件",
        on_delete=models.PROTECT,
        null=True,
        related_name="sheets",
    )
    mentor = models.ForeignKey(
        Mentor, verbose_name="导师", on_delete=models.PROTECT, null=True, related_name="sheets"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    revision = models.PositiveIntegerField("修订", default=0, editable=False)
    remark = models.CharField("评语", max_length=500, blank=True)
    total = models.DecimalField("合计", max_digits=6, decimal_places=2, null=True, editable=False)
    assigned_at = models.DateTimeField("分配时间", editable=False)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="分配人",
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    saved_at = models.DateTimeField("保存时间", null=True, editable=False)
    submitted_at = models.DateTimeField("提交时间", null=True, editable=False)
    reason = models.CharField("退回或回避的理由", max_length=300, blank=True)
    returned_at = models.DateTimeField("退回时间", null=True, editable=False)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="退回人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    recused_at = models.DateTimeField("回避时间", null=True, editable=False)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "评分表"
        verbose_name_plural = "评分表"
        ordering = ["-year", "entry__number", "mentor", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["judge", "entry"], name="score_sheet_once_per_entry"),
            models.UniqueConstraint(fields=["judge", "mentor"], name="score_sheet_once_per_mentor"),
            models.CheckConstraint(
                condition=Q(entry__isnull=False, mentor__isnull=True)
                | Q(entry__isnull=True, mentor__isnull=False),
                name="score_sheet_of_an_entry_or_a_mentor",
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", total__isnull=False, submitted_at__isnull=False)
                | (~Q(state="submitted") & Q(total__isnull=True)),
                name="score_sheet_submitted_has_a_total",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "recused"]) | ~Q(reason=""),
                name="score_sheet_returned_or_recused_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.judge} · {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("judging:sheet-detail", args=[self.pk])

    @property
    def subject(self) -> str:
        """What is judged, as the panel calls it."""
        return self.entry.label if self.entry_id else str(self.mentor)

    @property
    def is_open(self) -> bool:
        """Whether the judge may still change it, as far as the sheet goes."""
        return self.state in (self.State.OPEN, self.State.RETURNED)


class SheetScore(models.Model):
    """The points of one row of a sheet, in steps of 0.5."""

    sheet = models.ForeignKey(
        ScoreSheet, verbose_name="评分表", on_delete=models.CASCADE, related_name="scores"
    )
    item = models.ForeignKey(RubricItem, verbose_name="项目", on_delete=models.PROTECT, related_name="scores")
    points = models.DecimalField(
        "得分", max_digits=5, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )

    class Meta:
        verbose_name = "得分"
        verbose_name_plural = "得分"
        ordering = ["item__position"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "item"], name="sheet_score_once_per_item"),
            models.CheckConstraint(condition=Q(points__gte=0), name="sheet_score_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.item}：{self.points}"
