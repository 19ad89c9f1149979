"""The staff's pages about mentors' duties: giving them rooms, saying no, calling off, noting presence."""

from collections.abc import Callable, Iterable

from django.contrib import admin
from django.db.models import Case, Prefetch, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import (
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateTimeFilter,
    RelatedDropdownFilter,
)
from unfold.decorators import action, display

from consultations import services
from consultations.admin.arranging import arrange
from consultations.admin.asking import Asking, asking_page
from consultations.models import ConsultationShift, ConsultationSlot
from mentor_portal.accounts.staff import UnitAdmin, do_each
from mentor_portal.reservations.models import Reservation
from mentor_portal.reservations.offering_admin import coming_first
from mentor_portal.reservations.selectors import told_count
from mentor_portal.wording import clock, span

State = ConsultationShift.State
LIST = "admin:consultations_consultationshift_changelist"
LAPSED_WORD = "过时未安排"
Rows = QuerySet[ConsultationShift]


class StateFilter(DropdownFilter):
    """The states; of what was declared those that still can be arranged apart from those that cannot."""

    title = "状态"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        waiting, *decided = State.choices
        return [waiting, ("lapsed", LAPSED_WORD), *decided]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        at = timezone.now()
        match self.value():
            case None:
                return queryset
            case State.SUBMITTED:
                return queryset.waiting(at)
            case "lapsed":
                return queryset.lapsed(at)
            case state:
                return queryset.filter(state=state)


class SlotInline(TabularInline):
    """The slots of a duty, to be read."""

    model = ConsultationSlot
    fields = readonly_fields = ["when", "state", "people"]
    verbose_name_plural = "时段"
    extra = 0
    can_delete = False
    hide_title = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[ConsultationSlot]:
        people = Reservation.objects.exclude(state=Reservation.State.CANCELLED).select_related("person")
        rows = super().get_queryset(request).select_related("offering")
        loaded = rows.prefetch_related(Prefetch("offering__reservations", people.order_by("queued_at", "pk")))
        return loaded.order_by("offering__starts_at")

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    @display(description="时间")
    def when(self, slot: ConsultationSlot) -> str:
        return f"{clock(slot.offering.starts_at)}–{clock(slot.offering.ends_at)}"

    @display(description="状态")
    def state(self, slot: ConsultationSlot) -> str:
        return slot.offering.get_state_display()

    @display(description="预约")
    def people(self, slot: ConsultationSlot) -> str:
        rows = slot.offering.reservations.all()
        return "、".join(f"{row.person}（{row.get_state_display()}）" for row in rows) or "—"


