"""What declaring and calling off a duty, and writing an outcome, ask of a mentor."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from consultations.models import Consultation, ConsultationShift
from consultations.rules import duties as rules
from consultations.services import DutyPlan
from mentor_portal.accounts.forms import PortalForm
from mentor_portal.accounts.models import HostUnit
from mentor_portal.reservations.forms import WalkInForm
from mentor_portal.reservations.models import Venue
from mentor_portal.widgets import ChipCheckboxes, ChipRadios
from mentor_portal.wording import day

MOST_DAYS_AHEAD = 366
MOST_WEEKS = 26
ONCE, WEEKLY = "once", "weekly"
ROOM_KINDS = ConsultationShift.Kind.values


class DayField(forms.DateField):
    """A day, picked from the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **kwargs)


class ClockField(forms.TimeField):
    """A time of day, to the minute."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(widget=widget, input_formats=["%H:%M", "%H:%M:%S"], **kwargs)


class LeftOutField(forms.MultipleChoiceField):
    """Days of the series that are left out; what is not among them (any more) does not matter."""

    widget = ChipCheckboxes

    def clean(self, value: Any) -> list[date]:
        known = {code for code, _ in self.choices}
        return [date.fromisoformat(code) for code in value or () if code in known]


class DutyForm(PortalForm):
    """A duty of one day, or of the same weekday until another, without some of the days."""

    kind = forms.ChoiceField(
        label="值班地点类型",
        choices=ConsultationShift.Kind.choices,
        widget=ChipRadios,
        error_messages={"required": "请选择咨询室。", "invalid_choice": "请从列出的咨询室里选择。"},
    )
    host_unit = forms.ModelChoiceField(
        label="承办单位",
        queryset=HostUnit.objects.none(),
        empty_label=None,
        error_messages={"required": "请选择承办单位。", "invalid_choice": "请从列出的单位里选择。"},
    )
    first_on = DayField(
        label="日期",
        error_messages={"required": "请选择日期。", "invalid": "请选择日期，例如 2026-03-12。"},
    )
    begins = ClockField(
        label="开始",
        error_messages={"required": "请填写开始时间。", "invalid": "请填写时间，例如 09:00。"},
    )
    ends = ClockField(
        label="结束",
        error_messages={"required": "请填写结束时间。", "invalid": "请填写时间，例如 12:00。"},
    )
    repeat = forms.ChoiceField(
        label="重复",
        choices=[(ONCE, "只这一次"), (WEEKLY, "每周重复")],
        widget=ChipRadios,
        error_messages={"required": "请选择是否重复。", "invalid_choice": "请选择是否重复。"},
    )
    until_on = DayField(
        label="重复到",
        required=False,
        help_text="只在每周重复时填写，含这一天。",
        error_messages={"invalid": "请选择日期，例如 2026-04-02。"},
    )
    exceptions = LeftOutField(label="哪几天不来", required=False)
    note = forms.CharField(
        label="给工作人员的说明",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "说明最多 200 字，请缩短一些。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rooms = Venue.objects.filter(kind__in=ROOM_KINDS, is_active=True)
        with_rooms = HostUnit.objects.filter(is_active=True, pk__in=rooms.values("host_unit"))
        self.fields["host_unit"].queryset = with_rooms
        # It may be left out for a single duty, but nobody should take it for optional.
        self.fields["until_on"].is_expected = True
        days = self.days()
        self.fields["exceptions"].choices = [(each.isoformat(), day(each)) for each in days]

    def days(self) -> list[date]:
        """Return the days that were asked for so far, none left out; none where it is no series yet."""
        if self["repeat"].value() != WEEKLY:
            return []
        first, until = (self._day_of(name) for name in ("first_on", "until_on"))
        if not first or not until or until - first > timedelta(weeks=MOST_WEEKS):
            return []
        return rules.weekly_days(first=first, until=until)

    def clean_first_on(self) -> date:
        first = self.cleaned_data["first_on"]
        if first - timezone.localdate() > timedelta(days=MOST_DAYS_AHEAD):
            raise forms.ValidationError("最多提前一年申报，请选择近一些的日期。")
        return first

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("begins") and data.get("ends") and data["ends"] <= data["begins"]:
            self.add_error("ends", "结束时间须晚于开始时间。")
        if data.get("repeat") == WEEKLY and data.get("first_on"):
            self._check_until(data["first_on"])
        unit, kind = data.get("host_unit"), data.get("kind")
        if unit and kind and not unit.venues.filter(kind=kind, is_active=True).exists():
            name = ConsultationShift.Kind(kind).label
            self.add_error("host_unit", f"{unit}没有{name}，请选择其他单位或咨询室。")
        return data

    def plan(self) -> DutyPlan:
        """Return what was declared, for the service."""
        data = self.cleaned_data
        is_weekly = data["repeat"] == WEEKLY
        return DutyPlan(
            kind=ConsultationShift.Kind(data["kind"]),
            host_unit=data["host_unit"],
            first_on=data["first_on"],
            begins=data["begins"],
            ends=data["ends"],
            until_on=data["until_on"] if is_weekly else None,
            exceptions=data["exceptions"] if is_weekly else (),
            note=data["note"],
        )

    def _check_until(self, first: date) -> None:
        if "until_on" in self.errors:
            return
        until = self.cleaned_data.get("until_on")
        if until is None:
            self.add_error("until_on", "请选择重复到哪一天。")
        elif until < first:
            self.add_error("until_on", "须在第一天之后。")
        elif until - first > timedelta(weeks=MOST_WEEKS):
            self.add_error("until_on", f"一次最多申报 {MOST_WEEKS} 周，请选择近一些的日期。")

    def _day_of(self, name: str) -> date | None:
        try:
            return self.fields[name].clean(self[name].value())
        except forms.ValidationError:
            return None


class CallOffForm(PortalForm):
    """Why a duty or a slot is called off."""

    reason = forms.CharField(
        label="取消原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="会写进发给预约人的消息。",
        error_messages={
            "required": "请写明原因，预约的人会看到。",
            "max_length": "原因最多 200 字，请缩短一些。",
        },
    )


class OutcomeForm(PortalForm):
    """What came of a consultation, and the mentor's own notes."""

    outcome = forms.ChoiceField(
        label="咨询结果",
        choices=[each for each in Consultation.Outcome.choices if each[0]],
        widget=ChipRadios,
        error_messages={"required": "请选择咨询结果。", "invalid_choice": "请从列出的结果里选择。"},
    )
    notes = forms.CharField(
        label="记录",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="只有您和工作人员能看到。",
        error_messages={"max_length": "记录最多 5000 字，请缩短一些。"},
    )


class DutyWalkInForm(WalkInForm):
    """Who has come without a booking, with what question, and into which slot."""

    slot = forms.TypedChoiceField(
        label="时段",
        coerce=int,
        error_messages={"required": "请选择时段。", "invalid_choice": "请从列出的时段里选择。"},
    )
    question = forms.CharField(
        label="想咨询的问题",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "问题最多 200 字，请缩短一些。"},
    )

    field_order = ("slot", "name", "phone", "question")

    def __init__(self, *args: Any, slots: Iterable[tuple[int | str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = list(slots)
