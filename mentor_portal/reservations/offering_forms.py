"""The forms with which staff plan what is offered together with what an app adds to it, and call it off."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models, transaction
from django.utils import timezone
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelect2Widget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.errors import DomainError
from mentor_portal.reservations.models import Offering, Venue
from mentor_portal.wording import span

# What the form asks of the offering itself.
OFFERING_FIELDS = (
    "title",
    "starts_at",
    "ends_at",
    "host_unit",
    "venue",
    "capacity",
    "booking_opens_at",
    "booking_closes_at",
)
BOOKING_OPENS_BEFORE = timedelta(days=14)
# The button with which staff say that the people concerned may be told of a move, and the refusal without.
CONFIRM_MOVE = "_confirm_move"
MOVE_UNCONFIRMED = "move_unconfirmed"
NOT_YET_MOVED = "时间或地点的改动还没有确认，尚未保存。"


class MomentField(forms.SplitDateTimeField):
    widget = UnfoldAdminSplitDateTimeWidget


@dataclass(frozen=True)
class Change:
    """What a move changes, in words."""

    what: str
    old: str
    new: str


class OfferingForm(forms.ModelForm):
    """A row together with its offering; the engine's refusals stand under their field.

    An app's form brings the fields of its own and ``carry_out``; one without ``host_unit`` and ``venue``
    sets them to None.
    """

    title = forms.CharField(label="标题", max_length=100, widget=UnfoldAdminTextInputWidget)
    starts_at = MomentField(label="开始时间")
    ends_at = MomentField(label="结束时间")
    host_unit = forms.ModelChoiceField(
        HostUnit.objects.filter(is_active=True),
        empty_label="请选择",
        label="承办单位",
        widget=UnfoldAdminSelect2Widget,
    )
    venue = forms.ModelChoiceField(
        Venue.objects.select_related("host_unit"),
        empty_label="请选择",
        label="场地",
        widget=UnfoldAdminSelect2Widget,
    )
    capacity = forms.IntegerField(
        label="名额", min_value=1, max_value=5000, widget=UnfoldAdminIntegerFieldWidget
    )
    booking_opens_at = MomentField(
        label="开始预约", required=False, help_text="不填：从现在起（最早为开始前 14 天）。"
    )
    booking_closes_at = MomentField(label="停止预约", required=False, help_text="不填：到开始时间为止。")

    # Under which field a refusal is shown.
    field_of_refusal = {
        "venue_clash": "venue",
        "host_clash": "mentors",
        "capacity_too_small": "capacity",
    }
    staff: User  # set by the admin

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance and instance.pk:
            known = {name: getattr(instance.offering, name) for name in OFFERING_FIELDS}
            kwargs["initial"] = {**known, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        if "venue" in self.fields and not self.staff.is_provincial:
            unit = self.staff.host_unit_id
            self.fields["host_unit"].queryset = HostUnit.objects.filter(pk=unit)
            self.fields["venue"].queryset = Venue.objects.managed_by(self.staff).select_related("host_unit")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._fill_booking_window(data)
        self._check_order(data)
        if not self.errors:
            self._rehearse()
        if not self.errors and self.changes() and CONFIRM_MOVE not in self.data:
            self.add_error(None, forms.ValidationError(NOT_YET_MOVED, code=MOVE_UNCONFIRMED))
        return data

    @property
    def awaits_confirmation(self) -> bool:
        """Whether all that stands in the way is that nobody has seen yet who will be told of the move."""
        return self.has_error(NON_FIELD_ERRORS, MOVE_UNCONFIRMED)

    def changes(self) -> list[Change]:
        """Return how the form moves what people know of; those who booked it are told."""
        if not self.instance.pk or self.instance.offering.state != Offering.State.PUBLISHED:
            return []
        offering, data = self.instance.offering, self.cleaned_data
        changes = []
        old, new = (offering.starts_at, offering.ends_at), (data["starts_at"], data["ends_at"])
        if old != new:
            changes.append(Change("时间", span(*old), span(*new)))
        if "venue" in self.fields and offering.venue_id != data["venue"].pk:
            changes.append(Change("地点", str(offering.venue or "待定"), str(data["venue"])))
        return changes

    def carry_out(self) -> models.Model:
        """Make or change the row and its offering, by the app's services. Raises what they raise."""
        raise NotImplementedError

    def _fill_booking_window(self, data: dict[str, Any]) -> None:
        starts_at = data.get("starts_at")
        if starts_at:
            opens = min(timezone.now(), starts_at - BOOKING_OPENS_BEFORE)
            data["booking_opens_at"] = data.get("booking_opens_at") or opens
            closes = None if self._closes_at_the_start() else data.get("booking_closes_at")
            data["booking_closes_at"] = closes or starts_at

    def _closes_at_the_start(self) -> bool:
        """Whether booking closed at the start and nobody said otherwise now: it moves along."""
        was_so = self.initial.get("booking_closes_at") == self.initial.get("starts_at")
        return was_so and "booking_closes_at" not in self.changed_data

    def _check_order(self, data: dict[str, Any]) -> None:
        starts_at, ends_at = data.get("starts_at"), data.get("ends_at")
        opens, closes = data.get("booking_opens_at"), data.get("booking_closes_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", "结束时间须晚于开始时间。")
        if opens and closes and closes <= opens:
            self.add_error("booking_closes_at", "停止预约须晚于开始预约。")
        # An end before the start is said once, not also of what follows from it.
        if ends_at and closes and closes > ends_at and "ends_at" not in self.errors:
            self.add_error("booking_closes_at", "停止预约不能晚于结束时间。")
        venue, unit = data.get("venue"), data.get("host_unit")
        if venue and not venue.is_active and (not unit or venue.pk != self.initial.get("venue")):
            self.add_error("venue", "这个场地已停用，请换一个。")

    def _rehearse(self) -> None:
        """Carry it out and take it back, so that a refusal is shown beside what was typed."""
        try:
            with transaction.atomic():
                self.carry_out()
                transaction.set_rollback(True)
        except DomainError as refusal:
            self.add_error(self.field_of_refusal.get(refusal.code), str(refusal))


class CancelForm(forms.Form):
    """Why offerings are called off: told to everyone who holds or waits."""

    reason = forms.CharField(
        label="取消原因",
        max_length=200,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="会写进发给预约人的消息。",
        error_messages={"required": "请填写取消原因，预约人会看到。"},
    )
