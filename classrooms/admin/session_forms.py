"""The form with which staff plan a class session."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from unfold.widgets import UnfoldAdminSelect2Widget

from classrooms import services
from classrooms.models import ClassSession, HostEvent
from mentor_portal.reservations.offering_forms import OFFERING_FIELDS, OfferingForm
from mentor_portal.wording import day

OWN_FIELDS = ("topic_type", "category", "outline", "audience", "host_event")
USUAL_LENGTH = timedelta(minutes=90)


class EventField(forms.ModelChoiceField):
    widget = UnfoldAdminSelect2Widget

    def label_from_instance(self, event: HostEvent) -> str:
        return f"{day(timezone.localtime(event.starts_at).date())}{event.title}"


class SessionForm(OfferingForm):
    """A class session together with its offering."""

    host_event = EventField(
        HostEvent.objects.none(),
        empty_label="不随活动",
        label="同步活动",
        required=False,
        help_text="随活动一起举办的课堂，请选所属活动。",
    )

    class Meta:
        model = ClassSession
        fields = [*OWN_FIELDS, "chains", "mentors"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        coming = HostEvent.objects.managed_by(self.staff).coming(timezone.now())
        own = HostEvent.objects.filter(pk=self.instance.host_event_id)
        self.fields["host_event"].queryset = (coming | own).order_by("starts_at", "pk")

    def plan(self) -> services.SessionPlan:
        """Return what staff have decided. Only for a valid form."""
        data = self.cleaned_data
        return services.SessionPlan(
            **{name: data[name] for name in (*OWN_FIELDS, *OFFERING_FIELDS)},
            mentors=list(data["mentors"].select_related("user")),
            chains=list(data["chains"]),
        )

    def carry_out(self) -> ClassSession:
        """Make or change the session. Raises what the services raise."""
        if self.instance.pk:
            session = ClassSession.objects.select_related("offering").get(pk=self.instance.pk)
            return services.change_session(
                session=session, plan=self.plan(), by=self.staff, at=timezone.now()
            )
        return services.plan_session(plan=self.plan(), by=self.staff)


def preset_for(event: HostEvent) -> dict[str, Any]:
    """Return what the form of a new class begins with when it is for an event."""
    preset = {
        "host_event": event.pk,
        "host_unit": event.host_unit_id,
        "starts_at": event.starts_at,
        "ends_at": min(event.starts_at + USUAL_LENGTH, event.ends_at),
    }
    return preset | {"venue": event.venue_id, "capacity": event.venue.seats} if event.venue else preset
