"""The forms with which staff plan a trip and call one off."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from mentor_portal import portal_settings
from mentor_portal.accounts.models import User
from mentor_portal.errors import DomainError
from research import services
from research.models import ResearchTrip
from research.services.trips import OWN_FIELDS

OFFERING_FIELDS = ("title", "starts_at", "ends_at", "capacity", "booking_opens_at", "booking_closes_at")
# Under which field a refusal is shown.
FIELD_OF_REFUSAL = {"minimum_too_large": "minimum", "capacity_too_small": "capacity"}
CLOSES_BEFORE = timedelta(days=3)


class MomentField(forms.SplitDateTimeField):
    widget = UnfoldAdminSplitDateTimeWidget


class TripForm(forms.ModelForm):
    """A trip together with its offering; the refusals of the services stand under their field."""

    title = forms.CharField(label="标题", max_length=100, widget=UnfoldAdminTextInputWidget)
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

    staff: User  # set by the admin

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance and instance.pk:
            known = {name: getattr(instance.offering, name) for name in OFFERING_FIELDS}
        else:
            numbers = portal_settings.read()
            known = {"capacity": numbers["TRIP_CAPACITY"], "minimum": numbers["TRIP_MINIMUM"]}
        kwargs["initial"] = {**known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._fill_booking_window(data)
        self._check_order(data)
        if not self.errors:
            self._rehearse()
        return data

    def plan(self) -> services.TripPlan:
        """Return what staff have decided. Only for a valid form."""
        return services.TripPlan(
            **{name: self.cleaned_data[name] for name in (*OWN_FIELDS, *OFFERING_FIELDS)}
        )

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

    def _rehearse(self) -> None:
        """Carry it out and take it back, so that a refusal is shown beside what was typed."""
        try:
            with transaction.atomic():
                self.carry_out()
                transaction.set_rollback(True)
        except DomainError as refusal:
            self.add_error(FIELD_OF_REFUSAL.get(refusal.code), str(refusal))


class CancelForm(forms.Form):
    """Why trips are called off: told to everyone who holds or waits."""

    reason = forms.CharField(
        label="取消原因",
        max_length=200,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="会写进发给已报名导师的消息。",
        error_messages={"required": "请填写取消原因，已报名的导师会看到。"},
    )
