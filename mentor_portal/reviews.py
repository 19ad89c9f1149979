"""What the admin pages share on which staff review what others hand in: the queue, one row, the decision."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from mentor_portal.accounts.staff import StrictAdmin, do_each
from mentor_portal.errors import DomainError
from mentor_portal.wording import moment

WAITING = "submitted"
ALL = ("all", "全部")


class StateFilter(DropdownFilter):
    """Shows what waits, until another state is asked for."""

    title = "状态"
    parameter_name = "state"
    all_option = None

    def lookups(self, request: HttpRequest, model_admin: "ReviewAdmin") -> Sequence[tuple[str, str]]:
        return model_admin.states

    def value(self) -> str:
        return super().value() or WAITING

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset if self.value() == "all" else queryset.filter(state=self.value())


class ReviewAdmin(StrictAdmin):
    """Rows that others hand in; they have a ``state``, ``submitted_at`` and ``decided_at``.

    ``thing`` is what one of them is called, ``measure`` how they are counted; ``decisions`` says for each
    decision what was done; ``template`` shows one row with its ``facts``.
    """

    thing: str
    measure: str
    states: Sequence[tuple[str, str]]
    decisions: Mapping[StrEnum, str]
    decision_form: type[forms.Form]
    comment_form: type[forms.Form]
    template: str
    list_filter_submit = True
    list_before_template = "admin/partials/review_states.html"
    list_per_page = 50
    ordering = ["submitted_at", "pk"]

    class Media:
        css = {"all": ["css/admin-topics.css"]}

    def facts(self, row: Any, may_change: bool) -> dict[str, object]:
        """Return what the page of a row shows."""
        raise NotImplementedError

    def decide(self, row: Any, **step: object) -> None:
        """Carry a decision out: ``decision``, ``comment``, ``by``, ``at`` and perhaps ``seen_at``."""
        raise NotImplementedError

    def next_waiting(self, row: Any) -> tuple[Model | None, int]:
        """Return the row that has waited longest after this one, and how many wait."""
        raise NotImplementedError

    def act(self, request: HttpRequest, row: Model) -> HttpResponse | None:
        """Do what a page offers besides deciding; None where nothing of that was asked for."""
        return None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @display(description="提交时间", ordering="submitted_at")
    def submitted(self, row: Any) -> str:
        return moment(row.submitted_at) if row.submitted_at else "—"

    @display(description="审核", ordering="decided_at")
    def decided(self, row: Any) -> str:
        return f"{row.decided_by} {moment(row.decided_at)}" if row.decided_at else "—"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Add the states as links above the list, so that nobody wonders where the rest is."""
        states = list(self._state_links(request))
        return super().changelist_view(request, {"states": states, **(extra_context or {})})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a row to be read, and take what the reviewer makes of it."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        row = self.row_or_404(request, unquote(object_id))
        if request.method != "POST":
            return self._show(request, row, self.decision_form(initial={"seen_at": row.submitted_at}))
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        if acted := self.act(request, row):
            return acted
        form = self.decision_form(request.POST)
        if form.is_valid() and self._decide(request, row, form):
            return self._to_the_next(request, row)
        return self._show(request, self.row_or_404(request, unquote(object_id)), form)

    def decide_each(
        self, request: HttpRequest, queryset: QuerySet, decision: StrEnum, comment: str = ""
    ) -> None:
        """Decide each row alike."""
        step = {"decision": decision, "comment": comment, "by": request.user, "at": timezone.now()}
        done = f"{self.decisions[decision]} {{count}} {self.measure}{self.thing}，已告知导师。"
        do_each(self, request, queryset, lambda row: self.decide(row, **step), done)

    def ask_why(
        self, request: HttpRequest, queryset: QuerySet, decision: StrEnum, *, action_name: str, word: str
    ) -> HttpResponse | None:
        """Ask for one comment for all of them, then decide each."""
        form = self.comment_form(request.POST if "comment" in request.POST else None)
        if form.is_valid():
            self.decide_each(request, queryset, decision, form.cleaned_data["comment"])
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": f"所选{self.thing}{word}",
            "opts": self.opts,
            "form": form,
            "rows": list(queryset),
            "counted": f"{self.measure}{self.thing}",
            "action_name": action_name,
            "word": word,
        }
        return TemplateResponse(request, "admin/partials/review_comment.html", context)

    def _decide(self, request: HttpRequest, row: Any, form: forms.Form) -> bool:
        """Carry the decision out; a refusal stands beside the form."""
        data = form.cleaned_data
        decision = next(each for each in self.decisions if each == data["decision"])
        step = {"decision": decision, "comment": data["comment"], "seen_at": data["seen_at"]}
        try:
            self.decide(row, by=request.user, at=timezone.now(), **step)
        except DomainError as refusal:
            form.add_error("comment" if refusal.code == "comment_missing" else None, str(refusal))
            return False
        done = f"{self.decisions[decision]}：“{row}”，已告知导师。"
        self.message_user(request, done, messages.SUCCESS)
        return True

    def _to_the_next(self, request: HttpRequest, row: Model) -> HttpResponseRedirect:
        address = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        following, count = self.next_waiting(row)
        if following is None:
            self.message_user(request, f"待审核的{self.thing}都处理完了。", messages.INFO)
            return redirect(f"{address}_changelist")
        left = f"还有 {count} {self.measure}待审核，这是等候最久的一{self.measure}。"
        self.message_user(request, left, messages.INFO)
        return redirect(f"{address}_change", following.pk)

    def _show(self, request: HttpRequest, row: Any, form: forms.Form) -> TemplateResponse:
        if "comment" in form.errors:
            form.fields["comment"].widget.attrs["autofocus"] = True
        may_change = self.has_change_permission(request, row)
        context = {
            **self.admin_site.each_context(request),
            "title": str(row),
            "opts": self.opts,
            "original": row,
            "form": form,
            "can_decide": row.state == WAITING and may_change,
            **self.facts(row, may_change),
        }
        return TemplateResponse(request, self.template, context)

    def _state_links(self, request: HttpRequest) -> Iterator[dict[str, object]]:
        shown = request.GET.get(StateFilter.parameter_name) or WAITING
        for state, word in self.states:
            query = request.GET.copy()
            query.pop("p", None)
            query[StateFilter.parameter_name] = state
            yield {"word": word, "query": query.urlencode(), "is_on": state == shown}
