"""What becomes of a year's result: objections while it is shown (公示), and the awards in the end."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from evaluation.models.panel import CoursewareEntry
from evaluation.models.runs import RankingRun
from evaluation.models.years import EvaluationYear
from mentors.models import Mentor


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def unanswered(self) -> Self:
        return self.filter(answered_at__isnull=True)


class Objection(models.Model):
    """An objection (异议) to a result that is shown, by somebody signed in or at the desk, and its answer."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", "异议成立"
        DECLINED = "declined", "异议不成立"

    year = models.ForeignKey(
        EvaluationYear, verbose_name="评选年度", on_delete=models.PROTECT, related_name="objections"
    )
    run = models.ForeignKey(
        RankingRun,
        verbose_name="针对的结果",
        on_delete=models.PROTECT,
        editable=False,
        related_name="objections",
    )
    # Who signed in to object; at the desk a name and a number are noted instead.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="提出人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="objections",
    )
    # The page on which it was written: what that page sends again is the same objection.
    key = models.UUIDField("页面编号", null=True, editable=False)
    name = models.CharField("姓名", max_length=30)
    phone = models.CharField("联系电话", max_length=20)
    text = models.TextField("异议内容", max_length=1000)
    raised_at = models.DateTimeField("提出时间", editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="登记人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    outcome = models.CharField("处理结果", max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField("答复", max_length=1000, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="答复人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = "公示异议"
        verbose_name_plural = "公示异议"
        ordering = ["answered_at", "raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="objection_once_per_page"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="")
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(answer="")
                    & Q(outcome__in=["upheld", "declined"])
                ),
                name="objection_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(recorded_by__isnull=False),
                name="objection_says_who_brought_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}：{self.text[:20]}"

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None


class AwardQuerySet(models.QuerySet["Award"]):
    def of_courseware(self) -> Self:
        return self.filter(kind=Award.Kind.COURSEWARE)

    def of_mentors(self) -> Self:
        return self.filter(kind=Award.Kind.MENTOR)


class Award(models.Model):
    """优秀课件 or 优秀职业导师 of a year, given when the result became final (定稿)."""

    class Kind(models.TextChoices):
        COURSEWARE = "courseware", "优秀课件"
        MENTOR = "mentor", "优秀职业导师"

    year = models.ForeignKey(
        EvaluationYear, verbose_name="评选年度", on_delete=models.PROTECT, related_name="awards"
    )
    run = models.ForeignKey(RankingRun, verbose_name="计算", on_delete=models.PROTECT, related_name="awards")
    kind = models.CharField("奖项", max_length=10, choices=Kind.choices)
    mentor = models.ForeignKey(Mentor, verbose_name="导师", on_delete=models.PROTECT, related_name="awards")
    entry = models.ForeignKey(
        CoursewareEntry,
        verbose_name="课件",
        on_delete=models.PROTECT,
        null=True,
        related_name="awards",
    )
    rank = models.PositiveIntegerField("名次")
    total = models.DecimalField("得分", max_digits=6, decimal_places=2)
    awarded_at = models.DateTimeField("定稿时间")

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = "获奖"
        verbose_name_plural = "获奖"
        ordering = ["-year", "kind", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "mentor"], condition=Q(kind="mentor"), name="award_once_per_mentor"
            ),
            models.UniqueConstraint(
                fields=["year", "entry"], condition=Q(kind="courseware"), name="award_once_per_entry"
            ),
            models.CheckConstraint(
                condition=Q(kind="mentor", entry__isnull=True) | Q(kind="courseware", entry__isnull=False),
                name="award_of_courseware_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year.year} 年度{self.get_kind_display()}：{self.mentor}"
