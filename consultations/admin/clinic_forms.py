"""The form with which staff plan a clinic."""

from django.utils import timezone

from consultations import services
from consultations.models import PanelClinic
from mentor_portal.reservations.offering_forms import OFFERING_FIELDS, OfferingForm

OWN_FIELDS = ("category", "introduction", "audience")


class ClinicForm(OfferingForm):
    """A clinic together with its offering."""

    field_of_refusal = {
        **OfferingForm.field_of_refusal,
        "too_few_mentors": "mentors",
        "mentor_has_turns": "mentors",
    }

    class Meta:
        model = PanelClinic
        fields = [*OWN_FIELDS, "chains", "mentors"]

    def plan(self) -> services.ClinicPlan:
        """Return what staff have decided. Only for a valid form."""
        data = self.cleaned_data
        return services.ClinicPlan(
            **{name: data[name] for name in (*OWN_FIELDS, *OFFERING_FIELDS)},
            mentors=list(data["mentors"].select_related("user")),
            chains=list(data["chains"]),
        )

    def carry_out(self) -> PanelClinic:
        """Make or change the clinic. Raises what the services raise."""
        if self.instance.pk:
            clinic = PanelClinic.objects.select_related("offering").get(pk=self.instance.pk)
            return services.change_clinic(clinic=clinic, plan=self.plan(), by=self.staff, at=timezone.now())
        return services.plan_clinic(plan=self.plan(), by=self.staff)
