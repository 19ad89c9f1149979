"""Activities that classes go along with (notice 三（二）1: 公共服务专项活动, 主场交流活动, 其他单位活动)."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.reservations.models import Venue


class HostEventQuerySet(models.QuerySet["HostEvent"]):
    def managed_by(self, user: User) -> "HostEventQuerySet":
        """What a member of staff may manage: the province all, a unit its own."""
        return self if user.is_provincial else self.filter(host_unit_id=user.host_unit_id)

    def coming(self, at: datetime) -> "HostEventQuerySet":
        """Those that are still to begin and not called off, the next one first."""
        return self.filter(starts_at__gt=at, is_cancelled=False).order_by("starts_at", "pk")

    def wanting_class(self, at: datetime) -> "HostEventQuerySet":
        """Those whose host unit waits for a class: mentors may offer to join them."""
        return self.coming(at).filter(wish=HostEvent.Wish.WANTED)


class HostEvent(models.Model):
    """An activity of a host unit (活动), perhaps with the wish for a class."""

    class Kind(models.TextChoices):
        PUBLIC_SERVICE = "public_service", "公共服务专项活动"
        MAIN_VENUE = "main_venue", "中心主场交流活动"
        OTHER = "other", "其他单位活动"

    class Reach(models.TextChoices):
        MARKET = "market", "进市场"
        CAMPUS = "campus", "进校园"
        PARK = "park", "进园区"
        PREFECTURE = "prefecture", "进市州"

    class Wish(models.TextChoices):
        """Whether the host unit wants a class, and what came of it (调剂安排)."""

        NONE = "none", "不需要课堂"
        WANTED = "wanted", "需要课堂"
        ARRANGED = "arranged", "已安排课堂"
        DECLINED = "declined", "未能安排"

    title = models.CharField("活动名称", max_length=100)
    kind = models.CharField("活动类型", max_length=16, choices=Kind.choices)
    reach = models.CharField("走进", max_length=12, choices=Reach.choices)
    host_unit = models.ForeignKey(
        HostUnit, verbose_name="承办单位", on_delete=models.PROTECT, related_name="events"
    )
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    place = models.CharField("地点", max_length=200, blank=True)
    venue = models.ForeignKey(
        Venue,
        verbose_name="课堂场地",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        help_text="活动现场可以上课的场地；不填则由排课人员选。",
    )
    introduction = models.TextField("活动简介", max_length=2000, blank=True)
    is_cancelled = models.BooleanField("已取消", default=False)
    wish = models.CharField("课堂需求", max_length=10, choices=Wish.choices, default=Wish.NONE)
    wish_text = models.CharField(
        "希望的主题", max_length=300, blank=True, help_text="想听什么、大约多少人、什么时候方便。"
    )
    wished_by = models.ForeignKey(
        User,
        verbose_name="提出人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    wished_at = models.DateTimeField("提出时间", null=True, editable=False)
    answer = models.CharField("答复", max_length=300, blank=True, editable=False)
    answered_by = models.ForeignKey(
        User,
        verbose_name="答复人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    answered_at = models.DateTimeField("答复时间", null=True, editable=False)

    objects = HostEventQuerySet.as_manager()

    class Meta:
        verbose_name = "活动"
        verbose_name_plural = "活动"
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="host_event_by_start"),
            models.Index(fields=["host_unit", "starts_at"], name="host_event_by_unit_and_start"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="host_event_ends_after_start",
                violation_error_message="结束时间须晚于开始时间。",
            ),
            models.CheckConstraint(
                condition=~Q(wish="declined") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="host_event_declined_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title
