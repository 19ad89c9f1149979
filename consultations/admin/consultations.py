"""The staff's pages about consultations: requests to answer, and what came of those that were held."""

from collections.abc import Iterable

from django.contrib import admin
from django.db.models import Case, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter, RelatedDropdownFilter
from unfold.decorators import action, display

from consultations.admin.asking import Asking, asking_page
from consultations.models import Consultation
from mentor_portal.accounts.staff import UnitAdmin, do_each
from mentor_portal.reservations import services as places
from mentor_portal.reservations.models import Reservation
from mentor_portal.reservations.offering_admin import coming_first
from mentor_portal.wording import moment, span

LIST = "admin:consultations_consultation_changelist"
MAY_DECIDE = "reservations.change_reservation"
REQUESTED = Reservation.State.REQUESTED
Rows = QuerySet[Consultation]


@admin.register(Consultation)
class ConsultationAdmin(UnitAdmin):
    """Bookings with their questions; those for 高端人才洽谈室 wait here for the staff's yes."""

    list_display = ["person", "title", "when", "question", "has_resume", "state_label", "result", "rating"]
    list_filter = [
        ("reservation__state", ChoicesDropdownFilter),
        ("outcome", ChoicesDropdownFilter),
        ("rating", ChoicesDropdownFilter),
        ("reservation__offering__host_unit", RelatedDropdownFilter),
        ("reservation__offering__starts_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_per_page = 50
    search_fields = [
        "reservation__person__name",
        "reservation__person__phone__endswith",
        "reservation__offering__title",
    ]
    search_help_text = "姓名、手机号后四位、标题里的导师"
    actions = ["approve", "refuse"]
    actions_detail = ["approve_one", "refuse_one", "resume"]

    def get_queryset(self, request: HttpRequest) -> Rows:
        rows = super().get_queryset(request).select_related("resume", "noted_by")
        return rows.select_related("reservation__person", "reservation__offering__venue__host_unit")

    def get_ordering(self, request: HttpRequest) -> list[str | Combinable]:
        """Requests first, the longest waiting at the top; then what is to come; then the past."""
        is_decided = Case(When(reservation__state=REQUESTED, then=Value(0)), default=Value(1))
        waits_since = Case(When(reservation__state=REQUESTED, then="reservation__queued_at"))
        return [is_decided, waits_since, *coming_first("reservation__offering__starts_at")]

    def get_fields(self, request: HttpRequest, obj: Consultation | None = None) -> list:
        """What came of it is shown of those who were there; the mentor's notes to the province alone."""
        ending = ["ending"] if obj and obj.reservation.cause else []
        notes = ["notes"] if request.user.is_provincial else []
        held = [("outcome", "noted_by", "noted_at"), *notes, ("rating", "rating_words", "rated_at")]
        return [
            ("person", "masked_phone"),
            ("title", "place"),
            ("when", "queued_at"),
            ("state_label", "has_resume"),
            *ending,
            "question",
            *(held if obj and _was_there(obj) else []),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Consultation | None = None) -> bool:
        return False

    def has_decide_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm(MAY_DECIDE)

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list:
        """Of the buttons those that make sense for the booking as it stands."""
        row = self.get_object(request, object_id)
        buttons = super().get_actions_detail(request, object_id)
        return [each for each in buttons if row and each.method.__name__ in _buttons(row)]

    @display(description="预约人", ordering="reservation__person__name")
    def person(self, row: Consultation) -> str:
        return str(row.reservation.person)

    @display(description="手机号")
    def masked_phone(self, row: Consultation) -> str:
        return row.reservation.person.masked_phone

    @display(description="咨询")
    def title(self, row: Consultation) -> str:
        return row.reservation.offering.title

    @display(description="时间", ordering="reservation__offering__starts_at")
    def when(self, row: Consultation) -> str:
        return span(row.reservation.offering.starts_at, row.reservation.offering.ends_at)

    @display(description="地点")
    def place(self, row: Consultation) -> str:
        return str(row.reservation.offering.venue or "—")

    @display(description="预约时间")
    def queued_at(self, row: Consultation) -> str:
        return moment(row.reservation.queued_at)

    @display(description="简历")
    def has_resume(self, row: Consultation) -> str:
        return "有" if hasattr(row, "resume") else "—"

    @display(
        description="状态",
        ordering="reservation__state",
        label={"待审核": "warning", "已预约": "success", "已参加": "success", "未到场": "danger"},
    )
    def state_label(self, row: Consultation) -> str:
        return row.reservation.get_state_display()

    @display(description="取消原因")
    def ending(self, row: Consultation) -> str:
        """Why the booking ended, with the words that the person was told."""
        reservation = row.reservation
        return "：".join(filter(None, [reservation.get_cause_display(), reservation.cause_note]))

    @display(description="咨询结果", ordering="outcome")
    def result(self, row: Consultation) -> str:
        """A result is asked for once the person was there."""
        return row.get_outcome_display() if _was_there(row) else "—"

    @action(description="同意预约", permissions=["decide"])
    def approve(self, request: HttpRequest, queryset: Rows) -> None:
        def approve(row: Consultation) -> None:
            places.approve_request(reservation=row.reservation, by=request.user, at=timezone.now())

        do_each(self, request, list(queryset), approve, "已同意 {count} 条预约，已通知本人。")

    @action(description="不同意预约（写明原因）", permissions=["decide"])
    def refuse(self, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
        """Ask for the reason; the slot then goes to the next in line."""
        asking = Asking(
            action="refuse",
            title="不同意预约",
            lead="以下预约将不同意，时段让给下一位，并通知本人：",
            label="不同意的原因",
            hint="会写进发给预约人的消息。",
            button="不同意并通知本人",
        )
        waiting = list(queryset.requested())
        form = asking.form(request)
        if not form.is_valid():
            return asking_page(self, request, asking, form, self._told(waiting))

        def refuse(row: Consultation) -> None:
            note = form.cleaned_data["words"]
            places.refuse_request(reservation=row.reservation, by=request.user, at=timezone.now(), note=note)

        do_each(self, request, waiting, refuse, "已答复 {count} 条预约，已通知本人。")
        return None

    @action(description="同意", permissions=["decide"], url_path="approve", icon="check_circle")
    def approve_one(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask once more: a link alone changes nothing."""
        row = self.row_or_404(request, object_id)
        asking = Asking(
            action="approve", title="同意预约", lead="以下预约将同意，并通知本人：", button="同意并通知本人"
        )
        waiting = self.get_queryset(request).filter(pk=row.pk).requested()
        return asking_page(self, request, asking, None, self._told(waiting))

    @action(description="不同意", permissions=["decide"], url_path="refuse", icon="cancel")
    def refuse_one(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.row_or_404(request, object_id)
        return self.refuse(request, self.get_queryset(request).filter(pk=row.pk)) or redirect(LIST)

    @action(description="查看简历", permissions=["view"], icon="description")
    def resume(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return redirect("consultations:resume", self.row_or_404(request, object_id).pk)

    def _told(self, rows: Iterable[Consultation]) -> list[tuple[int, str]]:
        return [(row.pk, f"{row} · {self.when(row)} · {row.question}") for row in rows]


def _was_there(row: Consultation) -> bool:
    """Tell whether the person came, or the mentor has noted something all the same."""
    return row.reservation.state == Reservation.State.ATTENDED or row.noted_at is not None


def _buttons(row: Consultation) -> set[str]:
    buttons = {"approve_one", "refuse_one"} if row.reservation.state == REQUESTED else set()
    return buttons | ({"resume"} if hasattr(row, "resume") else set())
