"""The staff's pages about venues and reservations."""

from datetime import datetime

from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import action, display

from mentor_portal.accounts.models import HostUnit
from mentor_portal.accounts.staff import UnitAdmin, do_each
from mentor_portal.reservations import services
from mentor_portal.reservations.models import Reservation, Venue


@admin.register(Venue)
class VenueAdmin(UnitAdmin):
    list_display = ["name", "kind_label", "host_unit", "seats", "address", "is_active"]
    list_filter = [("kind", ChoicesDropdownFilter), "is_active"]
    list_select_related = ["host_unit"]
    list_per_page = 50
    search_fields = ["name", "host_unit__name", "address"]
    search_help_text = "名称、所属单位、地址"

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: object):
        if db_field.name == "host_unit" and not request.user.is_provincial:
            kwargs["queryset"] = HostUnit.objects.filter(pk=request.user.host_unit_id)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @display(description="类型", ordering="kind", label=True)
    def kind_label(self, venue: Venue) -> str:
        return venue.get_kind_display()


@admin.register(Reservation)
class ReservationAdmin(UnitAdmin):
    """Reservations are read here; what changes them goes through the engine."""

    list_display = [
        "person_name",
        "masked_phone",
        "offering",
        "starts_at",
        "state_label",
        "excuse_label",
        "queued_at",
    ]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("excuse", ChoicesDropdownFilter),
        ("offering__starts_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_select_related = ["person", "offering"]
    list_per_page = 50
    search_fields = ["person__name", "person__phone__endswith", "offering__title"]
    search_help_text = "姓名、手机号后四位、场次标题"
    actions = ["accept_excuses", "refuse_excuses", "cancel_reservations"]
    fields = [
        ("person", "masked_phone"),
        ("offering", "starts_at"),
        ("state", "queued_at"),
        ("offered_at", "offer_expires_at", "confirmed_at"),
        ("excuse", "excuse_reason"),
        ("cause", "cause_note"),
        ("ended_at", "ended_by"),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Reservation | None = None) -> bool:
        """The list offers its actions to whoever may change; a row itself is only shown."""
        return obj is None and super().has_change_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Reservation | None = None) -> bool:
        return super().has_view_permission(request, obj) or super().has_change_permission(request, obj)

    @display(description="预约人", ordering="person__name")
    def person_name(self, reservation: Reservation) -> str:
        return str(reservation.person)

    @display(description="手机号")
    def masked_phone(self, reservation: Reservation) -> str:
        return reservation.person.masked_phone

    @display(description="开始时间", ordering="offering__starts_at")
    def starts_at(self, reservation: Reservation) -> datetime:
        return reservation.offering.starts_at

    @display(
        description="状态",
        ordering="state",
        label={"已预约": "success", "待确认": "warning", "候补中": "info", "未到场": "danger"},
    )
    def state_label(self, reservation: Reservation) -> str:
        return reservation.get_state_display()

    @display(description="请假", ordering="excuse", label={"待处理": "warning"})
    def excuse_label(self, reservation: Reservation) -> str:
        return reservation.get_excuse_display() if reservation.excuse else ""

    @action(description="准假（名额递补给下一位）", permissions=["change"])
    def accept_excuses(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> None:
        self._settle_excuses(request, queryset, accepted=True)

    @action(description="不准假", permissions=["change"])
    def refuse_excuses(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> None:
        self._settle_excuses(request, queryset, accepted=False)

    @action(description="取消预约（因故，由工作人员）", permissions=["change"])
    def cancel_reservations(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> None:
        def cancel(reservation: Reservation) -> None:
            services.cancel_by_staff(
                reservation=reservation, by=request.user, at=timezone.now(), note="因故由工作人员取消"
            )

        do_each(self, request, queryset, cancel, "已取消 {count} 条预约，已通知本人。")

    def _settle_excuses(
        self, request: HttpRequest, queryset: QuerySet[Reservation], *, accepted: bool
    ) -> None:
        def settle(reservation: Reservation) -> None:
            services.settle_excuse(
                reservation=reservation, by=request.user, at=timezone.now(), accepted=accepted
            )

        do_each(self, request, queryset, settle, "已处理 {count} 条请假，已通知本人。")
