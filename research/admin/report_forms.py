"""The forms with which staff decide about reports."""

from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget

from research.models import ResearchReport
from research.rules import Decision

COMMENT_LENGTH = ResearchReport._meta.get_field("comment").max_length


class DecisionForm(forms.Form):
    """What a reviewer makes of one report; ``seen_at`` is the submission that was read."""

    decision = forms.ChoiceField(
        label="审核结果", choices=[(each.value, each.value) for each in Decision], widget=forms.HiddenInput
    )
    comment = forms.CharField(
        label="审核意见",
        required=False,
        max_length=COMMENT_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="会发给导师。退回须写明原因；通过可以不写。",
    )
    seen_at = forms.DateTimeField(widget=forms.HiddenInput)


class CommentForm(forms.Form):
    """Why several reports are returned: told to each of their authors."""

    comment = forms.CharField(
        label="退回原因",
        max_length=COMMENT_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="同一条意见会发给以上每一位导师。",
        error_messages={"required": "请写明退回的原因，导师会据此修改。"},
    )
