"""What booking a clinic asks of a person, and what its mentors write down."""

from django import forms

from consultations.models import Consultation
from mentor_portal.accounts.forms import PortalForm
from mentor_portal.reservations.forms import BookingForm

QUESTION_MISSING = "请用一句话写明想咨询的问题，导师好提前准备。"


class ClinicBookingForm(BookingForm):
    """A line about the question, and the name at the first booking."""

    question = forms.CharField(
        label="想咨询的问题",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：转行做设备运维，简历怎么写？",
        error_messages={"required": QUESTION_MISSING, "max_length": "最多 200 个字，请缩短一些。"},
    )


class NotesForm(PortalForm):
    """The mentor's private notes and what came of it."""

    notes = forms.CharField(
        label="咨询记录",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="仅您和工作人员可见。",
        error_messages={"max_length": "最多 5000 字，请缩短一些。"},
    )
    outcome = forms.ChoiceField(
        label="咨询结果",
        choices=Consultation.Outcome.choices,
        required=False,
        error_messages={"invalid_choice": "请从列出的结果里选择。"},
    )
