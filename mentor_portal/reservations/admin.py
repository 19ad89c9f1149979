"""The staff's pages about venues and reservations."""

from datetime import datetime

from django import forms
from django.contrib import admin
from django.db.models import Case, ForeignKey, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import localize
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminTextareaWidget

from mentor_portal.accounts.models import HostUnit
from mentor_portal.accounts.staff import StrictAdmin, UnitAdmin, do_each
from mentor_portal.reservations import services
from mentor_portal.reservations.models import Hosting, Offering, Reservation, Suspension, Venue
from mentor_portal.wording import clock, moment


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
        "check_in",
        "excuse_label",
        "queued_at",
    ]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("excuse", ChoicesDropdownFilter),
        ("is_walk_in", BooleanRadioFilter),
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
        ("checked_in_at", "checked_in_by", "walked_in"),
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
    def starts_at(self, reservation: Reservation) -> str:
        return localize(timezone.localtime(reservation.offering.starts_at))

    @display(
        description="状态",
        ordering="state",
        label={
            "已预约": "success",
            "已参加": "success",
            "待确认": "warning",
            "候补中": "info",
            "未到场": "danger",
        },
    )
    def state_label(self, reservation: Reservation) -> str:
        return reservation.get_state_display()

    @display(description="签到", ordering="checked_in_at")
    def check_in(self, reservation: Reservation) -> str:
        if reservation.checked_in_at is None:
            return ""
        return clock(reservation.checked_in_at) + (" 现场" if reservation.is_walk_in else "")

    @display(description="现场登记")
    def walked_in(self, reservation: Reservation) -> str:
        return "是" if reservation.is_walk_in else "否"

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


@admin.register(Hosting)
class HostingAdmin(UnitAdmin):
    """Who was to teach, and whether they came; noted by the list's actions or at the desk."""

    list_display = ["person", "offering", "starts_at", "presence_label", "noted"]
    list_filter = [
        ("presence", ChoicesDropdownFilter),
        ("offering__starts_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_select_related = ["person", "offering", "presence_noted_by"]
    list_per_page = 50
    search_fields = ["person__name", "offering__title"]
    search_help_text = "姓名、场次标题"
    actions = ["note_present", "note_absent"]
    fields = [("person", "offering"), ("presence", "presence_noted_at", "presence_noted_by")]

    def get_ordering(self, request: HttpRequest) -> list[str | Combinable]:
        """What has begun and is to be confirmed stands first, the latest at the top; then what comes."""
        coming = {"offering__starts_at__gt": timezone.now()}
        is_coming = Case(When(**coming, then=Value(1)), default=Value(0))
        comes_at = Case(When(**coming, then="offering__starts_at"))
        return [is_coming, comes_at, "-offering__starts_at", "pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Hosting | None = None) -> bool:
        """The list offers its actions to whoever may change; a row itself is only shown."""
        return obj is None and super().has_change_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Hosting | None = None) -> bool:
        return super().has_view_permission(request, obj) or super().has_change_permission(request, obj)

    @display(description="开始时间", ordering="offering__starts_at")
    def starts_at(self, hosting: Hosting) -> datetime:
        return hosting.offering.starts_at

    @display(description="到场", ordering="presence", label={"已到场": "success", "未到场": "danger"})
    def presence_label(self, hosting: Hosting) -> str:
        """Nobody is expected at what was called off."""
        is_off = hosting.offering.state == Offering.State.CANCELLED
        is_unknown = hosting.presence == Hosting.Presence.UNKNOWN
        return "场次已取消" if is_off and is_unknown else hosting.get_presence_display()

    @display(description="确认")
    def noted(self, hosting: Hosting) -> str:
        if hosting.presence_noted_at is None:
            return ""
        return f"{hosting.presence_noted_by or '系统'} {moment(hosting.presence_noted_at)}"

    @action(description="确认已到场", permissions=["change"])
    def note_present(self, request: HttpRequest, queryset: QuerySet[Hosting]) -> None:
        self._note(request, queryset, is_present=True)

    @action(description="确认未到场", permissions=["change"])
    def note_absent(self, request: HttpRequest, queryset: QuerySet[Hosting]) -> None:
        self._note(request, queryset, is_present=False)

    def _note(self, request: HttpRequest, queryset: QuerySet[Hosting], *, is_present: bool) -> None:
        def note(hosting: Hosting) -> None:
            services.note_presence(hosting=hosting, is_present=is_present, by=request.user, at=timezone.now())

        do_each(self, request, queryset, note, "已确认 {count} 人次。")


class LiftForm(forms.Form):
    """Why somebody may book again: stays on record."""

    reason = forms.CharField(
        label="恢复原因",
        max_length=200,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="会留在记录里，写明是谁在什么时候恢复的。",
        error_messages={"required": "请写明恢复预约的原因。"},
    )


@admin.register(Suspension)
class SuspensionAdmin(StrictAdmin):
    """Whose booking is paused (暂停预约), why and until when; staff may lift it with a reason."""

    list_display = ["person", "masked_phone", "state_label", "starts_at", "ends_at", "reason", "lifted"]
    list_filter = [("starts_at", RangeDateTimeFilter)]
    list_filter_submit = True
    list_select_related = ["person", "lifted_by"]
    list_per_page = 50
    search_fields = ["person__name", "person__phone__endswith"]
    search_help_text = "姓名、手机号后四位"
    actions = ["lift"]
    fields = [
        ("person", "masked_phone"),
        ("starts_at", "ends_at", "reason"),
        ("lifted_at", "lifted_by", "lift_reason"),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Suspension | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Suspension | None = None) -> bool:
        """The list offers its actions to whoever may change; a row itself is only shown."""
        return obj is None and super().has_change_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Suspension | None = None) -> bool:
        return super().has_view_permission(request, obj) or super().has_change_permission(request, obj)

    @display(description="手机号")
    def masked_phone(self, suspension: Suspension) -> str:
        return suspension.person.masked_phone

    @display(description="状态", label={"暂停中": "warning", "已恢复": "success", "已到期": "info"})
    def state_label(self, suspension: Suspension) -> str:
        if suspension.lifted_at:
            return "已恢复"
        return "暂停中" if suspension.ends_at > timezone.now() else "已到期"

    @display(description="提前恢复")
    def lifted(self, suspension: Suspension) -> str:
        if suspension.lifted_at is None:
            return ""
        return f"{suspension.lifted_by} {moment(suspension.lifted_at)}：{suspension.lift_reason}"

    @action(description="恢复预约", permissions=["change"])
    def lift(self, request: HttpRequest, queryset: QuerySet[Suspension]) -> HttpResponse | None:
        """Ask for the reason, then lift."""
        form = LiftForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            self._lift_each(request, queryset, form.cleaned_data["reason"])
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "恢复预约",
            "opts": self.opts,
            "form": form,
            "suspensions": queryset.in_force(timezone.now()).select_related("person"),
        }
        return TemplateResponse(request, "admin/reservations/lift.html", context)

    def _lift_each(self, request: HttpRequest, queryset: QuerySet[Suspension], reason: str) -> None:
        def lift(suspension: Suspension) -> None:
            services.lift_suspension(suspension=suspension, by=request.user, at=timezone.now(), reason=reason)

        do_each(self, request, queryset, lift, "已为 {count} 人恢复预约。")
