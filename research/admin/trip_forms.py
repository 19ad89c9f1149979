"""The form with which staff plan a trip."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from mentor_portal import portal_settings
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.offering_forms import Change, MomentField, OfferingForm
from research import services
from research.models import ResearchTrip
from research.services.trips import OWN_FIELDS

# What the form asks of the offering itself.
PLANNED = ("title", "starts_at", "ends_at", "capacity", "booking_opens_at", "booking_closes_at")
CLOSES_BEFORE = timedelta(days=3)


class TripForm(OfferingForm):
    """A trip together with its offering; it has a place to gather at, and no venue."""

    host_unit = venue = None
    starts_at = MomentField(label="出发时间")
    ends_at = MomentField(label="返回时间")
    capacity = forms.IntegerField(
        label="名额", min_value=1, max_value=100, widget=UnfoldAdminIntegerFieldWidget
    )
    booking_opens_at = MomentField(
        label="报名开始", required=False, help_text="不填：发布后立即开始。导师按先后报名，满额候补。"
    )
    booking_closes_at = MomentField(
        label="报名截止", required=False, help_text="不填：出发前 3 天。到时人数不足会提醒工作人员。"
    )

    class Meta:
        model = ResearchTrip
        fields = [*OWN_FIELDS]

    field_of_refusal = {**OfferingForm.field_of_refusal, "minimum_too_large": "minimum"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if not (instance and instance.pk):
            numbers = portal_settings.read()
            usual = {"capacity": numbers["TRIP_CAPACITY"], "minimum": numbers["TRIP_MINIMUM"]}
            kwargs["initial"] = {**usual, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def changes(self) -> list[Change]:
        """A trip that gathers elsewhere moves as well."""
        old, new = self.initial.get("gathering"), self.cleaned_data["gathering"]
        is_public = self.instance.pk and self.instance.offering.state == Offering.State.PUBLISHED
        elsewhere = [Change("集合地点", old, new)] if is_public and old != new else []
        return [*super().changes(), *elsewhere]

    def plan(self) -> services.TripPlan:
        """Return what staff have decided. Only for a valid form."""
        return services.TripPlan(**{name: self.cleaned_data[name] for name in (*OWN_FIELDS, *PLANNED)})

    def carry_out(self) -> ResearchTrip:
        """Make or change the trip. Raises what the services raise."""
        if self.instance.pk:
            trip = ResearchTrip.objects.select_related("offering").get(pk=self.instance.pk)
            return services.change_trip(trip=trip, plan=self.plan(), by=self.staff, at=timezone.now())
        return services.plan_trip(plan=self.plan(), by=self.staff)

    def _fill_booking_window(self, data: dict[str, Any]) -> None:
        starts_at, at = data.get("starts_at"), timezone.now()
        if starts_at:
            data["booking_closes_at"] = data.get("booking_closes_at") or max(
                starts_at - CLOSES_BEFORE, min(starts_at, at + timedelta(hours=1))
            )
            opens = min(at, data["booking_closes_at"] - timedelta(minutes=1))
            data["booking_opens_at"] = data.get("booking_opens_at") or opens

    def _check_order(self, data: dict[str, Any]) -> None:
        starts_at, ends_at = data.get("starts_at"), data.get("ends_at")
        opens, closes = data.get("booking_opens_at"), data.get("booking_closes_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", "返回时间须晚于出发时间。")
        if opens and closes and closes <= opens:
            self.add_error("booking_closes_at", "报名截止须晚于报名开始。")
        if starts_at and closes and closes > starts_at:
            self.add_error("booking_closes_at", "报名截止不能晚于出发时间。")
