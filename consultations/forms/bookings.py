"""What booking and rating a one-to-one ask of a person."""

from typing import Any

from django import forms

from consultations import services
from consultations.services.bookings import RESUME_TYPES
from mentor_portal import portal_settings
from mentor_portal.accounts.forms import PortalForm
from mentor_portal.files import FileRefused, words_for
from mentor_portal.reservations.forms import BookingForm
from mentor_portal.satisfaction import RemarkField, SatisfactionField


class SlotForm(BookingForm):
    """One line about the question, and a résumé for whoever likes."""

    question = forms.CharField(
        label="想咨询什么",
        max_length=200,
        widget=forms.TextInput(
            attrs={"placeholder": "如：三年外贸经验，想转跨境电商运营", "autocomplete": "off"}
        ),
        help_text="一句话就好，方便导师准备。",
        error_messages={
            "required": "请用一句话写明想咨询什么。",
            "max_length": "最多 200 个字，请缩短一些。",
        },
    )
    resume = forms.FileField(
        label="简历",
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(s for each in RESUME_TYPES for s in each.suffixes)}),
        error_messages={"empty": "文件是空的，请重新选择。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = portal_settings.read()["RESUME_FILE_MB"]
        limits = f"{words_for(RESUME_TYPES)}，不超过 {most} MB"
        self.fields["resume"].help_text = f"{limits}，只有导师和工作人员能看到。"

    def clean_resume(self) -> Any:
        upload = self.cleaned_data["resume"]
        if upload:
            try:
                services.examine_resume(upload=upload)
            except FileRefused as refused:
                raise forms.ValidationError(str(refused)) from None
        return upload


class RatingForm(PortalForm):
    """满意度 in five levels, and a few words."""

    rating = SatisfactionField(label="您对这次咨询满意吗")
    words = RemarkField()