@admin.register(ConsultationShift)
class ConsultationShiftAdmin(UnitAdmin):
    """Duties are declared by mentors; here they are only read and acted on."""

    list_display = ["mentor", "when", "kind", "host_unit", "room", "slots", "weekly", "state_label"]
    list_filter = [
        StateFilter,
        ("kind", ChoicesDropdownFilter),
        ("host_unit", RelatedDropdownFilter),
        ("starts_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_per_page = 50
    search_fields = ["mentor__name", "mentor__employer"]
    search_help_text = "导师姓名、工作单位"
    # That page is the mentor's alone.
    view_on_site = False
    actions = ["arrange", "decline", "call_off", "note_present", "note_absent"]
    actions_detail = ["arrange_one", "arrange_series", "decline_one", "call_off_one", "desk"]

    def get_queryset(self, request: HttpRequest) -> Rows:
        return super().get_queryset(request).for_lines().with_slot_counts().select_related("mentor__user")

    def get_ordering(self, request: HttpRequest) -> list[str | Combinable]:
        """Those that wait first; of the others those from today on as they come, then the past ones."""
        waits = When(state=State.SUBMITTED, starts_at__gt=timezone.now(), then=Value(0))
        return [Case(waits, default=Value(1)), *coming_first("starts_at")]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ConsultationShift | None = None) -> bool:
        return False

    def has_manage_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return super().has_change_permission(request)

    def get_fields(self, request: HttpRequest, obj: ConsultationShift | None = None) -> list:
        """What was decided is shown once something was."""
        asked = [("mentor", "when"), ("kind", "host_unit"), ("state_label", "weekly"), "note"]
        if obj is None or obj.state == State.SUBMITTED:
            return [*asked, "declared_at"]
        return [*asked, ("declared_at", "decided_at"), ("room", "decided_by"), "comment"]

    def get_inlines(self, request: HttpRequest, obj: ConsultationShift | None) -> list[type[SlotInline]]:
        return [SlotInline] if obj and obj.slots.exists() else []

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list:
        """Of the buttons those that make sense for the duty as it stands."""
        shift = self.get_object(request, object_id)
        wanted = _buttons(shift) if shift else set()
        buttons = super().get_actions_detail(request, object_id)
        return [each for each in buttons if each.method.__name__ in wanted]

    @display(description="时间", ordering="starts_at")
    def when(self, shift: ConsultationShift) -> str:
        return span(shift.starts_at, shift.ends_at)

    @display(description="已约/时段")
    def slots(self, shift: ConsultationShift) -> str:
        return f"{shift.taken_count}/{shift.slot_count}" if shift.slot_count else "—"

    @display(description="重复")
    def weekly(self, shift: ConsultationShift) -> str:
        return "每周" if shift.series_id else "—"

    @display(
        description="状态",
        ordering="state",
        label={
            "待安排": "warning",
            "已安排": "success",
            LAPSED_WORD: "danger",
            "未安排": "danger",
            "已取消": "danger",
        },
    )
    def state_label(self, shift: ConsultationShift) -> str:
        return LAPSED_WORD if shift.has_lapsed(timezone.now()) else shift.get_state_display()

    @action(description="安排房间", permissions=["manage"])
    def arrange(self, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
        return arrange(self, request, queryset)

    @action(description="不安排（写明原因）", permissions=["manage"])
    def decline(self, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
        asking = Asking(
            action="decline",
            title="不安排值班",
            lead="以下值班将不安排，并告知导师：",
            label="不安排的原因",
            hint="会写进发给导师的消息。",
            button="不安排并通知导师",
        )

        def decline(shift: ConsultationShift, words: str) -> None:
            services.decline_shift(shift=shift, by=request.user, at=timezone.now(), comment=words)

        waiting = queryset.submitted()
        return self._ask(request, waiting, asking, decline, "已答复 {count} 个值班，已告知导师。")

    @action(description="取消已安排的值班", permissions=["manage"])
    def call_off(self, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
        """Ask for the reason, showing first who will be told."""
        at = timezone.now()
        arranged = queryset.filter(state=State.APPROVED, ends_at__gt=at)
        ahead = ConsultationSlot.objects.ahead(at).filter(shift__in=arranged.order_by().values("pk"))
        asking = Asking(
            action="call_off",
            title="取消值班",
            lead="以下值班还没有开始的时段都将取消，并通知导师和预约的人：",
            label="取消原因",
            hint="会写进发给导师和预约人的消息。",
            button="取消值班并通知",
            told=told_count([slot.offering for slot in ahead.select_related("offering")]),
        )

        def call_off(shift: ConsultationShift, words: str) -> None:
            services.cancel_shift(shift=shift, by=request.user, at=timezone.now(), reason=words)

        return self._ask(request, arranged, asking, call_off, "已取消 {count} 个值班，已通知有关的人。")

    @action(description="确认导师已到场", permissions=["manage"])
    def note_present(self, request: HttpRequest, queryset: Rows) -> None:
        self._note(request, queryset, is_present=True)

    @action(description="确认导师未到场", permissions=["manage"])
    def note_absent(self, request: HttpRequest, queryset: Rows) -> None:
        self._note(request, queryset, is_present=False)

    @action(description="安排房间", permissions=["manage"], url_path="arrange", icon="meeting_room")
    def arrange_one(self, request: HttpRequest, object_id: str) -> HttpResponse:
        shift = self.row_or_404(request, object_id)
        return self.arrange(request, self._one(request, shift)) or redirect(LIST)

    @action(description="安排整个系列", permissions=["manage"], url_path="series", icon="event_repeat")
    def arrange_series(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Every duty of the same weekly series that still waits, on one page."""
        shift = self.row_or_404(request, object_id)
        rows = self._one(request, shift)
        if shift.series_id:
            rows = self.get_queryset(request).waiting(timezone.now()).filter(series=shift.series_id)
        return self.arrange(request, rows) or redirect(LIST)

    @action(description="不安排", permissions=["manage"], url_path="decline", icon="event_busy")
    def decline_one(self, request: HttpRequest, object_id: str) -> HttpResponse:
        shift = self.row_or_404(request, object_id)
        return self.decline(request, self._one(request, shift)) or redirect(LIST)

    @action(description="取消值班", permissions=["manage"], url_path="call-off", icon="event_busy")
    def call_off_one(self, request: HttpRequest, object_id: str) -> HttpResponse:
        shift = self.row_or_404(request, object_id)
        return self.call_off(request, self._one(request, shift)) or redirect(LIST)

    @action(description="值班台", permissions=["view"], icon="how_to_reg")
    def desk(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return redirect("consultations:duty-desk", self.row_or_404(request, object_id).pk)

    def _one(self, request: HttpRequest, shift: ConsultationShift) -> Rows:
        return self.get_queryset(request).filter(pk=shift.pk)

    def _ask(
        self,
        request: HttpRequest,
        rows: Rows,
        asking: Asking,
        verb: Callable[[ConsultationShift, str], None],
        done: str,
    ) -> HttpResponse | None:
        """Ask for the words, then do the verb for each row with them."""
        form = asking.form(request)
        if form.is_valid():
            words = form.cleaned_data["words"]
            do_each(self, request, list(rows), lambda shift: verb(shift, words), done)
            return None
        return asking_page(self, request, asking, form, _told(rows))

    def _note(self, request: HttpRequest, queryset: Rows, *, is_present: bool) -> None:
        def note(shift: ConsultationShift) -> None:
            services.note_duty(shift=shift, is_present=is_present, by=request.user, at=timezone.now())

        do_each(self, request, queryset, note, "已确认 {count} 次值班。")


def _told(shifts: Iterable[ConsultationShift]) -> list[tuple[int, str]]:
    return [(each.pk, _in_words(each)) for each in shifts]


def _in_words(shift: ConsultationShift) -> str:
    when = span(shift.starts_at, shift.ends_at)
    return f"{shift.mentor.name} · {when} · {shift.room or shift.host_unit}"


def _buttons(shift: ConsultationShift) -> set[str]:
    if shift.has_lapsed(timezone.now()):
        return {"decline_one"}
    if shift.state == State.SUBMITTED:
        return {"arrange_one", "decline_one"} | ({"arrange_series"} if shift.series_id else set())
    if shift.state == State.APPROVED:
        return {"desk"} | ({"call_off_one"} if shift.ends_at > timezone.now() else set())
    return set()
