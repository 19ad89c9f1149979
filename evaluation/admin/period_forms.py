"""Which months of which year the figures are about, and by what they are broken down."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from unfold.widgets import UnfoldAdminSelectWidget

from evaluation.selectors.statistics import BY_KEY, DIMENSIONS, Period
from evaluation.selectors.statistics.periods import MONTHS

MONTH_CHOICES = [(month, f"{month} 月") for month in range(1, MONTHS + 1)]
PICK = "请从列表中选择。"


class _Pick(forms.TypedChoiceField):
    """A whole number from a list."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"required": PICK, "invalid_choice": PICK}
        super().__init__(coerce=int, widget=UnfoldAdminSelectWidget, error_messages=messages, **kwargs)


class PeriodForm(forms.Form):
    """Whole months of one year; what the address leaves out is this year so far, or all of another."""

    year = _Pick(label="年度")
    first = _Pick(label="从", choices=MONTH_CHOICES)
    last = _Pick(label="到", choices=MONTH_CHOICES)
    by = forms.ChoiceField(
        widget=forms.HiddenInput,
        choices=[(each.key, each.name) for each in DIMENSIONS],
        error_messages={"invalid_choice": "没有这种分法，请从下面重新选择。"},
    )

    def __init__(self, asked: QueryDict, *, years: Sequence[int], today: date) -> None:
        last = today.month if asked.get("year", str(today.year)) == str(today.year) else MONTHS
        left_out = {"year": today.year, "first": 1, "last": last, "by": DIMENSIONS[0].key}
        data: Mapping[str, object] = left_out | asked.dict()
        super().__init__(data)
        self.fields["year"].choices = [(year, f"{year} 年") for year in years]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("first", 1) > cleaned.get("last", MONTHS):
            self.add_error("last", "结束的月份不能早于开始的月份，请重新选择。")
        return cleaned

    @property
    def period(self) -> Period:
        """The months that were asked for, once the form is valid."""
        chosen = self.cleaned_data
        return Period(chosen["year"], chosen["first"], chosen["last"])

    @property
    def dimension(self) -> str:
        """The dimension that was asked for, or the first one."""
        asked = self["by"].value()
        return asked if asked in BY_KEY else DIMENSIONS[0].key
