"""Forms of the engine's own pages."""

from typing import Any

from django import forms

from mentor_portal.accounts.forms import BAD_PHONE, NameField, PhoneField, PortalForm
from mentor_portal.accounts.models import User


class BookingForm(PortalForm):
    """Asks for the name at the first booking, and for nothing afterwards."""

    name = NameField(help_text="仅用于现场核对预约。")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person.name:
            del self.fields["name"]


class ExcuseForm(PortalForm):
    """Why a person cannot come after all."""

    reason = forms.CharField(
        label="请假原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明请假原因，工作人员据此处理。"},
    )


class WalkInForm(PortalForm):
    """Who has come without a booking; browsers offer no names of staff here."""

    name = NameField(error_messages={"required": "请填写来人的姓名。"})
    phone = PhoneField(error_messages={"required": BAD_PHONE})

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"
