"""The staff's pages about mentors' requests for another time (申请调课)."""

from django.contrib import admin, messages
from django.db.models import Case, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter, RelatedDropdownFilter
from unfold.decorators import action, display

from classrooms import services
from classrooms.admin.words import words_page
from classrooms.models import MoveRequest
from classrooms.models.windows import half_day_in_words
from mentor_portal.accounts.staff import UnitAdmin
from mentor_portal.wording import moment, span

OPEN = MoveRequest.State.OPEN


@admin.register(MoveRequest)
class MoveRequestAdmin(UnitAdmin):
    """Requests are read here; a class is moved on its own page, which settles them."""

    list_display = ["session", "when", "mentor", "reason", "wanted", "asked_at", "state_label"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("session__offering__host_unit", RelatedDropdownFilter),
        ("session__offering__starts_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_per_page = 50
    search_fields = ["session__offering__title", "mentor__name"]
    search_help_text = "课堂标题、导师姓名"
    fields = [
        ("session", "when"),
        "mentor",
        "reason",
        "wanted",
        ("state", "asked_at"),
        ("settled_at", "settled_by"),
        "comment",
    ]
    actions_detail = ["move", "refuse"]

    class Media:
        css = {"all": ["css/admin-topics.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[MoveRequest]:
        rows = super().get_queryset(request)
        loaded = rows.select_related("session__offering__venue__host_unit", "mentor", "settled_by")
        return loaded.prefetch_related("windows")

    def get_ordering(self, request: HttpRequest) -> list[str | Combinable]:
        """Those that wait first, the one that has waited longest at the top."""
        is_settled = Case(When(state=OPEN, then=Value(0)), default=Value(1))
        waits_since = Case(When(state=OPEN, then="asked_at"))
        return [is_settled, waits_since, "-settled_at", "-pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: MoveRequest | None = None) -> bool:
        return False

    def has_settle_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return super().has_change_permission(request)

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list:
        """A settled request is only shown."""
        row = self.get_object(request, object_id)
        return super().get_actions_detail(request, object_id) if row and row.state == OPEN else []

    @display(description="原定时间", ordering="session__offering__starts_at")
    def when(self, row: MoveRequest) -> str:
        return span(row.session.offering.starts_at, row.session.offering.ends_at)

    @display(description="希望改到")
    def wanted(self, row: MoveRequest) -> str:
        return "、".join(half_day_in_words(each) for each in row.half_days) or "未写明"

    @display(
        description="状态",
        ordering="state",
        label={"待处理": "warning", "已调整": "success", "未调整": "danger"},
    )
    def state_label(self, row: MoveRequest) -> str:
        return row.get_state_display()

    @action(description="去调课", permissions=["settle"], icon="edit_calendar")
    def move(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the class, and say there what the mentor asked for."""
        row = self.row_or_404(request, object_id)
        sentence = f"{row.mentor.name}申请调课：{row.reason}；希望改到：{self.wanted(row)}。"
        self.message_user(request, sentence, messages.INFO)
        return redirect("admin:classrooms_classsession_change", row.session_id)

    @action(description="不调整", permissions=["settle"], icon="event_busy")
    def refuse(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Leave the class where it is, and tell the mentor why."""
        row = self.row_or_404(request, object_id)

        def carry_out(comment: str) -> None:
            services.refuse_move(request=row, by=request.user, at=timezone.now(), comment=comment)

        return words_page(
            self,
            request,
            row,
            carry_out=carry_out,
            done="已答复导师，课堂时间不变。",
            form={
                "label": "不调整的原因",
                "hint": "会写进发给导师的消息。",
                "missing": "请写明原因，导师会看到。",
            },
            words={"title": "不调整课堂时间", "lead": self._lines_about(row), "button": "不调整并通知导师"},
        )

    def _lines_about(self, row: MoveRequest) -> list[str]:
        return [
            f"课堂：{row.session.title}（{self.when(row)}）",
            f"{row.mentor.name}于 {moment(row.asked_at)} 申请调课：{row.reason}",
            f"希望改到：{self.wanted(row)}",
        ]
