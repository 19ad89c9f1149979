"""The year's plan (notice 三（三）: 每月一个调研主题)."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from mentor_portal.accounts.models import User
from mentors.models import IndustrialChain

FIRST_YEAR, LAST_YEAR = 2019, 2100


class ResearchThemeQuerySet(models.QuerySet["ResearchTheme"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def of_year(self, year: int) -> Self:
        return self.filter(year=year).order_by("month")

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The published ones; staff of the province see the drafts too."""
        return self if user.is_authenticated and user.is_provincial else self.published()


class ResearchTheme(models.Model):
    """What is looked into in one month, where, and for which chains."""

    year = models.PositiveSmallIntegerField(
        "年度", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    month = models.PositiveSmallIntegerField(
        "月份", choices=[(month, f"{month}月") for month in range(1, 13)]
    )
    title = models.CharField("主题", max_length=100)
    destination = models.CharField("调研单位", max_length=200, help_text="去哪家企业或园区。")
    introduction = models.TextField("主题说明", max_length=3000, blank=True, help_text="空行分段。")
    chains = models.ManyToManyField(
        IndustrialChain, verbose_name="产业链", blank=True, related_name="research_themes"
    )
    published_at = models.DateTimeField("发布时间", null=True, editable=False)

    objects = ResearchThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "调研主题"
        verbose_name_plural = "调研主题"
        ordering = ["-year", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "month"],
                name="theme_once_per_month",
                violation_error_message="这个月已经有调研主题了，每月一个。",
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12),
                name="theme_month_of_the_year",
                violation_error_message="月份须在 1 到 12 之间。",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="theme_year_is_sane",
                violation_error_message="年度不对。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月 · {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("research:theme-detail", args=[self.pk])
