"""Forms of the engine's own pages."""

from django import forms

from mentor_portal.accounts.forms import PortalForm


class ExcuseForm(PortalForm):
    """Why a person cannot come after all."""

    reason = forms.CharField(
        label="请假原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明请假原因，工作人员据此处理。"},
    )
