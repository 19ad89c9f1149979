"""The forms with which staff decide about topics."""

from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget

from classrooms.models import TopicApplication
from classrooms.rules import Decision

COMMENT_LENGTH = TopicApplication._meta.get_field("comment").max_length


class DecisionForm(forms.Form):
    """What a reviewer makes of one topic; ``seen_at`` is the submission that was read."""

    decision = forms.ChoiceField(
        label="审核结果", choices=[(each.value, each.value) for each in Decision], widget=forms.HiddenInput
    )
    comment = forms.CharField(
        label="审核意见",
        required=False,
        max_length=COMMENT_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="会发给导师。退回修改和不通过须写明原因；通过可以不写。",
    )
    seen_at = forms.DateTimeField(widget=forms.HiddenInput)


class CommentForm(forms.Form):
    """Why several topics are returned or rejected: told to each of their mentors."""

    comment = forms.CharField(
        label="审核意见",
        max_length=COMMENT_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="同一条意见会发给以上每一位导师。",
        error_messages={"required": "请写明原因，导师会据此修改。"},
    )
