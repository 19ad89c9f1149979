"""The form with which staff place a topic: when, where, for how many."""

from datetime import date, datetime, time

from django import forms
from django.utils import timezone
from unfold.widgets import (
    INPUT_CLASSES,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldBooleanWidget,
)

from classrooms import selectors, services
from classrooms.models import HostEvent, TopicApplication
from mentor_portal.reservations.models import Venue

# Under which field a refusal is shown; every other one stands above the button.
FIELD_OF_REFUSAL = {
    "venue_clash": "venue",
    "seats_too_many": "capacity",
    "in_the_past": "day",
}
INPUT = " ".join(INPUT_CLASSES)


class VenueField(forms.ModelChoiceField):
    def label_from_instance(self, venue: Venue) -> str:
        return f"{venue}（{venue.seats} 座）"


class EventField(forms.ModelChoiceField):
    def label_from_instance(self, event: HostEvent) -> str:
        return f"{event.title}（{event.host_unit}）"


class PlaceForm(forms.Form):
    """Everything preset from the chosen cell, and everything can be changed."""

    day = forms.DateField(
        label="日期", widget=forms.DateInput(attrs={"type": "date", "class": INPUT}, format="%Y-%m-%d")
    )
    starts = forms.TimeField(
        label="开始", widget=forms.TimeInput(attrs={"type": "time", "class": INPUT}, format="%H:%M")
    )
    ends = forms.TimeField(
        label="结束", widget=forms.TimeInput(attrs={"type": "time", "class": INPUT}, format="%H:%M")
    )
    venue = VenueField(Venue.objects.none(), label="场地", widget=UnfoldAdminSelectWidget)
    capacity = forms.IntegerField(
        label="名额", min_value=1, max_value=5000, widget=UnfoldAdminIntegerFieldWidget
    )
    host_event = EventField(
        HostEvent.objects.none(),
        label="同步活动",
        required=False,
        empty_label="不随活动",
        widget=UnfoldAdminSelectWidget,
    )
    is_outside_allowed = forms.BooleanField(
        label="在申报时段之外安排", required=False, widget=UnfoldBooleanWidget
    )

    def __init__(self, *args: object, topic: TopicApplication, **kwargs: object) -> None:
        super().__init__(*args, auto_id="place-%s", **kwargs)
        self.fields["venue"].queryset = selectors.classroom_venues()
        events = topic.events.filter(is_cancelled=False, ends_at__gt=timezone.now())
        self.fields["host_event"].queryset = events.select_related("host_unit")

    def clean(self) -> dict[str, object]:
        data = super().clean()
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "结束时间须晚于开始时间。")
        return data

    def placement(self) -> services.Placement:
        """Return what staff have decided. Only for a valid form."""
        data = self.cleaned_data
        return services.Placement(
            starts_at=_moment(data["day"], data["starts"]),
            ends_at=_moment(data["day"], data["ends"]),
            venue=data["venue"],
            capacity=data["capacity"],
            host_event=data["host_event"],
        )


def preset_of(cell: selectors.Cell) -> dict[str, object]:
    """Return what the form begins with for a cell."""
    starts_at, ends_at = (
        timezone.localtime(moment) for moment in (cell.preset.starts_at, cell.preset.ends_at)
    )
    return {
        "day": starts_at.date(),
        "starts": starts_at.time(),
        "ends": ends_at.time(),
        "venue": cell.venue.pk,
        "capacity": cell.venue.seats,
        "host_event": cell.preset.event.pk if cell.preset.event else None,
    }


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, timezone.get_current_timezone())
