"""What the admin pages of everything that is offered share: columns, the preview of a move, calling off."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Case, ManyToManyField, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.decorators import display

from mentor_portal.accounts.staff import UnitAdmin, do_each
from mentor_portal.moments import midnight
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.offering_forms import CONFIRM_MOVE, CancelForm, OfferingForm
from mentor_portal.reservations.selectors.desk import told_count
from mentor_portal.wording import span

# The button that leads from the question who will be told back to the form.
BACK_TO_FORM = "_back_to_form"


def coming_first(starts_at: str) -> list[str | Combinable]:
    """Return an ordering: from today on as they come, then the past ones, the latest first.

    ``starts_at`` is the field that says when a row begins.
    """
    coming = {f"{starts_at}__gte": midnight(timezone.localdate())}
    is_past = Case(When(**coming, then=Value(0)), default=Value(1))
    comes_at = Case(When(**coming, then=starts_at))
    return [is_past, comes_at, f"-{starts_at}", "-pk"]


class OfferingAdmin(UnitAdmin):
    """Rows that share the id of their offering and are saved by an ``OfferingForm``.

    ``thing`` is what one of them is called, ``measure`` how they are counted, ``move_word`` what moving
    one is; ``has_mentors`` says that a row has ``mentors``, who are told as well.
    """

    thing = "场次"
    measure = "场"
    has_mentors = True
    move_word = "调整"
    list_display = ["title", "when", "venue", "mentor_names", "seats", "waiting", "state_label"]
    list_filter_submit = True
    list_per_page = 50
    search_fields = ["offering__title", "mentors__name"]
    search_help_text = "标题、导师姓名"
    autocomplete_fields = ["mentors", "chains"]
    warn_unsaved_form = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).for_cards()

    def get_ordering(self, request: HttpRequest) -> list[str | Combinable]:
        return coming_first("offering__starts_at")

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Each chosen one has its own button; one that clears all has no place in select2's list."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field:
            field.widget.is_required = True
        return field

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        form = super().get_form(request, obj, **kwargs)
        form.staff = request.user
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        """Before something moves that people know of, show what changes and who will be told."""
        form = context["adminform"].form
        if form.is_bound and form.awaits_confirmation and BACK_TO_FORM not in request.POST:
            return self._move_page(request, form)
        return super().render_change_form(request, context, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: OfferingForm, change: bool) -> None:
        obj.offering = form.carry_out().offering

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Say what a new one still lacks."""
        response = super().response_add(request, obj, post_url_continue)
        if obj.offering.state == Offering.State.DRAFT:
            sentence = f"这{self.measure}{self.thing}还是草稿：在列表里选中它并发布，公众才能看到。"
            self.message_user(request, sentence, messages.INFO)
        return response

    def call_off_page(
        self, request: HttpRequest, queryset: QuerySet, carry_out: Callable[[Any, str], None]
    ) -> HttpResponse | None:
        """Ask for the reason, showing first who will be told, then call each row off with it."""
        form = CancelForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            done = f"已取消 {{count}} {self.measure}{self.thing}，已通知所有预约和候补的人。"
            do_each(self, request, queryset, lambda row: carry_out(row, reason), done)
            return None
        rows = list(queryset.exclude(offering__state=Offering.State.CANCELLED))
        context = {
            **self.admin_site.each_context(request),
            "title": f"取消{self.thing}",
            "opts": self.opts,
            "thing": self.thing,
            "measure": self.measure,
            "form": form,
            "rows": rows,
            "told": told_count([row.offering for row in rows]),
            "mentor_names": sorted(self._mentors_of(rows)),
        }
        return TemplateResponse(request, "admin/reservations/call_off.html", context)

    def _mentors_of(self, rows: Iterable[Any]) -> set[str]:
        if not self.has_mentors:
            return set()
        return {mentor.name for each in rows for mentor in each.mentors.all()}

    def _move_page(self, request: HttpRequest, form: OfferingForm) -> HttpResponse:
        """What was typed goes along unseen, to be saved or to be shown in the form again."""
        leave_out = {"csrfmiddlewaretoken", CONFIRM_MOVE, BACK_TO_FORM}
        context = {
            **self.admin_site.each_context(request),
            "title": f"确认{self.move_word}",
            "opts": self.opts,
            "row": form.instance,
            "changes": form.changes(),
            "told": told_count([form.instance.offering]),
            "mentor_names": [mentor.name for mentor in form.cleaned_data.get("mentors", ())],
            "typed": [
                (name, value)
                for name, values in request.POST.lists()
                for value in values
                if name not in leave_out
            ],
            "confirm": CONFIRM_MOVE,
            "confirm_word": f"确认{self.move_word}并通知",
            "back": BACK_TO_FORM,
        }
        return TemplateResponse(request, "admin/reservations/move.html", context)

    @display(description="标题", ordering="offering__title")
    def title(self, row: Any) -> str:
        return row.title

    @display(description="时间", ordering="offering__starts_at")
    def when(self, row: Any) -> str:
        return span(row.offering.starts_at, row.offering.ends_at)

    @display(description="场地")
    def venue(self, row: Any) -> str:
        return str(row.offering.venue)

    @display(description="导师")
    def mentor_names(self, row: Any) -> str:
        return "、".join(mentor.name for mentor in row.mentors.all())

    @display(description="已约/名额", ordering="offering__places_taken")
    def seats(self, row: Any) -> str:
        return f"{row.offering.places_taken}/{row.offering.capacity}"

    @display(description="候补", ordering="offering__waiting_count")
    def waiting(self, row: Any) -> int:
        return row.offering.waiting_count

    @display(
        description="状态",
        ordering="offering__state",
        label={"草稿": "warning", "已发布": "success", "已取消": "danger"},
    )
    def state_label(self, row: Any) -> str:
        return row.offering.get_state_display()
