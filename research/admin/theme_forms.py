"""The form with which staff enter a theme."""

from django import forms
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from mentors.models import IndustrialChain
from research.models import ResearchTheme


class ThemeForm(forms.ModelForm):
    """A theme; its chains are ticked, so that all twenty stand in view."""

    chains = forms.ModelMultipleChoiceField(
        label="产业链",
        queryset=IndustrialChain.objects.all(),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    class Meta:
        model = ResearchTheme
        fields = ["year", "month", "title", "destination", "chains", "introduction"]
