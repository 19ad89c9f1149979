"""The staff's pages about clinics (集中诊断)."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter, RelatedDropdownFilter
from unfold.decorators import action

from consultations import services
from consultations.admin.clinic_forms import ClinicForm
from consultations.models import PanelClinic
from mentor_portal.accounts.staff import do_each
from mentor_portal.reservations.offering_admin import OfferingAdmin


@admin.register(PanelClinic)
class PanelClinicAdmin(OfferingAdmin):
    thing = "集中诊断"
    form = ClinicForm
    list_filter = [
        ("offering__state", ChoicesDropdownFilter),
        ("offering__starts_at", RangeDateTimeFilter),
        ("offering__host_unit", RelatedDropdownFilter),
        ("category", RelatedDropdownFilter),
    ]
    actions = ["publish", "call_off"]
    actions_detail = ["open_desk", "open_room"]
    fieldsets = [
        (None, {"fields": ["title", "category", "mentors", "chains"]}),
        ("时间与地点", {"fields": ["starts_at", "ends_at", ("host_unit", "venue")]}),
        ("名额与预约", {"fields": ["capacity", "booking_opens_at", "booking_closes_at"]}),
        ("内容", {"fields": ["audience", "introduction"]}),
    ]

    @action(description="发布所选集中诊断", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[PanelClinic]) -> None:
        def publish(clinic: PanelClinic) -> None:
            services.publish_clinic(clinic=clinic, by=request.user, at=timezone.now())

        do_each(self, request, queryset, publish, "已发布 {count} 场集中诊断，已通知导师。")

    @action(description="取消所选集中诊断", permissions=["change"])
    def call_off(self, request: HttpRequest, queryset: QuerySet[PanelClinic]) -> HttpResponse | None:
        def call_off(clinic: PanelClinic, reason: str) -> None:
            services.cancel_clinic(clinic=clinic, by=request.user, at=timezone.now(), reason=reason)

        return self.call_off_page(request, queryset, call_off)

    @action(description="签到台", permissions=["view"], icon="how_to_reg")
    def open_desk(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return redirect("reservations:desk-detail", self.row_or_404(request, object_id).pk)

    @action(description="诊断现场（叫号）", permissions=["view"], icon="campaign")
    def open_room(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return redirect("clinics:clinic-room", self.row_or_404(request, object_id).pk)
