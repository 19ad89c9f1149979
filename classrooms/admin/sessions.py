"""The staff's pages about class sessions."""

from typing import Any

from django.contrib import admin
from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from unfold.contrib.filters.admin import (
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateTimeFilter,
    RelatedDropdownFilter,
)
from unfold.decorators import action, display

from classrooms import services
from classrooms.admin.extra import extra_page
from classrooms.admin.session_forms import SessionForm, preset_for
from classrooms.models import ClassSession, HostEvent
from classrooms.selectors.courseware import sessions_without_courseware
from classrooms.selectors.extra import is_crowded
from classrooms.selectors.texts import programme_text, session_text
from mentor_portal.accounts.staff import do_each
from mentor_portal.reservations.offering_admin import OfferingAdmin


class WaitingFilter(DropdownFilter):
    """Whether people wait for a place, and so many that another class is due."""

    title = "候补"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("many", "候补较多，可另行开班"), ("some", "有人候补")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ClassSession]) -> QuerySet[ClassSession]:
        if self.value() == "many":
            return queryset.filter(is_crowded=True)
        return queryset.filter(offering__waiting_count__gt=0) if self.value() == "some" else queryset


class CoursewareFilter(DropdownFilter):
    """The finished classes that should have left courseware behind by now, and did not."""

    title = "课件"
    parameter_name = "courseware"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("missing", "缺课件")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ClassSession]) -> QuerySet[ClassSession]:
        if self.value() != "missing":
            return queryset
        return queryset.filter(pk__in=sessions_without_courseware(timezone.now()).values("pk"))


@admin.register(ClassSession)
class ClassSessionAdmin(OfferingAdmin):
    thing, move_word = "课堂", "调课"
    form = SessionForm
    list_filter = [
        ("offering__state", ChoicesDropdownFilter),
        ("answer", ChoicesDropdownFilter),
        WaitingFilter,
        CoursewareFilter,
        ("offering__starts_at", RangeDateTimeFilter),
        ("offering__host_unit", RelatedDropdownFilter),
        ("category", RelatedDropdownFilter),
        ("topic_type", RelatedDropdownFilter),
    ]
    actions = ["publish", "call_off", "group_texts"]
    actions_detail = ["open_desk", "extra", "group_text"]
    fieldsets = [
        (None, {"fields": ["title", ("topic_type", "category"), "mentors", "chains"]}),
        ("时间与地点", {"fields": ["starts_at", "ends_at", ("host_unit", "venue"), "host_event"]}),
        ("名额与预约", {"fields": ["capacity", "booking_opens_at", "booking_closes_at"]}),
        ("内容", {"fields": ["audience", "outline"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClassSession]:
        crowded = ExpressionWrapper(is_crowded(timezone.now()), output_field=BooleanField())
        return super().get_queryset(request).annotate(is_crowded=crowded)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A class for an event begins with what is known of the event, another with the reader's unit."""
        asked_for = request.GET.get("host_event", "")
        events = HostEvent.objects.managed_by(request.user).select_related("venue", "host_unit")
        event = events.filter(pk=asked_for).first() if asked_for.isdecimal() else None
        return preset_for(event) if event else {"host_unit": request.user.host_unit_id}

    @display(description="候补", ordering="offering__waiting_count")
    def waiting(self, session: ClassSession) -> str | int:
        """How many wait; where they are many, the way to another class."""
        count = session.offering.waiting_count
        if not session.is_crowded:
            return count
        label = {
            "text": count,
            "type": "warning",
            "href": reverse("admin:classrooms_classsession_extra", args=[session.pk]),
            "label_title": "候补较多，可另行开班",
        }
        return render_to_string("unfold/helpers/label.html", label)

    @action(description="发布所选课堂", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[ClassSession]) -> None:
        def publish(session: ClassSession) -> None:
            services.publish_session(session=session, by=request.user, at=timezone.now())

        do_each(self, request, queryset, publish, "已发布 {count} 场课堂。")

    @action(description="取消所选课堂", permissions=["change"])
    def call_off(self, request: HttpRequest, queryset: QuerySet[ClassSession]) -> HttpResponse | None:
        def call_off(session: ClassSession, reason: str) -> None:
            services.cancel_session(session=session, by=request.user, at=timezone.now(), reason=reason)

        return self.call_off_page(request, queryset, call_off)

    @action(description="签到台", permissions=["view"], icon="how_to_reg")
    def open_desk(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return redirect("reservations:desk-detail", self.row_or_404(request, object_id).pk)

    @action(description="另行开班", permissions=["change"], icon="library_add")
    def extra(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return extra_page(self, request, self.row_or_404(request, object_id))

    @action(description="微信群文案", permissions=["view"], icon="content_copy")
    def group_text(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """One class's text, ready to paste."""
        session = self.row_or_404(request, object_id)
        text = session_text(session, address=self._address(request, session), at=timezone.now())
        back_url = reverse("admin:classrooms_classsession_change", args=[session.pk])
        return self._text_page(request, text, back_url)

    @action(description="生成微信群文案", permissions=["view"])
    def group_texts(self, request: HttpRequest, queryset: QuerySet[ClassSession]) -> HttpResponse:
        """One text for all that was chosen."""
        pairs = [(session, self._address(request, session)) for session in queryset]
        text = programme_text(pairs, at=timezone.now())
        return self._text_page(request, text, reverse("admin:classrooms_classsession_changelist"))

    def _address(self, request: HttpRequest, session: ClassSession) -> str:
        return request.build_absolute_uri(session.get_absolute_url())

    def _text_page(self, request: HttpRequest, text: str, back_url: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "微信群文案",
            "opts": self.opts,
            "text": text,
            "rows": min(text.count("\n") + 2, 24),
            "back_url": back_url,
        }
        return TemplateResponse(request, "admin/partials/group_text.html", context)
