"""What a research trip adds to its offering (notice 三（三）: 按报名先后顺序每期组织5-6名)."""

from datetime import datetime
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Offering, Reservation
from research.models.themes import ResearchTheme


class ResearchTripQuerySet(models.QuerySet["ResearchTrip"]):
    def visible(self) -> Self:
        """What the public may see: everything ever published, cancelled ones too."""
        return self.exclude(offering__state=Offering.State.DRAFT)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The public ones; staff of the province see the drafts too."""
        return self if user.is_authenticated and user.is_provincial else self.visible()

    def managed_by(self, user: User) -> Self:
        """All of them: trips belong to no unit, and permissions alone say who of the staff sees them."""
        return self

    def published(self) -> Self:
        return self.filter(offering__state=Offering.State.PUBLISHED)

    def coming(self, at: datetime) -> Self:
        """Published ones that have not begun, the next one first."""
        return self.published().filter(offering__starts_at__gt=at).order_by("offering__starts_at", "pk")

    def short(self, at: datetime) -> Self:
        """Those still to take place whose sign-up has ended with fewer than the minimum."""
        return self.published().filter(
            offering__booking_closes_at__lte=at,
            offering__ends_at__gt=at,
            offering__places_taken__lt=F("minimum"),
        )

    def attended_by(self, person: User) -> Self:
        """Those at which the person was there, as the desk has noted."""
        there = Reservation.objects.of(person).filter(state=Reservation.State.ATTENDED)
        return self.filter(offering__in=there.values("offering"))

    def for_cards(self) -> Self:
        """Load what a card shows, in a fixed number of queries."""
        return self.select_related("offering__venue__host_unit", "theme").prefetch_related("theme__chains")


class ResearchTrip(models.Model):
    """One trip to a theme's destination; time, places and who takes part are those of its offering."""

    offering = models.OneToOneField(
        Offering,
        verbose_name="名额",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="research_trip",
    )
    theme = models.ForeignKey(
        ResearchTheme, verbose_name="调研主题", on_delete=models.PROTECT, related_name="trips"
    )
    minimum = models.PositiveSmallIntegerField("成行人数")
    gathering = models.CharField("集合地点", max_length=200)
    notes = models.TextField("行程与须知", max_length=2000, blank=True)
    # When staff were told that sign-up ended below the minimum.
    short_told_at = models.DateTimeField("人数不足提醒时间", null=True, editable=False)

    objects = ResearchTripQuerySet.as_manager()

    class Meta:
        verbose_name = "调研活动"
        verbose_name_plural = "调研活动"
        ordering = ["-offering__starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minimum__gte=1), name="trip_needs_somebody"),
        ]

    def __str__(self) -> str:
        return self.offering.title

    def get_absolute_url(self) -> str:
        return reverse("research:trip-detail", args=[self.pk])

    @property
    def title(self) -> str:
        return self.offering.title

    def is_short(self, at: datetime) -> bool:
        """Tell of one trip what ``short`` tells of many."""
        offering = self.offering
        return (
            offering.state == Offering.State.PUBLISHED
            and offering.booking_closes_at <= at < offering.ends_at
            and offering.places_taken < self.minimum
        )
