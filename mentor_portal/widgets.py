"""What forms of several apps are tapped on."""

from django import forms


class ChipRadios(forms.RadioSelect):
    """One of a few words."""

    template_name = "portal/widgets/chips.html"


class ChipCheckboxes(forms.CheckboxSelectMultiple):
    """Some of a few words."""

    template_name = "portal/widgets/chips.html"
