"""What rating a class and answering its survey ask of a person."""

from collections.abc import Iterable
from typing import Any

from django import forms

from classrooms.models import Grade, QuestionnaireItem, RatingTag
from mentor_portal.accounts.forms import PortalForm
from mentor_portal.satisfaction import RemarkField, SatisfactionField
from mentor_portal.widgets import ChipCheckboxes, ChipRadios


class RatingTags(forms.ModelMultipleChoiceField):
    """The words of praise, or of complaint, that people can tick."""

    widget = ChipCheckboxes

    def __init__(self, *, is_praise: bool, **kwargs: Any) -> None:
        words = RatingTag.objects.filter(is_praise=is_praise, is_active=True)
        errors = {"invalid_choice": "请从列出的词里选择。", "invalid_pk_value": "请从列出的词里选择。"}
        super().__init__(queryset=words, required=False, error_messages=errors, **kwargs)


class FeedbackForm(PortalForm):
    """A rating under one's name, and the anonymous survey, in one go; nothing but the level is required."""

    level = SatisfactionField(label="总体满意吗")
    praise = RatingTags(is_praise=True, label="好在哪里")
    complaints = RatingTags(is_praise=False, label="哪里要改进")
    rating_words = RemarkField()
    survey_words = RemarkField(label="给课堂的建议", help_text="请不要写姓名、电话等能认出您的内容。")

    def __init__(self, *args: Any, items: Iterable[QuestionnaireItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = {f"item_{item.pk}": item.pk for item in items}
        for item in items:
            self.fields[f"item_{item.pk}"] = forms.TypedChoiceField(
                label=item.text,
                choices=Grade.choices,
                coerce=int,
                required=False,
                widget=ChipRadios,
                empty_value=None,
                error_messages={"invalid_choice": "请从列出的五档里选择。"},
            )

    @property
    def survey(self) -> list[forms.BoundField]:
        """The items of the questionnaire."""
        return [self[name] for name in self._names]

    @property
    def tags(self) -> list[RatingTag]:
        return [*self.cleaned_data["praise"], *self.cleaned_data["complaints"]]

    @property
    def grades(self) -> dict[int, int]:
        """The points of the items that were answered."""
        said = {pk: self.cleaned_data[name] for name, pk in self._names.items()}
        return {pk: points for pk, points in said.items() if points is not None}


class FollowUpForm(PortalForm):
    """How satisfied somebody is with what staff made of a low rating."""

    level = SatisfactionField(label="对处理满意吗")
    words = RemarkField()
