"""Forms of the admin whose values a service takes."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Model

from mentor_portal.errors import DomainError


class ServiceForm(forms.ModelForm):
    """Lets a service carry out what was typed, at once: it says no before the admin thinks that all is well.

    ``carry_out`` returns the row; what it refuses stands under the field that ``field_of_refusal`` names by
    the refusal's code, else above all fields, and nothing typed is lost.
    """

    staff: Any
    field_of_refusal: ClassVar[dict[str, str]] = {}

    def carry_out(self, data: dict[str, Any]) -> Model:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors:
            return data
        try:
            self.carried_out = self.carry_out(data)
        except DomainError as refusal:
            self.add_error(self.field_of_refusal.get(refusal.code), str(refusal))
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """What is there already, and what goes together, is the service's matter."""
        return {field.name for field in self._meta.model._meta.fields}

    def save(self, commit: bool = True) -> Model:
        return self.carried_out

    def save_m2m(self) -> None:
        """The service has written everything."""
