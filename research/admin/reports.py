"""The staff's pages about reports: the review queue, one report, the excellent and the public ones."""

from collections.abc import Callable

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    BooleanRadioFilter,
    ChoicesDropdownFilter,
)
from unfold.decorators import action, display

from mentor_portal.accounts.staff import do_each
from mentor_portal.reviews import ALL, ReviewAdmin, StateFilter
from research import selectors, services
from research.admin.report_forms import CommentForm, DecisionForm
from research.models import ResearchReport
from research.rules import Decision
from research.services.reports import least_length

State = ResearchReport.State
Rows = QuerySet[ResearchReport]
Verb = Callable[[ResearchReport], object]


class ReportStateFilter(StateFilter):
    """The states, and apart from them what is public."""

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        if self.value() == "published":
            return queryset.filter(published_at__isnull=False)
        return super().queryset(request, queryset)


@admin.register(ResearchReport)
class ResearchReportAdmin(ReviewAdmin):
    """Reports are written by their authors; staff read, decide, mark and publish."""

    thing, measure = "报告", "份"
    decisions = {Decision.ACCEPT: "已通过", Decision.RETURN: "已退回"}
    decision_form, comment_form = DecisionForm, CommentForm
    template = "admin/research/report_review.html"
    states = [
        (State.SUBMITTED, State.SUBMITTED.label),
        (State.RETURNED, State.RETURNED.label),
        (State.ACCEPTED, State.ACCEPTED.label),
        ("published", "已公开"),
        ALL,
    ]
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
        ReportStateFilter,
        ("kind", ChoicesDropdownFilter),
        ("is_excellent", BooleanRadioFilter),
        ("mentor", AutocompleteSelectFilter),
    ]
    search_fields = ["title", "mentor__name", "mentor__employer", "trip__offering__title"]
    search_help_text = "标题、导师姓名、工作单位、调研活动"
    actions = ["accept", "send_back", "praise", "unpraise", "publish", "hide"]

    def get_queryset(self, request: HttpRequest) -> Rows:
        """A draft, and what was taken back, is the author's alone."""
        return super().get_queryset(request).handed_in().for_lines()

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

    def facts(self, row: ResearchReport, may_change: bool) -> dict[str, object]:
        pictures, papers = selectors.pictures_and_papers(row)
        return {
            "report": row,
            "least": least_length(),
            "pictures": pictures,
            "papers": papers,
            "steps": selectors.steps_of(row),
            "others": selectors.other_reports(row),
            "can_show": row.state == State.ACCEPTED and may_change,
        }

    def act(self, request: HttpRequest, row: ResearchReport) -> HttpResponse | None:
        """Mark, unmark, publish or hide an accepted report, and stay on its page."""
        if "act" not in request.POST:
            return None
        found = _verbs(request).get(request.POST["act"])
        if found:
            verb, done = found
            do_each(self, request, [row], verb, done)
        return redirect("admin:research_researchreport_change", row.pk)

    def decide(self, row: ResearchReport, **step: object) -> None:
        services.decide_report(report=row, **step)

    def next_waiting(self, row: ResearchReport) -> tuple[ResearchReport | None, int]:
        return selectors.next_waiting(after=row)

    @action(description="通过所选报告", permissions=["change"])
    def accept(self, request: HttpRequest, queryset: Rows) -> None:
        self.decide_each(request, queryset, Decision.ACCEPT)

    @action(description="退回所选报告（请导师修改）", permissions=["change"])
    def send_back(self, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
        return self.ask_why(request, queryset, Decision.RETURN, action_name="send_back", word="退回修改")

    @action(description="评为优秀报告", permissions=["change"])
    def praise(self, request: HttpRequest, queryset: Rows) -> None:
        self._do_each(request, queryset, "praise")

    @action(description="取消优秀报告", permissions=["change"])
    def unpraise(self, request: HttpRequest, queryset: Rows) -> None:
        self._do_each(request, queryset, "unpraise")

    @action(description="公开所选报告", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: Rows) -> None:
        self._do_each(request, queryset, "publish")

    @action(description="撤下所选报告（不再公开）", permissions=["change"])
    def hide(self, request: HttpRequest, queryset: Rows) -> None:
        self._do_each(request, queryset, "hide")

    def _do_each(self, request: HttpRequest, queryset: Rows, act: str) -> None:
        verb, done = _verbs(request)[act]
        do_each(self, request, queryset, verb, done)


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
