"""A mentor's declared time in a consultation room (咨询值班), and the slots it is cut into."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.reservations.models import Offering, Venue
from mentors.models import IndustrialChain, Mentor


class ShiftSeries(models.Model):
    """Shifts declared in one go, the same hours every week."""

    mentor = models.ForeignKey(
        Mentor, verbose_name="导师", on_delete=models.PROTECT, related_name="shift_series"
    )
    first_on = models.DateField("第一天")
    until_on = models.DateField("重复到")
    exceptions = models.JSONField("除外的日期", default=list)
    declared_at = models.DateTimeField("申报时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "每周值班"
        verbose_name_plural = "每周值班"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("first_on")), name="shift_series_goes_on"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} {self.first_on:%Y-%m-%d}–{self.until_on:%Y-%m-%d}"


class ConsultationShiftQuerySet(models.QuerySet["ConsultationShift"]):
    def of(self, mentor: Mentor) -> Self:
        return self.filter(mentor=mentor)

    def managed_by(self, user: User) -> Self:
        """What a member of staff may manage: the province all, a unit its own."""
        return self if user.is_provincial else self.filter(host_unit_id=user.host_unit_id)

    def submitted(self) -> Self:
        return self.filter(state=ConsultationShift.State.SUBMITTED)

    def waiting(self, at: datetime) -> Self:
        """Those that can still be given a room: they have not begun."""
        return self.submitted().filter(starts_at__gt=at)

    def lapsed(self, at: datetime) -> Self:
        """Those whose time came before anyone gave them a room."""
        return self.submitted().filter(starts_at__lte=at)

    def standing(self) -> Self:
        """Those that wait or are approved: the time is spoken for."""
        return self.filter(state__in=ConsultationShift.STANDING)

    def coming(self, at: datetime) -> Self:
        """What has not ended, the next one first."""
        return self.filter(ends_at__gt=at).order_by("starts_at", "pk")

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> Self:
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def for_lines(self) -> Self:
        return self.select_related("mentor", "host_unit", "room__host_unit", "decided_by")

    def with_slot_counts(self) -> Self:
        """Annotate how many slots stand (``slot_count``) and how many of them are taken (``taken_count``)."""
        stands = Q(slots__offering__state__in=[Offering.State.PUBLISHED, Offering.State.FINISHED])
        taken = stands & Q(slots__offering__places_taken__gt=0)
        return self.annotate(
            slot_count=Count("slots", filter=stands), taken_count=Count("slots", filter=taken)
        )


class ConsultationShift(models.Model):
    """Time that a mentor declares for one-to-ones (notice 三（二）2); approved, it has a room and slots."""

    class Kind(models.TextChoices):
        """The kinds of rooms that people consult in."""

        CONSULTATION = Venue.Kind.CONSULTATION.value, "职业咨询室"
        TALENT = Venue.Kind.TALENT.value, "高端人才洽谈室"

    class State(models.TextChoices):
        SUBMITTED = "submitted", "待安排"
        APPROVED = "approved", "已安排"
        DECLINED = "declined", "未安排"
        WITHDRAWN = "withdrawn", "已撤回"
        CANCELLED = "cancelled", "已取消"

    STANDING = (State.SUBMITTED, State.APPROVED)

    mentor = models.ForeignKey(Mentor, verbose_name="导师", on_delete=models.PROTECT, related_name="shifts")
    series = models.ForeignKey(
        ShiftSeries,
        verbose_name="每周值班",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shifts",
    )
    kind = models.CharField("咨询室", max_length=12, choices=Kind.choices, default=Kind.CONSULTATION)
    host_unit = models.ForeignKey(
        HostUnit, verbose_name="承办单位", on_delete=models.PROTECT, related_name="shifts"
    )
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    note = models.CharField("给工作人员的说明", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.SUBMITTED)
    room = models.ForeignKey(
        Venue,
        verbose_name="房间",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shifts",
    )
    declared_at = models.DateTimeField("申报时间", default=timezone.now, editable=False)
    decided_at = models.DateTimeField("处理时间", null=True, editable=False)
    decided_by = models.ForeignKey(
        User,
        verbose_name="处理人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    comment = models.CharField("说明", max_length=200, blank=True, editable=False)

    objects = ConsultationShiftQuerySet.as_manager()

    class Meta:
        verbose_name = "咨询值班"
        verbose_name_plural = "咨询值班"
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["mentor", "starts_at"], name="shift_by_mentor_and_start"),
            models.Index(fields=["state", "starts_at"], name="shift_by_state_and_start"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(room__isnull=False), name="shift_approved_has_room"
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", decided_at__isnull=True)
                | (~Q(state="submitted") & Q(decided_at__isnull=False)),
                name="shift_decided_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} · {timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("consultations:shift-detail", args=[self.pk])

    @property
    def needs_approval(self) -> bool:
        """Whether each booking waits for the staff's yes (notice 三（二）2: 高端人才洽谈室)."""
        return self.kind == self.Kind.TALENT

    def has_lapsed(self, at: datetime) -> bool:
        """Tell whether its time came before anyone gave it a room."""
        return self.state == self.State.SUBMITTED and self.starts_at <= at


class ConsultationSlotQuerySet(models.QuerySet["ConsultationSlot"]):
    def visible_to(self, user: User) -> Self:
        """Slots are published as they are made: everyone sees them, cancelled ones too."""
        return self.exclude(offering__state=Offering.State.DRAFT)

    def bookable(self, at: datetime) -> Self:
        """Those that can be booked now, or waited for."""
        return self.filter(
            offering__state=Offering.State.PUBLISHED,
            offering__booking_opens_at__lte=at,
            offering__booking_closes_at__gt=at,
        )

    def free(self) -> Self:
        return self.filter(offering__places_taken__lt=F("offering__capacity"), offering__waiting_count=0)

    def ahead(self, at: datetime) -> Self:
        """Those that can still be called off: published, and not begun."""
        return self.filter(offering__state=Offering.State.PUBLISHED, offering__starts_at__gt=at)

    def between(self, start: datetime, end: datetime) -> Self:
        return self.filter(offering__starts_at__gte=start, offering__starts_at__lt=end)

    def one_to_one(self) -> Self:
        """Those for everyone, without the talks that need the staff's yes."""
        return self.filter(shift__kind=ConsultationShift.Kind.CONSULTATION)

    def of_chain(self, chain: IndustrialChain) -> Self:
        return self.filter(shift__mentor__in=Mentor.objects.in_chain(chain))

    def for_cards(self) -> Self:
        return self.select_related("offering__venue__host_unit", "shift__mentor")


class ConsultationSlot(models.Model):
    """One bookable one-to-one; time, room and booking are those of its offering."""

    offering = models.OneToOneField(
        Offering,
        verbose_name="名额",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="consultation_slot",
    )
    shift = models.ForeignKey(
        ConsultationShift, verbose_name="咨询值班", on_delete=models.PROTECT, related_name="slots"
    )

    objects = ConsultationSlotQuerySet.as_manager()

    class Meta:
        verbose_name = "咨询时段"
        verbose_name_plural = "咨询时段"
        ordering = ["offering_id"]

    def __str__(self) -> str:
        return self.offering.title

    def get_absolute_url(self) -> str:
        return reverse("consultations:slot-detail", args=[self.pk])
