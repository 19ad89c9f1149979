"""The staff's pages about class sessions."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from unfold.contrib.filters.admin import (
    ChoicesDropdownFilter,
    RangeDateTimeFilter,
    RelatedDropdownFilter,
)
from unfold.decorators import action, display

from classrooms import services
from classrooms.admin.extra import extra_page
from classrooms.admin.session_forms import CONFIRM_MOVE, CancelForm, SessionForm, preset_for
from classrooms.models import ClassSession, HostEvent
from classrooms.selectors.texts import programme_text, session_text
from mentor_portal.accounts.staff import UnitAdmin, do_each
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.selectors.desk import told_count
from mentor_portal.wording import span

# The button that leads from the question who will be told back to the form.
BACK_TO_FORM = "_back_to_form"


@admin.register(ClassSession)
class ClassSessionAdmin(UnitAdmin):
    form = SessionForm
    list_display = ["title", "when", "venue", "mentor_names", "seats", "waiting", "state_label"]
    list_filter = [
        ("offering__state", ChoicesDropdownFilter),
        ("answer", ChoicesDropdownFilter),
        ("offering__starts_at", RangeDateTimeFilter),
        ("offering__host_unit", RelatedDropdownFilter),
        ("category", RelatedDropdownFilter),
        ("topic_type", RelatedDropdownFilter),
    ]
    list_filter_submit = True
    list_per_page = 50
    search_fields = ["offering__title", "mentors__name"]
    search_help_text = "标题、导师姓名"
    autocomplete_fields = ["mentors", "chains"]
    warn_unsaved_form = True
    actions = ["publish", "call_off", "group_texts"]
    actions_detail = ["open_desk", "extra", "group_text"]
    fieldsets = [
        (None, {"fields": ["title", ("topic_type", "category"), "mentors", "chains"]}),
        ("时间与地点", {"fields": ["starts_at", "ends_at", ("host_unit", "venue"), "host_event"]}),
        ("名额与预约", {"fields": ["capacity", "booking_opens_at", "booking_closes_at"]}),
        ("内容", {"fields": ["audience", "outline"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClassSession]:
        return super().get_queryset(request).for_cards()

    def get_form(self, request: HttpRequest, obj: ClassSession | None = None, **kwargs: Any) -> type:
        form = super().get_form(request, obj, **kwargs)
        form.staff = request.user
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A class for an event begins with what is known of the event."""
        asked_for = request.GET.get("host_event", "")
        events = HostEvent.objects.managed_by(request.user).select_related("venue", "host_unit")
        event = events.filter(pk=asked_for).first() if asked_for.isdecimal() else None
        return preset_for(event) if event else {}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        """Before a class moves that people know of, show what changes and who will be told."""
        form = context["adminform"].form
        if form.is_bound and form.awaits_confirmation and BACK_TO_FORM not in request.POST:
            return self._move_page(request, form)
        return super().render_change_form(request, context, **kwargs)

    def _move_page(self, request: HttpRequest, form: SessionForm) -> HttpResponse:
        """What was typed goes along unseen, to be saved or to be shown in the form again."""
        leave_out = {"csrfmiddlewaretoken", CONFIRM_MOVE, BACK_TO_FORM}
        context = {
            **self.admin_site.each_context(request),
            "title": "确认调课",
            "opts": self.opts,
            "session": form.instance,
            "changes": form.changes(),
            "told": told_count([form.instance.offering]),
            "mentor_names": [mentor.name for mentor in form.cleaned_data["mentors"]],
            "typed": [
                (name, value)
                for name, values in request.POST.lists()
                for value in values
                if name not in leave_out
            ],
            "confirm": CONFIRM_MOVE,
            "back": BACK_TO_FORM,
        }
        return TemplateResponse(request, "admin/classrooms/move.html", context)

    def save_model(self, request: HttpRequest, obj: ClassSession, form: SessionForm, change: bool) -> None:
        obj.offering = form.carry_out().offering

    @display(description="标题", ordering="offering__title")
    def title(self, session: ClassSession) -> str:
        return session.title

    @display(description="时间", ordering="offering__starts_at")
    def when(self, session: ClassSession) -> str:
        return span(session.offering.starts_at, session.offering.ends_at)

    @display(description="场地")
    def venue(self, session: ClassSession) -> str:
        return str(session.offering.venue)

    @display(description="导师")
    def mentor_names(self, session: ClassSession) -> str:
        return "、".join(mentor.name for mentor in session.mentors.all())

    @display(description="已约/名额", ordering="offering__places_taken")
    def seats(self, session: ClassSession) -> str:
        return f"{session.offering.places_taken}/{session.offering.capacity}"

    @display(description="候补", ordering="offering__waiting_count")
    def waiting(self, session: ClassSession) -> int:
        return session.offering.waiting_count

    @display(
        description="状态",
        ordering="offering__state",
        label={"草稿": "warning", "已发布": "success", "已取消": "danger"},
    )
    def state_label(self, session: ClassSession) -> str:
        return session.offering.get_state_display()

    @action(description="发布所选课堂", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[ClassSession]) -> None:
        def publish(session: ClassSession) -> None:
            services.publish_session(session=session, by=request.user, at=timezone.now())

        do_each(self, request, queryset, publish, "已发布 {count} 场课堂。")

    @action(description="取消所选课堂", permissions=["change"])
    def call_off(self, request: HttpRequest, queryset: QuerySet[ClassSession]) -> HttpResponse | None:
        """Ask for the reason, showing first who will be told."""
        form = CancelForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            self._call_off_each(request, queryset, form.cleaned_data["reason"])
            return None
        sessions = list(queryset.exclude(offering__state=Offering.State.CANCELLED))
        context = {
            **self.admin_site.each_context(request),
            "title": "取消课堂",
            "opts": self.opts,
            "form": form,
            "sessions": sessions,
            "told": told_count([session.offering for session in sessions]),
            "mentor_names": sorted({mentor.name for each in sessions for mentor in each.mentors.all()}),
        }
        return TemplateResponse(request, "admin/classrooms/call_off.html", context)

    def _call_off_each(self, request: HttpRequest, queryset: QuerySet[ClassSession], reason: str) -> None:
        def call_off(session: ClassSession) -> None:
            services.cancel_session(session=session, by=request.user, at=timezone.now(), reason=reason)

        do_each(self, request, queryset, call_off, "已取消 {count} 场课堂，已通知所有预约和候补的人。")

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
