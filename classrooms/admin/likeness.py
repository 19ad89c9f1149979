"""The staff's pages about courseware that resembles another: the work list, and the two side by side."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Case, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.contrib.filters.admin import AutocompleteSelectFilter, BooleanRadioFilter, DropdownFilter
from unfold.decorators import display

from classrooms import services
from classrooms.admin.likeness_forms import ASK, CONFIRM, DISMISS, VerdictForm
from classrooms.models import SimilarPair
from classrooms.models.courseware import work_order
from classrooms.selectors import likeness as selectors
from mentor_portal.accounts.staff import StrictAdmin
from mentor_portal.errors import DomainError
from mentor_portal.wording import end_of_day, moment

State = SimilarPair.State
WAITING = "waiting"
STATES = [(WAITING, "待处理"), *State.choices, ("all", "全部")]
DONE = {
    ASK: "已请导师说明：{pair}。",
    DISMISS: "已认定不构成抄袭：{pair}。",
    CONFIRM: "已认定为抄袭：{pair}，已告知导师。",
}
OF_WORDS = ("question_missing", "reason_missing")


class StateFilter(DropdownFilter):
    """Shows what waits for the staff, until another state is asked for."""

    title = "状态"
    parameter_name = "state"
    all_option = None

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return STATES

    def value(self) -> str:
        return super().value() or WAITING

    def queryset(self, request: HttpRequest, queryset: QuerySet[SimilarPair]) -> QuerySet[SimilarPair]:
        match self.value():
            case "all":
                return queryset
            case "waiting":
                return queryset.waiting_for_staff(timezone.now())
            case state:
                return queryset.filter(state=state)


@admin.register(SimilarPair)
class SimilarPairAdmin(StrictAdmin):
    """Pairs are found by the worker; the province looks at them, asks, and decides."""

    list_display = ["courseware", "mentor", "alike", "earlier_one", "earlier_mentor", "found", "state_label"]
    list_filter = [
        StateFilter,
        ("is_same_file", BooleanRadioFilter),
        ("version__courseware__mentor", AutocompleteSelectFilter),
    ]
    list_filter_submit = True
    list_before_template = "admin/partials/review_states.html"
    list_per_page = 50
    search_fields = [
        "version__courseware__title",
        "version__courseware__mentor__name",
        "earlier__courseware__title",
        "earlier__courseware__mentor__name",
    ]
    search_help_text = "课件标题、导师姓名"

    class Media:
        css = {"all": ["css/admin-topics.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[SimilarPair]:
        return super().get_queryset(request).for_lines().select_related("decided_by")

    def get_ordering(self, request: HttpRequest) -> list[Case | str]:
        return work_order()

    def has_view_permission(self, request: HttpRequest, obj: SimilarPair | None = None) -> bool:
        """Likeness is looked at by the province alone, whatever the groups of a unit's staff say."""
        return _decides(request) and super().has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: SimilarPair | None = None) -> bool:
        return _decides(request) and super().has_change_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SimilarPair | None = None) -> bool:
        return False

    @display(description="课件", ordering="version__courseware__title")
    def courseware(self, pair: SimilarPair) -> str:
        return pair.version.courseware.title

    @display(description="导师", ordering="version__courseware__mentor__name")
    def mentor(self, pair: SimilarPair) -> str:
        return pair.version.courseware.mentor.name

    @display(description="相似度", ordering="likeness")
    def alike(self, pair: SimilarPair) -> str:
        return "文件相同" if pair.is_same_file else f"{pair.percent}%"

    @display(description="较早的课件", ordering="earlier__courseware__title")
    def earlier_one(self, pair: SimilarPair) -> str:
        return pair.earlier.courseware.title

    @display(description="其导师", ordering="earlier__courseware__mentor__name")
    def earlier_mentor(self, pair: SimilarPair) -> str:
        return pair.earlier.courseware.mentor.name

    @display(description="发现时间", ordering="found_at")
    def found(self, pair: SimilarPair) -> str:
        return moment(pair.found_at)

    @display(
        description="状态",
        ordering="state",
        label={
            "待查看": "warning",
            "导师已说明": "warning",
            "待导师说明": "info",
            "不构成抄袭": "success",
            "认定抄袭": "danger",
        },
    )
    def state_label(self, pair: SimilarPair) -> str:
        return pair.get_state_display()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Add the states as links above the list, so that nobody wonders where the rest is."""
        states = list(_states(request.GET))
        return super().changelist_view(request, {"states": states, **(extra_context or {})})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the two side by side, and take what staff make of them."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        pair = self._row(request, object_id)
        if request.method != "POST":
            return self._show(request, pair, VerdictForm(can_ask=pair.state == State.FOUND))
        if not self.has_change_permission(request, pair):
            raise PermissionDenied
        form = VerdictForm(request.POST, can_ask=pair.state == State.FOUND)
        if form.is_valid() and self._act(request, pair, form):
            return self._to_the_next(request, pair)
        return self._show(request, self._row(request, object_id), form)

    def _row(self, request: HttpRequest, object_id: str) -> SimilarPair:
        pair = self.get_object(request, unquote(object_id))
        if pair is None:
            raise Http404
        return pair

    def _act(self, request: HttpRequest, pair: SimilarPair, form: VerdictForm) -> bool:
        """Carry it out; a refusal stands beside the form."""
        act, words = form.cleaned_data["act"], form.cleaned_data["words"]
        step = {"pair": pair, "by": request.user, "at": timezone.now()}
        try:
            if act == ASK:
                services.ask_mentor(**step, question=words)
            elif act == DISMISS:
                services.dismiss_pair(**step, reason=words)
            else:
                services.confirm_pair(**step, reason=words)
        except DomainError as refusal:
            form.add_error("words" if refusal.code in OF_WORDS else None, str(refusal))
            return False
        self.message_user(request, DONE[act].format(pair=pair), messages.SUCCESS)
        return True

    def _to_the_next(self, request: HttpRequest, pair: SimilarPair) -> HttpResponseRedirect:
        following, count = selectors.next_waiting(after=pair, at=timezone.now())
        if following is None:
            self.message_user(request, "待处理的相似课件都看完了。", messages.INFO)
            return redirect("admin:classrooms_similarpair_changelist")
        self.message_user(request, f"还有 {count} 对待处理，这是其中最相似的一对。", messages.INFO)
        return redirect("admin:classrooms_similarpair_change", following.pk)

    def _show(self, request: HttpRequest, pair: SimilarPair, form: VerdictForm) -> TemplateResponse:
        may_act = self.has_change_permission(request, pair) and pair.state in SimilarPair.OPEN
        context = {
            **self.admin_site.each_context(request),
            "title": str(pair),
            "opts": self.opts,
            "original": pair,
            "pair": pair,
            "sides": selectors.sides_of(pair),
            "due": end_of_day(pair.answer_due_at) if pair.answer_due_at else "",
            "others": selectors.other_pairs(pair),
            "form": form,
            "can_decide": may_act,
            "can_ask": may_act and pair.state == State.FOUND,
            "can_confirm": may_act and pair.is_heard(timezone.now()),
        }
        return TemplateResponse(request, "admin/classrooms/similar_pair.html", context)


def _decides(request: HttpRequest) -> bool:
    return request.user.is_superuser or request.user.is_provincial


def _states(asked: QueryDict) -> Iterator[dict[str, object]]:
    shown = asked.get(StateFilter.parameter_name) or WAITING
    for state, word in STATES:
        query = asked.copy()
        query.pop("p", None)
        query[StateFilter.parameter_name] = state
        yield {"word": word, "query": query.urlencode(), "is_on": state == shown}
