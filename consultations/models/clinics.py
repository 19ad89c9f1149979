"""A clinic (集中诊断): several mentors, places for job seekers, and a queue on the day."""

from datetime import datetime
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Offering, Reservation
from mentors.models import Category, IndustrialChain, Mentor


class PanelClinicQuerySet(models.QuerySet["PanelClinic"]):
    def visible(self) -> Self:
        """What the public may see: everything ever published, cancelled ones too."""
        return self.exclude(offering__state=Offering.State.DRAFT)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The public ones, and for staff also the drafts that are theirs to manage."""
        if not user.is_staff:
            return self.visible()
        if user.is_provincial:
            return self
        return self.filter(
            ~Q(offering__state=Offering.State.DRAFT) | Q(offering__host_unit_id=user.host_unit_id)
        )

    def managed_by(self, user: User) -> Self:
        """What a member of staff may manage: the province all, a unit its own."""
        return self if user.is_provincial else self.filter(offering__host_unit_id=user.host_unit_id)

    def given_by(self, mentor: Mentor) -> Self:
        """Those that a mentor is at, drafts included."""
        return self.filter(mentors=mentor)

    def published(self) -> Self:
        return self.filter(offering__state=Offering.State.PUBLISHED)

    def coming(self, at: datetime) -> Self:
        """What has not ended, the next one first."""
        return self.filter(offering__ends_at__gt=at).order_by("offering__starts_at", "pk")

    def for_cards(self) -> Self:
        """Load what a card shows, in a fixed number of queries."""
        return self.select_related("offering__venue__host_unit", "category").prefetch_related("mentors")


class PanelClinic(models.Model):
    """What a clinic adds to its offering (notice 三（二）2): time, place, capacity and hosts are there."""

    offering = models.OneToOneField(
        Offering,
        verbose_name="名额",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="panel_clinic",
    )
    category = models.ForeignKey(
        Category, verbose_name="类别", on_delete=models.PROTECT, related_name="panel_clinics"
    )
    chains = models.ManyToManyField(
        IndustrialChain, verbose_name="产业链", blank=True, related_name="panel_clinics"
    )
    mentors = models.ManyToManyField(Mentor, verbose_name="导师", related_name="panel_clinics")
    introduction = models.TextField("活动介绍", max_length=2000, blank=True)
    audience = models.CharField("适合人群", max_length=100, blank=True)

    objects = PanelClinicQuerySet.as_manager()

    class Meta:
        verbose_name = "集中诊断"
        verbose_name_plural = "集中诊断"
        ordering = ["-offering__starts_at", "-pk"]

    def __str__(self) -> str:
        return self.offering.title

    def get_absolute_url(self) -> str:
        return reverse("clinics:clinic-detail", args=[self.pk])

    @property
    def title(self) -> str:
        return self.offering.title


class ClinicTurnQuerySet(models.QuerySet["ClinicTurn"]):
    def waiting_in_order(self) -> Self:
        """Who waits to be called, the next one first."""
        return self.filter(state=ClinicTurn.State.WAITING).order_by("queued_at", "number")

    def called(self) -> Self:
        """Who is with a mentor now."""
        return self.filter(state=ClinicTurn.State.CALLED)

    def for_lines(self) -> Self:
        return self.select_related("reservation__person", "reservation__consultation", "mentor")


class ClinicTurn(models.Model):
    """The number of somebody who is there, and how far the person has come.

    Calls go by ``queued_at``: whoever was called and not there stands behind those who wait by then.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等待叫号"
        CALLED = "called", "正在咨询"
        DONE = "done", "已完成"
        LEFT = "left", "已离开"

    reservation = models.OneToOneField(
        Reservation,
        verbose_name="预约",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="clinic_turn",
    )
    clinic = models.ForeignKey(
        PanelClinic, verbose_name="集中诊断", on_delete=models.PROTECT, related_name="turns"
    )
    number = models.PositiveSmallIntegerField("号码")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    queued_at = models.DateTimeField("排队时间")
    mentor = models.ForeignKey(
        Mentor,
        verbose_name="接待导师",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clinic_turns",
    )
    called_at = models.DateTimeField("叫号时间", null=True)
    done_at = models.DateTimeField("完成时间", null=True)

    objects = ClinicTurnQuerySet.as_manager()

    class Meta:
        verbose_name = "集中诊断排号"
        verbose_name_plural = "集中诊断排号"
        ordering = ["clinic_id", "number"]
        indexes = [
            models.Index(
                fields=["clinic", "queued_at", "number"],
                condition=Q(state="waiting"),
                name="clinic_turn_waiting_in_order",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["clinic", "number"], name="clinic_turn_number_once"),
            models.UniqueConstraint(
                fields=["clinic", "mentor"],
                condition=Q(state="called"),
                name="clinic_turn_one_at_a_time_per_mentor",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="clinic_turn_number_from_one"),
            models.CheckConstraint(
                condition=Q(
                    state__in=["waiting", "left"],
                    mentor__isnull=True,
                    called_at__isnull=True,
                    done_at__isnull=True,
                )
                | Q(state="called", mentor__isnull=False, called_at__isnull=False, done_at__isnull=True)
                | Q(state="done", mentor__isnull=False, called_at__isnull=False, done_at__isnull=False),
                name="clinic_turn_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} 号"

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE
