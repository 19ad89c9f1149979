"""What no other record holds: events that earn a mentor extra points (加分项, annex 2), with their proof."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentor_portal.files import StoredFile
from mentors.models import Mentor


class BonusEventQuerySet(models.QuerySet["BonusEvent"]):
    def verified(self) -> Self:
        """Those that count."""
        return self.filter(state=BonusEvent.State.VERIFIED)

    def undecided(self) -> Self:
        """Those that wait to be looked at."""
        return self.filter(state=BonusEvent.State.ENTERED)


class BonusEvent(StoredFile):
    """One event of a mentor (创新创业大赛, 人才高端论坛 …), entered by staff; the file is its proof."""

    FOLDER = "bonus"

    class State(models.TextChoices):
        ENTERED = "entered", "待核实"
        VERIFIED = "verified", "已核实"
        REFUSED = "refused", "不予认定"

    mentor = models.ForeignKey(
        Mentor, verbose_name="导师", on_delete=models.PROTECT, related_name="bonus_events"
    )
    title = models.CharField("活动名称", max_length=100, help_text="如：第九届创新创业大赛决赛评审。")
    held_on = models.DateField("活动日期", help_text="按这一天计入年度。")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ENTERED)
    entered_at = models.DateTimeField("录入时间", editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="录入人",
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    decided_at = models.DateTimeField("核实时间", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="核实人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    reason = models.CharField("不予认定的理由", max_length=300, blank=True)

    objects = BonusEventQuerySet.as_manager()

    class Meta:
        verbose_name = "加分活动"
        verbose_name_plural = "加分活动"
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["mentor", "held_on"], name="bonus_event_by_mentor")]
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "title", "held_on"],
                name="bonus_event_once",
                violation_error_message="这位导师的这项活动已经录入过。",
            ),
            models.CheckConstraint(
                condition=Q(state="entered") | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="bonus_event_decided_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="bonus_event_refused_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title
