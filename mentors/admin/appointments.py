"""Terms of appointment, over all mentors."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from mentors.forms import AppointmentForm
from mentors.models import Appointment


@admin.register(Appointment)
class AppointmentAdmin(ModelAdmin):
    form = AppointmentForm
    list_display = ["number", "mentor", "starts_on", "ends_on", "state_label"]
    list_select_related = ["mentor"]
    list_filter = [("state", ChoicesDropdownFilter), ("ends_on", RangeDateFilter)]
    list_filter_submit = True
    search_fields = ["number", "mentor__name", "mentor__employer"]
    readonly_fields = ["mentor"]
    date_hierarchy = "ends_on"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A term is added on the mentor's own page, beside the earlier ones."""
        return False

    @display(
        description="状态",
        ordering="state",
        label={"在聘": "success", "期满": "warning", "解聘": "danger"},
    )
    def state_label(self, appointment: Appointment) -> str:
        return appointment.get_state_display()
