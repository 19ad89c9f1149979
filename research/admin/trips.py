"""The staff's pages about research trips."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateTimeFilter
from unfold.decorators import action, display

from mentor_portal.accounts.staff import StrictAdmin, do_each
from mentor_portal.reservations.offering_admin import OfferingAdmin
from mentor_portal.wording import moment
from research import selectors, services
from research.admin.trip_forms import TripForm
from research.models import ResearchTrip


class StandingFilter(DropdownFilter):
    """What is still to come, and what has too few people."""

    title = "进展"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: StrictAdmin) -> list[tuple[str, str]]:
        return [("coming", "未出发"), ("short", "报名不足")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ResearchTrip]) -> QuerySet[ResearchTrip]:
        at = timezone.now()
        match self.value():
            case "coming":
                return queryset.filter(offering__starts_at__gt=at)
            case "short":
                return queryset.filter(pk__in=ResearchTrip.objects.short(at).values("pk"))
            case _:
                return queryset


@admin.register(ResearchTrip)
class ResearchTripAdmin(OfferingAdmin):
    thing, measure = "调研", "期"
    has_mentors = False
    form = TripForm
    list_display = ["title", "when", "theme", "people", "waiting", "closes", "state_label"]
    list_filter = [
        StandingFilter,
        ("offering__state", ChoicesDropdownFilter),
        ("offering__starts_at", RangeDateTimeFilter),
    ]
    search_fields = ["offering__title", "theme__title", "theme__destination"]
    search_help_text = "标题、主题、调研单位"
    autocomplete_fields = ["theme"]
    actions = ["publish", "call_off"]
    actions_detail = ["open_desk", "group_text"]
    fieldsets = [
        (None, {"fields": ["theme", "title"]}),
        ("时间与集合", {"fields": ["starts_at", "ends_at", "gathering"]}),
        ("名额与报名", {"fields": [("capacity", "minimum"), "booking_opens_at", "booking_closes_at"]}),
        ("说明", {"fields": ["notes"]}),
    ]

    @display(description="报名/成行/名额", ordering="offering__places_taken")
    def people(self, trip: ResearchTrip) -> str:
        return f"{trip.offering.places_taken}/{trip.minimum}/{trip.offering.capacity}"

    @display(description="报名截止", ordering="offering__booking_closes_at")
    def closes(self, trip: ResearchTrip) -> str:
        return moment(trip.offering.booking_closes_at)

    @display(
        description="状态",
        ordering="offering__state",
        label={"草稿": "warning", "已发布": "success", "报名不足": "danger", "已取消": "danger"},
    )
    def state_label(self, trip: ResearchTrip) -> str:
        return "报名不足" if trip.is_short(timezone.now()) else trip.offering.get_state_display()

    @action(description="发布所选调研", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[ResearchTrip]) -> None:
        def publish(trip: ResearchTrip) -> None:
            services.publish_trip(trip=trip, by=request.user, at=timezone.now())

        do_each(self, request, queryset, publish, "已发布 {count} 期调研。")

    @action(description="取消所选调研", permissions=["change"])
    def call_off(self, request: HttpRequest, queryset: QuerySet[ResearchTrip]) -> HttpResponse | None:
        def call_off(trip: ResearchTrip, reason: str) -> None:
            services.cancel_trip(trip=trip, by=request.user, at=timezone.now(), reason=reason)

        return self.call_off_page(request, queryset, call_off)

    @action(description="签到台", permissions=["view"], icon="how_to_reg")
    def open_desk(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return redirect("reservations:desk-detail", self.row_or_404(request, object_id).pk)

    @action(description="微信群文案", permissions=["view"], icon="content_copy")
    def group_text(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The text for the mentors' group, ready to paste."""
        trip = self.row_or_404(request, object_id)
        address = request.build_absolute_uri(trip.get_absolute_url())
        text = selectors.trip_text(trip, address=address, at=timezone.now())
        context = {
            **self.admin_site.each_context(request),
            "title": "微信群文案",
            "opts": self.opts,
            "text": text,
            "rows": text.count("\n") + 2,
            "back_url": reverse("admin:research_researchtrip_change", args=[trip.pk]),
        }
        return TemplateResponse(request, "admin/partials/group_text.html", context)
