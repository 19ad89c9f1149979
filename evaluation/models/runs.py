"""A run of the 两优: inputs, rules, lines and ranks as they were then, never changed afterwards."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from evaluation.models.panel import CoursewareEntry
from evaluation.models.years import EvaluationYear
from mentors.models import Mentor


class RankingRunQuerySet(models.QuerySet["RankingRun"]):
    def under_way(self) -> Self:
        """Those that the worker has to do with; a year has one at most."""
        return self.filter(state__in=RankingRun.UNDER_WAY)

    def done(self) -> Self:
        """Those with a result: of others nothing is shown but how far they are."""
        return self.filter(state=RankingRun.State.DONE)


class RankingRun(models.Model):
    """One ranking of a year's mentors and courseware; at most one of a year is its result."""

    class State(models.TextChoices):
        WAITING = "waiting", "排队中"
        RUNNING = "running", "计算中"
        DONE = "done", "已完成"
        CANCELLED = "cancelled", "已取消"
        FAILED = "failed", "出错"

    UNDER_WAY = (State.WAITING, State.RUNNING)

    year = models.ForeignKey(
        EvaluationYear, verbose_name="评选年度", on_delete=models.PROTECT, related_name="runs"
    )
    number = models.PositiveSmallIntegerField("次序")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    # Started by the clock at the year's end, for staff to look at.
    is_draft = models.BooleanField("定时草稿", default=False)
    is_result = models.BooleanField("年度结果", default=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="发起人",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField("发起时间")
    begun_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="取消人",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    # The parameters and both rubrics as they were, see ``evaluation.services.runs``.
    rules = models.JSONField("规则", default=dict)
    mentor_count = models.PositiveIntegerField("导师人数", default=0)
    digest = models.CharField("输入校验值", max_length=64, blank=True)
    trouble = models.CharField("出错原因", max_length=300, blank=True)

    objects = RankingRunQuerySet.as_manager()

    class Meta:
        verbose_name = "排名计算"
        verbose_name_plural = "排名计算"
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="ranking_run_number_once"),
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(state__in=["waiting", "running"]),
                name="ranking_run_one_under_way",
            ),
            models.UniqueConstraint(
                fields=["year"], condition=Q(is_result=True), name="ranking_run_one_result"
            ),
            models.CheckConstraint(
                condition=Q(is_result=False) | Q(state="done"), name="ranking_run_result_is_done"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(ended_at__isnull=False) & ~Q(digest="")),
                name="ranking_run_done_has_a_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year.year} 年度第 {self.number} 次计算"

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY


class RunChunkQuerySet(models.QuerySet["RunChunk"]):
    def open_at(self, at: datetime) -> Self:
        """Those that nobody works on: not begun, or left by a worker whose claim has run out."""
        is_free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
        return self.filter(is_free, done_at__isnull=True)


class RunChunk(models.Model):
    """A part of a run that one worker does at a time: the mentors from one key to another."""

    run = models.ForeignKey(RankingRun, verbose_name="计算", on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveSmallIntegerField("次序")
    first_mentor = models.PositiveBigIntegerField("第一位导师")
    last_mentor = models.PositiveBigIntegerField("最后一位导师")
    mentor_count = models.PositiveIntegerField("导师人数")
    claimed_until = models.DateTimeField("占用至", null=True)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    done_at = models.DateTimeField("完成时间", null=True)
    digest = models.CharField("校验值", max_length=64, blank=True)

    objects = RunChunkQuerySet.as_manager()

    class Meta:
        verbose_name = "计算分段"
        verbose_name_plural = "计算分段"
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="run_chunk_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.run} · {self.number}"


class RunCourseware(models.Model):
    """How a courseware came out in a run (annex 1): the mean of its sheets, its groups, its rank."""

    run = models.ForeignKey(
        RankingRun, verbose_name="计算", on_delete=models.CASCADE, related_name="courseware"
    )
    entry = models.ForeignKey(
        CoursewareEntry, verbose_name="参评课件", on_delete=models.PROTECT, related_name="results"
    )
    sheet_count = models.PositiveSmallIntegerField("评分表")
    # The mean totals of the sheets, without the extremes where the year leaves them out.
    result = models.DecimalField("得分", max_digits=6, decimal_places=2, null=True)
    # Group name to the mean of its sum, as text; in the order of the rubric.
    groups = models.JSONField("分组得分", default=dict)
    rank = models.PositiveIntegerField("名次", null=True)
    is_plagiarised = models.BooleanField("认定抄袭", default=False)
    is_top = models.BooleanField("入选优秀课件", default=False)

    class Meta:
        verbose_name = "课件结果"
        verbose_name_plural = "课件结果"
        ordering = ["run", F("rank").asc(nulls_last=True), "entry"]
        constraints = [
            models.UniqueConstraint(fields=["run", "entry"], name="run_courseware_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry}：{self.result}"


class RunCardQuerySet(models.QuerySet["RunCard"]):
    def visible(self) -> Self:
        """Those of runs that are done; half a result is never shown."""
        return self.filter(run__state=RankingRun.State.DONE)


class RunCard(models.Model):
    """A mentor's score card in a run (annex 2): what was counted, the lines that came of it, the rank."""

    run = models.ForeignKey(RankingRun, verbose_name="计算", on_delete=models.CASCADE, related_name="cards")
    mentor = models.ForeignKey(
        Mentor, verbose_name="导师", on_delete=models.PROTECT, related_name="run_cards"
    )
    # The fields of ``MentorEvidence`` by name; Decimals as text.
    evidence = models.JSONField("计分依据")
    # Key of the line to its points, maximum, uncapped points (text) and reason, in the order of annex 2.
    lines = models.JSONField("各项得分")
    total = models.DecimalField("合计", max_digits=6, decimal_places=2)
    is_below_baseline = models.BooleanField("未达基数", default=False)
    rank = models.PositiveIntegerField("名次", null=True)

    objects = RunCardQuerySet.as_manager()

    class Meta:
        verbose_name = "导师得分"
        verbose_name_plural = "导师得分"
        ordering = ["run", "rank", "mentor"]
        indexes = [models.Index(fields=["run", "rank"], name="run_card_by_rank")]
        constraints = [
            models.UniqueConstraint(fields=["run", "mentor"], name="run_card_once"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor}：{self.total}"
