"""The staff's pages about host events, and the wish for a class at one (调剂安排)."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Field, ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
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
from classrooms.admin.event_forms import HostEventForm, NewHostEventForm
from classrooms.admin.words import sure_page, words_page
from classrooms.models import ClassSession, HostEvent, TopicApplication
from mentor_portal.accounts.models import HostUnit
from mentor_portal.accounts.staff import UnitAdmin
from mentor_portal.reservations.models import Venue
from mentor_portal.wording import moment, span

Wish = HostEvent.Wish
WISH_FIELDS = ("wish", "wish_text", "asked", "answered")
# In which state of the wish an action makes sense.
WISHES_OF_ACTION = {
    "ask": (Wish.NONE, Wish.WANTED, Wish.DECLINED),
    "withdraw": (Wish.WANTED,),
    "place": tuple(Wish),
    "decline": (Wish.WANTED,),
}
# What still makes sense when the event has begun or is called off.
LATE_ACTIONS = {"withdraw", "decline"}


class StandingFilter(DropdownFilter):
    """Whether an event is still to come."""

    title = "举办情况"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("coming", "未开始"), ("begun", "已开始或已结束"), ("cancelled", "已取消")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[HostEvent]) -> QuerySet[HostEvent]:
        at = timezone.now()
        if self.value() == "coming":
            return queryset.filter(starts_at__gt=at, is_cancelled=False)
        if self.value() == "begun":
            return queryset.filter(starts_at__lte=at, is_cancelled=False)
        return queryset.filter(is_cancelled=True) if self.value() == "cancelled" else queryset


@admin.register(HostEvent)
class HostEventAdmin(UnitAdmin):
    list_display = ["name", "when", "kind", "reach", "host_unit", "wish_label"]
    list_filter = [
        ("wish", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("reach", ChoicesDropdownFilter),
        ("host_unit", RelatedDropdownFilter),
        StandingFilter,
        ("starts_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_select_related = ["host_unit"]
    list_per_page = 50
    search_fields = ["title", "place", "host_unit__name"]
    search_help_text = "活动名称、地点、承办单位"
    warn_unsaved_form = True
    readonly_fields = ["wish", "wish_text", "asked", "answered"]
    change_form_outer_after_template = "admin/classrooms/event_sessions.html"
    actions_detail = ["ask", "withdraw", "place", "decline"]

    def get_form(self, request: HttpRequest, obj: HostEvent | None = None, **kwargs: Any) -> type:
        return super().get_form(request, obj, form=HostEventForm if obj else NewHostEventForm, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: HostEvent | None = None) -> list[str]:
        return list(WISH_FIELDS) if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: HostEvent | None = None) -> list[tuple]:
        when = ["starts_at", "ends_at", "place", "venue"]
        return [
            (None, {"fields": ["title", ("kind", "reach"), "host_unit", "introduction"]}),
            ("时间与地点", {"fields": [*when, "is_cancelled"] if obj else when}),
            ("课堂需求", {"fields": WISH_FIELDS if obj else ["wants_class", "wish_text"]}),
        ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"host_unit": request.user.host_unit_id}

    def formfield_for_choice_field(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Nothing is chosen before somebody chooses it."""
        kwargs["choices"] = [("", "请选择"), *db_field.choices]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Staff of a unit choose among what is theirs."""
        user = request.user
        if db_field.name == "host_unit":
            units = HostUnit.objects.filter(is_active=True)
            kwargs["queryset"] = units if user.is_provincial else units.filter(pk=user.host_unit_id)
        elif db_field.name == "venue":
            kwargs["queryset"] = (
                Venue.objects.managed_by(user).filter(is_active=True).select_related("host_unit")
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list:
        """Offer what the state of the wish and the time of the event allow."""
        event = self.get_object(request, object_id)
        if event is None:
            return []
        offered = {name for name, wishes in WISHES_OF_ACTION.items() if event.wish in wishes}
        if _is_over(event):
            offered &= LATE_ACTIONS
        return [
            replace(each, description=_asking(event)) if name == "ask" else each
            for each in super().get_actions_detail(request, object_id)
            if (name := each.path.strip("/")) in offered
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"event_sessions": _sessions_of(object_id), **(extra_context or {})}
        if self.has_answer_permission(request):
            context["event_topics"] = _topics_for(object_id)
        return super().change_view(request, object_id, form_url, context)

    def save_model(self, request: HttpRequest, obj: HostEvent, form: HostEventForm, change: bool) -> None:
        if change:
            obj.save(update_fields=[name for name in form.changed_data if name in form.Meta.fields])
            self._warn_of_classes(request, obj, form)
            return
        super().save_model(request, obj, form, change)
        if form.cleaned_data["wants_class"]:
            text = form.cleaned_data["wish_text"]
            services.ask_for_class(event=obj, text=text, by=request.user, at=timezone.now())

    @display(description="活动", ordering="title")
    def name(self, event: HostEvent) -> str:
        return f"{event.title}（已取消）" if event.is_cancelled else event.title

    @display(description="时间", ordering="starts_at")
    def when(self, event: HostEvent) -> str:
        return span(event.starts_at, event.ends_at)

    @display(
        description="课堂需求",
        ordering="wish",
        label={"需要课堂": "warning", "已安排课堂": "success", "未能安排": "danger"},
    )
    def wish_label(self, event: HostEvent) -> str:
        """A wish that nobody can fulfil any more no longer stands out."""
        word = event.get_wish_display()
        return f"{word}（已过）" if event.wish == Wish.WANTED and _is_over(event) else word

    @display(description="提出")
    def asked(self, event: HostEvent) -> str:
        return f"{event.wished_by}，{moment(event.wished_at)}" if event.wished_at else "—"

    @display(description="答复")
    def answered(self, event: HostEvent) -> str:
        if event.wish == Wish.WANTED or not event.answered_at:
            return "—"
        return f"{event.answer}（{event.answered_by}，{moment(event.answered_at)}）"

    def has_answer_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Wishes of all units are answered by the province."""
        return request.user.is_provincial and self.has_change_permission(request)

    def has_place_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("classrooms.add_classsession")

    @action(description="申请安排课堂", permissions=["change"], icon="campaign")
    def ask(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The host unit asks for a class, or says in other words what it wants."""
        event = self.row_or_404(request, object_id)

        def carry_out(text: str) -> None:
            services.ask_for_class(event=event, text=text, by=request.user, at=timezone.now())

        return words_page(
            self,
            request,
            event,
            carry_out=carry_out,
            done="已提交课堂需求，省中心答复后会通知您。",
            form={
                "initial": {"words": event.wish_text},
                "label": "希望的主题",
                "hint": "想听什么、大约多少人、什么时候方便。",
                "missing": "请写明想听什么，省中心据此安排。",
            },
            words={"title": _asking(event), "lead": _lines_about(event), "button": "提交需求"},
        )

    @action(description="撤回课堂需求", permissions=["change"], icon="undo")
    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        event = self.row_or_404(request, object_id)
        if request.method == "POST":
            services.withdraw_wish(event=event, by=request.user, at=timezone.now())
            self.message_user(request, "已撤回课堂需求。", messages.SUCCESS)
            return redirect("admin:classrooms_hostevent_change", event.pk)
        return sure_page(
            self,
            request,
            title="撤回课堂需求",
            lead=[*_lines_about(event), f"希望的主题：{event.wish_text or '（未填写）'}"],
            button="撤回需求",
            back_url=reverse("admin:classrooms_hostevent_change", args=[event.pk]),
        )

    @action(description="安排课堂", permissions=["place"], icon="add_circle")
    def place(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the form of a new class with the event filled in."""
        event = self.row_or_404(request, object_id)
        return redirect(f"{reverse('admin:classrooms_classsession_add')}?host_event={event.pk}")

    @action(description="答复：未能安排", permissions=["answer"], icon="do_not_disturb_on")
    def decline(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The province says why no class can be arranged."""
        event = self.row_or_404(request, object_id)

        def carry_out(answer: str) -> None:
            services.decline_wish(event=event, by=request.user, at=timezone.now(), answer=answer)

        return words_page(
            self,
            request,
            event,
            carry_out=carry_out,
            done="已答复，并通知了提出需求的人。",
            form={
                "label": "未能安排的原因",
                "hint": "会写进发给提出人的消息。",
                "missing": "请写明原因，提出需求的单位会看到。",
            },
            words={
                "title": "答复：未能安排",
                "lead": [*_lines_about(event), f"希望的主题：{event.wish_text or '（未填写）'}"],
                "button": "答复未能安排",
            },
        )

    def _warn_of_classes(self, request: HttpRequest, event: HostEvent, form: HostEventForm) -> None:
        """Say that what was published for an event does not move with it."""
        if not {"starts_at", "ends_at", "is_cancelled"} & set(form.changed_data):
            return
        count = event.sessions.published().count()
        if count:
            sentence = f"活动下有 {count} 场已发布的课堂，不会随活动改动，请到课堂页面调整或取消。"
            self.message_user(request, sentence, messages.WARNING)


def _sessions_of(event_id: str) -> QuerySet[ClassSession]:
    sessions = ClassSession.objects.for_cards().order_by("offering__starts_at", "pk")
    return sessions.filter(host_event=event_id) if event_id.isdecimal() else sessions.none()


def _topics_for(event_id: str) -> QuerySet[TopicApplication]:
    """The approved topics whose mentors offered to come to the event."""
    topics = TopicApplication.objects.approved().select_related("mentor")
    return topics.filter(events=event_id) if event_id.isdecimal() else topics.none()


def _is_over(event: HostEvent) -> bool:
    return event.is_cancelled or event.starts_at <= timezone.now()


def _asking(event: HostEvent) -> str:
    """What asking for a class is called: once it is asked for, only the words can change."""
    return "修改课堂需求" if event.wish == Wish.WANTED else "申请安排课堂"


def _lines_about(event: HostEvent) -> list[str]:
    return [
        f"活动：{event.title}（{event.get_reach_display()}）",
        f"时间：{span(event.starts_at, event.ends_at)}",
        f"承办单位：{event.host_unit}",
    ]
