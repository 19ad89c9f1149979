"""好差评 of classes: five levels with tags, and what staff make of the two lowest."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Reservation
from mentor_portal.satisfaction import Satisfaction
from mentors.models import Mentor

LOWEST = (Satisfaction.POOR, Satisfaction.VERY_POOR)


class RatingTag(models.Model):
    """A word that people can tick beside their rating."""

    word = models.CharField("词", max_length=12, unique=True)
    is_praise = models.BooleanField("好评", default=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = "评价标签"
        verbose_name_plural = "评价标签"
        ordering = ["-is_praise", "position", "pk"]

    def __str__(self) -> str:
        return self.word


class ClassRatingQuerySet(models.QuerySet["ClassRating"]):
    def managed_by(self, user: User) -> Self:
        """What a member of staff may see: the province all, a unit that of its own classes."""
        if user.is_provincial:
            return self
        return self.filter(reservation__offering__host_unit_id=user.host_unit_id)

    def about(self, mentor: Mentor) -> Self:
        return self.filter(reservation__offering__class_session__mentors=mentor)


class ClassRating(models.Model):
    """What somebody who attended a class thought of it; staff know who, the mentor does not."""

    reservation = models.OneToOneField(
        Reservation,
        verbose_name="预约",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="class_rating",
    )
    level = models.PositiveSmallIntegerField("满意度", choices=Satisfaction.choices)
    tags = models.ManyToManyField(RatingTag, verbose_name="标签", blank=True, related_name="ratings")
    words = models.CharField("评价", max_length=300, blank=True)
    rated_at = models.DateTimeField("评价时间", editable=False)
    # Once more, after a complaint was settled.
    follow_up_level = models.PositiveSmallIntegerField(
        "处理后满意度", choices=Satisfaction.choices, null=True, blank=True
    )
    follow_up_words = models.CharField("处理后评价", max_length=300, blank=True)
    followed_up_at = models.DateTimeField("追评时间", null=True, editable=False)

    objects = ClassRatingQuerySet.as_manager()

    class Meta:
        verbose_name = "课堂评价"
        verbose_name_plural = "课堂评价"
        ordering = ["-rated_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="class_rating_level_known"),
            models.CheckConstraint(
                condition=Q(follow_up_level__isnull=True, followed_up_at__isnull=True)
                | Q(follow_up_level__range=(1, 5), followed_up_at__isnull=False),
                name="class_rating_follow_up_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reservation.offering} · {self.get_level_display()}"

    @property
    def is_low(self) -> bool:
        return self.level in LOWEST


class RatingCaseQuerySet(models.QuerySet["RatingCase"]):
    def managed_by(self, user: User) -> Self:
        """What a member of staff may settle: the province all, a unit that of its own classes."""
        if user.is_provincial:
            return self
        return self.filter(rating__reservation__offering__host_unit_id=user.host_unit_id)

    def unsettled(self) -> Self:
        """Those that wait for the staff, the most urgent first."""
        return self.filter(settled_at__isnull=True).order_by("settle_due_at", "pk")

    def unanswered(self) -> Self:
        """Those that wait for a reply, the most urgent first."""
        return self.filter(replied_at__isnull=True).order_by("reply_due_at", "pk")

    def late(self, at: datetime) -> Self:
        """Those whose reply or settlement is overdue."""
        unanswered = Q(replied_at__isnull=True, reply_due_at__lt=at)
        return self.unsettled().filter(unanswered | Q(settle_due_at__lt=at))


class RatingCase(models.Model):
    """What staff do about a low rating: a reply within a working day, settled within fifteen."""

    rating = models.OneToOneField(
        ClassRating,
        verbose_name="评价",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="case",
    )
    opened_at = models.DateTimeField("提出时间", editable=False)
    reply_due_at = models.DateTimeField("回复截止", editable=False)
    settle_due_at = models.DateTimeField("办结截止", editable=False)
    reply = models.CharField("回复", max_length=500, blank=True)
    replied_at = models.DateTimeField("回复时间", null=True, editable=False)
    replied_by = models.ForeignKey(
        User, verbose_name="回复人", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    settlement = models.CharField("办理结果", max_length=500, blank=True)
    settled_at = models.DateTimeField("办结时间", null=True, editable=False)
    settled_by = models.ForeignKey(
        User, verbose_name="办结人", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = RatingCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "差评办理"
        verbose_name_plural = "差评办理"
        ordering = ["settle_due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True, reply="")
                | (Q(replied_at__isnull=False, replied_by__isnull=False) & ~Q(reply="")),
                name="rating_case_reply_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settlement="")
                | (
                    Q(settled_at__isnull=False, settled_by__isnull=False, replied_at__isnull=False)
                    & ~Q(settlement="")
                ),
                name="rating_case_settled_after_reply",
            ),
        ]

    def __str__(self) -> str:
        return str(self.rating)
