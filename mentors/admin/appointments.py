"""Terms of appointment."""

from django.contrib import admin
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
    autocomplete_fields = ["mentor"]
    date_hierarchy = "ends_on"

    @display(
        description="状态",
        ordering="state",
        label={"在聘": "success", "期满": "warning", "解聘": "danger"},
    )
    def state_label(self, appointment: Appointment) -> str:
        return appointment.get_state_display()
