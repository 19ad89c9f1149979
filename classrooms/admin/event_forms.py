"""The form with which host units enter an event, and say at once whether they want a class there."""

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldBooleanWidget

from classrooms.models import HostEvent


class HostEventForm(forms.ModelForm):
    class Meta:
        model = HostEvent
        fields = [
            "title",
            "kind",
            "reach",
            "host_unit",
            "starts_at",
            "ends_at",
            "place",
            "venue",
            "introduction",
            "is_cancelled",
        ]


class NewHostEventForm(HostEventForm):
    """Asks also for the wish; later it is asked for and taken back on the event's page."""

    wants_class = forms.BooleanField(
        label="需要课堂",
        required=False,
        widget=UnfoldBooleanWidget,
        help_text="勾选后，省中心会为活动安排导师和课堂，或答复为何未能安排。",
    )
    wish_text = forms.CharField(
        label="希望的主题",
        max_length=300,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="想听什么、大约多少人、什么时候方便。",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("wants_class") and not data.get("wish_text"):
            self.add_error("wish_text", "请写明想听什么，省中心据此安排。")
        return data
