"""What staff say on the page of a year's way: the next step, reopening, which run is the result."""

from collections.abc import Iterable
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget

from evaluation.models import EvaluationYear, RankingRun

Stage = EvaluationYear.Stage


class AdvanceForm(forms.Form):
    """The step to the stage that the page has shown, and that what is doubtful was looked at."""

    to = forms.CharField(widget=forms.HiddenInput)
    seen = forms.BooleanField(required=False)


class ReopenForm(forms.Form):
    """Back to an earlier stage, with a reason."""

    to = forms.ChoiceField(
        label="退回到",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择退回到哪个阶段。", "invalid_choice": "请选择退回到哪个阶段。"},
    )
    reason = forms.CharField(
        label="退回的理由",
        max_length=300,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        error_messages={"required": "请写明退回的理由，会记入年度步骤。"},
    )

    def __init__(self, *args: Any, stages: Iterable[Stage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(stage.value, stage.label) for stage in stages]


class ChooseForm(forms.Form):
    """Which run is the year's result; while the result is shown, why another takes its place."""

    run = forms.ModelChoiceField(
        label="年度结果",
        queryset=RankingRun.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择一次计算。", "invalid_choice": "请选择一次已完成的计算。"},
    )
    reason = forms.CharField(
        label="更换的理由",
        max_length=250,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, year: EvaluationYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["run"].queryset = year.runs.done()
        if year.stage != Stage.OBJECTIONS:
            del self.fields["reason"]
