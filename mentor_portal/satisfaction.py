"""How satisfied somebody was (满意度), in the five levels of 好差评."""

from django import forms
from django.db import models

from mentor_portal.widgets import ChipRadios


class Satisfaction(models.IntegerChoices):
    """From the best to the worst, as people are shown them."""

    VERY_GOOD = 5, "非常满意"
    GOOD = 4, "满意"
    FAIR = 3, "基本满意"
    POOR = 2, "不满意"
    VERY_POOR = 1, "非常不满意"


class SatisfactionField(forms.TypedChoiceField):
    """Asks for one of the five levels."""

    def __init__(self, *, label: str) -> None:
        errors = {"required": "请选择满意度。", "invalid_choice": "请从列出的五档里选择。"}
        super().__init__(
            label=label,
            choices=Satisfaction.choices,
            coerce=int,
            widget=ChipRadios,
            error_messages=errors,
        )


class RemarkField(forms.CharField):
    """Asks for a few words, from whoever likes."""

    def __init__(self, *, label: str = "想说的话", help_text: str = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=300,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"max_length": "最多 300 个字，请缩短一些。"},
        )
