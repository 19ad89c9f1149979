"""The form with which staff deal with a courseware that resembles another."""

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget

from classrooms.models import SimilarPair

ASK, DISMISS, CONFIRM = "ask", "dismiss", "confirm"
WORDS_LENGTH = SimilarPair._meta.get_field("reason").max_length


class VerdictForm(forms.Form):
    """What is done with a pair, and the question or the reason for it."""

    act = forms.ChoiceField(choices=[(act, act) for act in (ASK, DISMISS, CONFIRM)], widget=forms.HiddenInput)
    words = forms.CharField(
        label="理由",
        required=False,
        max_length=WORDS_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="会发给导师。",
    )

    def __init__(self, *args: Any, can_ask: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if can_ask:
            field = self.fields["words"]
            field.label = "问题或理由"
            field.help_text = "请导师说明时写要说明什么，会发给导师；不构成抄袭时写理由。"
