"""The staff's pages about reports: the review queue, one report, the excellent and the public ones."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    BooleanRadioFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
)
from unfold.decorators import action, display

from mentor_portal.accounts.staff import StrictAdmin, do_each
from mentor_portal.errors import DomainError
from mentor_portal.wording import moment
from research import selectors, services
from research.admin.report_forms import CommentForm, DecisionForm
from research.models import ResearchReport
from research.rules import Decision
from research.services.reports import least_length

State = ResearchReport.State
STATES = [
    (State.SUBMITTED, State.SUBMITTED.label),
    (State.RETURNED, State.RETURNED.label),
    (State.ACCEPTED, State.ACCEPTED.label),
    ("published", "已公开"),
    ("all", "全部"),
]
DONE = {Decision.ACCEPT: "已通过", Decision.RETURN: "已退回"}
Verb = Callable[[ResearchReport], object]


class StateFilter(DropdownFilter):
    """Shows what waits, until another state is asked for."""

    title = "状态"
    parameter_name = "state"
    all_option = None

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return STATES

    def value(self) -> str:
        return super().value() or State.SUBMITTED

    def queryset(self, request: HttpRequest, queryset: QuerySet[ResearchReport]) -> QuerySet[ResearchReport]:
        match self.value():
            case "all":
                return queryset
            case "published":
                return queryset.filter(published_at__isnull=False)
            case state:
                return queryset.filter(state=state)


@admin.register(ResearchReport)
class ResearchReportAdmin(StrictAdmin):
    """Reports are written by their authors; staff read, decide, mark and publish."""

    list_display = [
        "title_or_none",
        "mentor",
        "kind",
        "about",
        "length",
        "state_label",
        "excellent",
        "submitted",
        "decided",
    ]
    list_filter = [
        StateFilter,
        ("kind", ChoicesDropdownFilter),
        ("is_excellent", BooleanRadioFilter),
        ("mentor", AutocompleteSelectFilter),
    ]
    list_filter_submit = True
    list_before_template = "admin/partials/review_states.html"
    list_per_page = 50
    ordering = ["submitted_at", "pk"]
    search_fields = ["title", "mentor__name", "mentor__employer", "trip__offering__title"]
    search_help_text = "标题、导师姓名、工作单位、调研活动"
    actions = ["accept", "send_back", "praise", "unpraise", "publish", "hide"]

    class Media:
        css = {"all": ["css/admin-topics.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[ResearchReport]:
        """A draft, and what was taken back, is the author's alone."""
        return super().get_queryset(request).handed_in().for_lines()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ResearchReport | None = None) -> bool:
        return False

    @display(description="标题", ordering="title")
    def title_or_none(self, report: ResearchReport) -> str:
        return str(report)

    @display(description="调研活动")
    def about(self, report: ResearchReport) -> str:
        return report.trip.title if report.trip else "—"

    @display(
        description="状态",
        ordering="state",
        label={"待审核": "warning", "已通过": "success", "已公开": "success", "退回修改": "info"},
    )
    def state_label(self, report: ResearchReport) -> str:
        return "已公开" if report.is_published else report.get_state_display()

    @display(description="优秀", ordering="is_excellent")
    def excellent(self, report: ResearchReport) -> str:
        return "优秀" if report.is_excellent else "—"

    @display(description="提交时间", ordering="submitted_at")
    def submitted(self, report: ResearchReport) -> str:
        return moment(report.submitted_at)

    @display(description="审核", ordering="decided_at")
    def decided(self, report: ResearchReport) -> str:
        return f"{report.decided_by} {moment(report.decided_at)}" if report.decided_at else "—"

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
        """Show a report to be read, and take what the reviewer makes of it."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        report = self.get_object(request, unquote(object_id))
        if report is None:
            raise Http404
        if request.method != "POST":
            return self._show(request, report, DecisionForm(initial={"seen_at": report.submitted_at}))
        if not self.has_change_permission(request, report):
            raise PermissionDenied
        if "act" in request.POST:
            return self._act(request, report)
        form = DecisionForm(request.POST)
        if form.is_valid() and self._decide(request, report, form):
            return self._to_the_next(request, report)
        report = self.get_object(request, unquote(object_id))
        return self._show(request, report, form)

    def _act(self, request: HttpRequest, report: ResearchReport) -> HttpResponseRedirect:
        """Mark, unmark, publish or hide an accepted report, and stay on its page."""
        found = _verbs(request).get(request.POST["act"])
        if found:
            verb, done = found
            do_each(self, request, [report], verb, done)
        return redirect("admin:research_researchreport_change", report.pk)

    def _decide(self, request: HttpRequest, report: ResearchReport, form: DecisionForm) -> bool:
        """Carry the decision out; a refusal stands beside the form."""
        data = form.cleaned_data
        decision = Decision(data["decision"])
        try:
            services.decide_report(
                report=report,
                decision=decision,
                by=request.user,
                at=timezone.now(),
                comment=data["comment"],
                seen_at=data["seen_at"],
            )
        except DomainError as refusal:
            form.add_error("comment" if refusal.code == "comment_missing" else None, str(refusal))
            return False
        self.message_user(request, f"{DONE[decision]}：“{report}”，已告知导师。", messages.SUCCESS)
        return True

    def _to_the_next(self, request: HttpRequest, report: ResearchReport) -> HttpResponseRedirect:
        following, count = selectors.next_waiting(after=report)
        if following is None:
            self.message_user(request, "待审核的报告都处理完了。", messages.INFO)
            return redirect("admin:research_researchreport_changelist")
        self.message_user(request, f"还有 {count} 份待审核，这是等候最久的一份。", messages.INFO)
        return redirect("admin:research_researchreport_change", following.pk)

    def _show(self, request: HttpRequest, report: ResearchReport, form: DecisionForm) -> TemplateResponse:
        pictures, papers = selectors.pictures_and_papers(report)
        may_change = self.has_change_permission(request, report)
        context = {
            **self.admin_site.each_context(request),
            "title": str(report),
            "opts": self.opts,
            "original": report,
            "report": report,
            "least": least_length(),
            "pictures": pictures,
            "papers": papers,
            "steps": selectors.steps_of(report),
            "others": selectors.other_reports(report),
            "form": form,
            "can_decide": report.state == State.SUBMITTED and may_change,
            "can_show": report.state == State.ACCEPTED and may_change,
        }
        return TemplateResponse(request, "admin/research/report_review.html", context)

    @action(description="通过所选报告", permissions=["change"])
    def accept(self, request: HttpRequest, queryset: QuerySet[ResearchReport]) -> None:
        self._decide_each(request, queryset, Decision.ACCEPT, "")

    @action(description="退回所选报告（请导师修改）", permissions=["change"])
    def send_back(self, request: HttpRequest, queryset: QuerySet[ResearchReport]) -> HttpResponse | None:
        """Ask for one comment for all of them, then return each."""
        form = CommentForm(request.POST if "comment" in request.POST else None)
        if form.is_valid():
            self._decide_each(request, queryset, Decision.RETURN, form.cleaned_data["comment"])
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "退回所选报告",
            "opts": self.opts,
            "form": form,
            "reports": list(queryset),
        }
        return TemplateResponse(request, "admin/research/reports_comment.html", context)

    @action(description="评为优秀报告", permissions=["change"])
    def praise(self, request: HttpRequest, queryset: QuerySet[ResearchReport]) -> None:
        self._do_each(request, queryset, "praise")

    @action(description="取消优秀报告", permissions=["change"])
    def unpraise(self, request: HttpRequest, queryset: QuerySet[ResearchReport]) -> None:
        self._do_each(request, queryset, "unpraise")

    @action(description="公开所选报告", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[ResearchReport]) -> None:
        self._do_each(request, queryset, "publish")

    @action(description="撤下所选报告（不再公开）", permissions=["change"])
    def hide(self, request: HttpRequest, queryset: QuerySet[ResearchReport]) -> None:
        self._do_each(request, queryset, "hide")

    def _do_each(self, request: HttpRequest, queryset: QuerySet[ResearchReport], act: str) -> None:
        verb, done = _verbs(request)[act]
        do_each(self, request, queryset, verb, done)

    def _decide_each(
        self,
        request: HttpRequest,
        queryset: QuerySet[ResearchReport],
        decision: Decision,
        comment: str,
    ) -> None:
        def decide(report: ResearchReport) -> None:
            services.decide_report(
                report=report, decision=decision, by=request.user, at=timezone.now(), comment=comment
            )

        do_each(self, request, queryset, decide, f"{DONE[decision]} {{count}} 份报告，已告知导师。")


def _verbs(request: HttpRequest) -> dict[str, tuple[Verb, str]]:
    """Return what can be done with an accepted report, and the sentence for when it is done."""
    who = {"by": request.user, "at": timezone.now()}
    return {
        "praise": (
            lambda report: services.mark_excellent(report=report, is_excellent=True, **who),
            "{count} 份报告已评为优秀。",
        ),
        "unpraise": (
            lambda report: services.mark_excellent(report=report, is_excellent=False, **who),
            "{count} 份报告已取消优秀。",
        ),
        "publish": (
            lambda report: services.publish_report(report=report, **who),
            "已公开 {count} 份报告，已告知导师。",
        ),
        "hide": (
            lambda report: services.hide_report(report=report, **who),
            "已撤下 {count} 份报告。",
        ),
    }


def _states(asked: QueryDict) -> Iterator[dict[str, object]]:
    shown = asked.get(StateFilter.parameter_name) or State.SUBMITTED
    for state, word in STATES:
        query = asked.copy()
        query.pop("p", None)
        query[StateFilter.parameter_name] = state
        yield {"word": word, "query": query.urlencode(), "is_on": state == shown}
