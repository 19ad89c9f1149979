"""What objecting to a result asks of a person."""

from django import forms

from mentor_portal.accounts.forms import BAD_PHONE, NameField, PhoneField, PortalForm


class ObjectionForm(PortalForm):
    """Who objects, how to reach them, and what they object to."""

    name = NameField(error_messages={"required": "请填写您的姓名，核实时要用。"})
    phone = PhoneField(error_messages={"required": BAD_PHONE})
    text = forms.CharField(
        label="异议内容",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="写明对哪一位导师或哪一件课件有异议，以及事实和依据，最多 1000 字。",
        error_messages={
            "required": "请写明异议内容。",
            "max_length": "最多 1000 字，请缩短一些。",
        },
    )
