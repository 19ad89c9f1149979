"""The year of the 两优 (notice 三（四）): its stage, its parameters, and its two rubrics as data."""

from datetime import date, datetime
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from evaluation.scoring import BelowBaseline
from mentor_portal.moments import midnight

FIRST_YEAR, LAST_YEAR = 2019, 2100
# Judges give points in steps of a half.
STEP = Decimal("0.5")


class EvaluationYearQuerySet(models.QuerySet["EvaluationYear"]):
    def with_maxima(self) -> Self:
        """Annotate what each rubric comes to: ``courseware_maximum`` and ``mentor_maximum``."""
        return self.annotate(
            courseware_maximum=_maximum_of(RubricItem.Rubric.COURSEWARE),
            mentor_maximum=_maximum_of(RubricItem.Rubric.MENTOR),
        )


def _maximum_of(rubric: "RubricItem.Rubric") -> Coalesce:
    items = RubricItem.objects.filter(year=OuterRef("pk"), rubric=rubric).order_by()
    return Coalesce(Subquery(items.values("year").annotate(total=Sum("maximum")).values("total")), Decimal(0))


class EvaluationYear(models.Model):
    """A calendar year in Asia/Shanghai, with everything that scoring it needs to be told.

    Where the notice is silent a parameter decides; all of them and both rubrics may be changed until the
    judging begins, and are kept as they were from then on.
    """

    class Stage(models.TextChoices):
        PREPARATION = "preparation", "准备"
        JUDGING = "judging", "评审"
        COMPUTING = "computing", "计算"
        REVIEW = "review", "复核"
        OBJECTIONS = "objections", "公示"
        FINAL = "final", "定稿"

    class BelowBase(models.TextChoices):
        """What participation is worth with fewer classes than the base (未达基数)."""

        ZERO = BelowBaseline.ZERO.value, "整项计 0 分"
        CONSULTATIONS_ONLY = BelowBaseline.CONSULTATIONS_ONLY.value, "只计咨询次数"

    year = models.PositiveSmallIntegerField(
        "年度", unique=True, validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    stage = models.CharField(
        "阶段", max_length=12, choices=Stage.choices, default=Stage.PREPARATION, editable=False
    )
    # Since then parameters and rubrics are kept as they are; taken back where nobody had given a point.
    judging_began_at = models.DateTimeField("开始评审时间", null=True, editable=False)
    judging_due_on = models.DateField(
        "评审截止日期", null=True, blank=True, help_text="显示给评审专家；过了这一天还没有提交的会标为逾期。"
    )
    objections_until = models.DateTimeField("公示截止", null=True, editable=False)
    opened_at = models.DateTimeField("建立时间", null=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="建立人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    min_judges = models.PositiveSmallIntegerField(
        "每件课件至少评审人数",
        default=3,
        validators=[MinValueValidator(1)],
        help_text="评分表不足这个数的课件不参加排名。",
    )
    trim_extremes = models.BooleanField(
        "去掉最高分和最低分", default=False, help_text="评分表满 5 份时才去掉，取其余的平均分。"
    )
    hides_authors = models.BooleanField(
        "评审时隐去作者", default=True, help_text="评审专家看不到课件是谁的，文件名也不显示。"
    )
    courseware_awards = models.PositiveSmallIntegerField(
        "优秀课件名额", default=10, validators=[MinValueValidator(1)], help_text="并列跨过名额线的都入选。"
    )
    mentor_awards = models.PositiveSmallIntegerField(
        "优秀职业导师名额",
        default=10,
        validators=[MinValueValidator(1)],
        help_text="并列跨过名额线的都入选。",
    )

    class_base = models.PositiveSmallIntegerField("全年上课基数（次）", default=2)
    class_points = models.DecimalField("基数之外每次上课（分）", max_digits=5, decimal_places=2, default=2)
    consultation_points = models.DecimalField("每次咨询（分）", max_digits=5, decimal_places=2, default=1)
    below_baseline = models.CharField(
        "未达基数时", max_length=20, choices=BelowBase.choices, default=BelowBase.ZERO
    )
    placement_points = models.DecimalField("每帮扶就业一人（分）", max_digits=5, decimal_places=2, default=1)
    collective_report_points = models.DecimalField(
        "每篇集体调研报告（分）", max_digits=5, decimal_places=2, default=2
    )
    free_report_points = models.DecimalField(
        "每篇自由调研报告（分）", max_digits=5, decimal_places=2, default=1
    )
    report_length = models.PositiveSmallIntegerField("报告至少字数", default=800)
    bonus_points = models.DecimalField("每场加分活动（分）", max_digits=5, decimal_places=2, default=1)
    courseware_percent = models.DecimalField(
        "课件得分折算（%）",
        max_digits=5,
        decimal_places=2,
        default=10,
        help_text="未入选时，最好的课件按此折算。",
    )
    like_percent = models.DecimalField("点赞量折算（%）", max_digits=5, decimal_places=2, default=5)
    booking_percent = models.DecimalField("约课量折算（%）", max_digits=5, decimal_places=2, default=10)
    survey_percent = models.DecimalField("问卷平均分折算（%）", max_digits=5, decimal_places=2, default=5)

    objects = EvaluationYearQuerySet.as_manager()

    class Meta:
        verbose_name = "评选年度"
        verbose_name_plural = "评选年度"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    min_judges__gte=1,
                    courseware_awards__gte=1,
                    mentor_awards__gte=1,
                    class_points__gte=0,
                    consultation_points__gte=0,
                    placement_points__gte=0,
                    collective_report_points__gte=0,
                    free_report_points__gte=0,
                    bonus_points__gte=0,
                    courseware_percent__gte=0,
                    like_percent__gte=0,
                    booking_percent__gte=0,
                    survey_percent__gte=0,
                ),
                name="evaluation_year_nothing_negative",
                violation_error_message="名额和评审人数至少为 1，分值和折算比例不能是负数。",
            ),
            models.CheckConstraint(
                condition=Q(
                    stage__in=["preparation", "judging", "computing", "review", "objections", "final"]
                ),
                name="evaluation_year_stage_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} 年度两优评选"

    @property
    def is_editable(self) -> bool:
        """Whether parameters and rubrics may still be changed."""
        return self.stage == self.Stage.PREPARATION and self.judging_began_at is None

    @property
    def is_final(self) -> bool:
        """Whether the awards are given (定稿)."""
        return self.stage == self.Stage.FINAL

    def takes_objections(self, at: datetime) -> bool:
        """Whether objections to the result are taken at this moment (公示)."""
        return self.stage == self.Stage.OBJECTIONS and at < self.objections_until

    @property
    def first_on(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last_on(self) -> date:
        return date(self.year, 12, 31)

    @property
    def starts_at(self) -> datetime:
        """The first moment of the year in Asia/Shanghai."""
        return midnight(self.first_on)

    @property
    def ends_at(self) -> datetime:
        """The first moment that belongs to the next year."""
        return midnight(date(self.year + 1, 1, 1))


class YearStep(models.Model):
    """One step of a year from stage to stage: who took it, when, and why where it was taken back."""

    year = models.ForeignKey(
        EvaluationYear, verbose_name="评选年度", on_delete=models.PROTECT, related_name="steps"
    )
    before = models.CharField("原阶段", max_length=12, choices=EvaluationYear.Stage.choices)
    after = models.CharField("新阶段", max_length=12, choices=EvaluationYear.Stage.choices)
    taken_at = models.DateTimeField("时间")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="操作人", on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField("理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "年度步骤"
        verbose_name_plural = "年度步骤"
        ordering = ["-taken_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_before_display()} → {self.get_after_display()}"


class RubricItemQuerySet(models.QuerySet["RubricItem"]):
    def of_courseware(self) -> Self:
        """The items of annex 1 (优秀课件)."""
        return self.filter(rubric=RubricItem.Rubric.COURSEWARE)

    def of_mentors(self) -> Self:
        """The items of annex 2 (优秀职业导师)."""
        return self.filter(rubric=RubricItem.Rubric.MENTOR)


class RubricItem(models.Model):
    """One row of a year's rubric: annex 1 for courseware, annex 2 for mentors.

    Rows of one ``group`` follow each other. A row of annex 2 names by ``key`` the line of the score card that
    it gives the maximum of; a maximum of 0 switches the line off.
    """

    class Rubric(models.TextChoices):
        COURSEWARE = "courseware", "优秀课件考核标准"
        MENTOR = "mentor", "优秀职业导师考核标准"

    class Key(models.TextChoices):
        """The lines of a score card, see ``evaluation.scoring``."""

        TEACHING_SKILL = "teaching_skill", "教学技巧"
        CLASS_ORGANISATION = "class_organisation", "课堂组织"
        CLASS_CONTROL = "class_control", "调控课堂"
        COURSEWARE = "courseware", "课件质量"
        PARTICIPATION = "participation", "参与活动次数"
        PLACEMENTS = "placements", "结对帮扶人数"
        LIKES = "likes", "点赞量"
        BOOKINGS = "bookings", "约课量"
        SURVEY = "survey", "课后调查问卷"
        RESEARCH = "research", "专题调研成果"
        BONUS = "bonus", "加分项"

    year = models.ForeignKey(
        EvaluationYear, verbose_name="评选年度", on_delete=models.PROTECT, related_name="items"
    )
    rubric = models.CharField("标准", max_length=10, choices=Rubric.choices)
    position = models.PositiveSmallIntegerField("顺序")
    group = models.CharField("指标", max_length=30)
    name = models.CharField("考核内容", max_length=30)
    requirement = models.CharField("考核要求", max_length=300, blank=True)
    maximum = models.DecimalField("分值", max_digits=5, decimal_places=2)
    key = models.CharField("计分项", max_length=20, choices=Key.choices, blank=True, editable=False)

    objects = RubricItemQuerySet.as_manager()

    class Meta:
        verbose_name = "评分标准"
        verbose_name_plural = "评分标准"
        ordering = ["year", "rubric", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "key"], condition=~Q(key=""), name="rubric_item_key_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(rubric="courseware", key="") | (Q(rubric="mentor") & ~Q(key="")),
                name="rubric_item_of_mentors_has_a_key",
            ),
            models.CheckConstraint(condition=Q(maximum__gte=0), name="rubric_item_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.name}"

    def clean(self) -> None:
        maximum = self.maximum
        if maximum is None:
            return
        if maximum < 0:
            raise ValidationError({"maximum": "分值不能是负数。"})
        if self.rubric == self.Rubric.COURSEWARE and (not maximum or maximum % STEP):
            raise ValidationError({"maximum": "评审按 0.5 分一档打分，分值请填大于 0 的 0.5 的倍数。"})
