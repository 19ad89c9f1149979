"""The staff's pages about runs of the ranking: the list, one run, a card, the comparison, cancelling."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.decorators import display

from classrooms.admin.words import sure_page
from evaluation import services
from evaluation.admin import run_pages
from evaluation.admin.exports import run_export
from evaluation.models import RankingRun
from mentor_portal.accounts.staff import StrictAdmin
from mentor_portal.errors import DomainError
from mentor_portal.wording import moment

STATE_COLOURS = {"排队中": "info", "计算中": "info", "已完成": "success", "出错": "danger"}


@admin.register(RankingRun)
class RankingRunAdmin(StrictAdmin):
    """A run is read, compared and, while it is under way, cancelled; nothing in it is ever edited."""

    list_display = ["__str__", "state_label", "kind", "mentor_count", "started", "ended"]
    list_filter = [("year", RelatedDropdownFilter), ("state", ChoicesDropdownFilter)]
    list_filter_submit = True
    list_per_page = 50
    list_select_related = ["year", "started_by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RankingRun]:
        return super().get_queryset(request).select_related("year", "started_by", "cancelled_by")

    def get_urls(self) -> list[URLPattern]:
        """Pages beside the run's own."""
        wrap = self.admin_site.admin_view
        name = "evaluation_rankingrun_{}".format
        return [
            path("<int:pk>/progress/", wrap(require_safe(self.progress)), name=name("progress")),
            path("<int:pk>/compare/", wrap(require_safe(self.compare)), name=name("compare")),
            path("<int:pk>/cards/<int:mentor_id>/", wrap(require_safe(self.card)), name=name("card")),
            path("<int:pk>/cancel/", wrap(self.cancel), name=name("cancel")),
            path("<int:pk>/export/", wrap(require_safe(self.export)), name=name("export")),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: RankingRun | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RankingRun | None = None) -> bool:
        return False

    @display(description="状态", ordering="state", label=STATE_COLOURS)
    def state_label(self, run: RankingRun) -> str:
        return run.get_state_display()

    @display(description="用途", ordering="is_result", label={"年度结果": "success"})
    def kind(self, run: RankingRun) -> str:
        return "年度结果" if run.is_result else "草稿" if run.is_draft else "—"

    @display(description="发起", ordering="created_at")
    def started(self, run: RankingRun) -> str:
        return f"{run.started_by or '系统'} {moment(run.created_at)}"

    @display(description="结束", ordering="ended_at")
    def ended(self, run: RankingRun) -> str:
        return moment(run.ended_at) if run.ended_at else "—"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The run as it is; there is nothing to send from it."""
        if request.method == "POST":
            raise PermissionDenied
        run = self._run(request, object_id)
        cancel_url = reverse("admin:evaluation_rankingrun_cancel", args=[run.pk])
        return run_pages.run_page(
            self, request, run, cancel_url=cancel_url if self._may_cancel(request) else ""
        )

    def progress(self, request: HttpRequest, pk: int) -> HttpResponse:
        return run_pages.progress_fragment(request, self._run(request, str(pk)))

    def compare(self, request: HttpRequest, pk: int) -> HttpResponse:
        return run_pages.compare_page(self, request, self._run(request, str(pk)))

    def card(self, request: HttpRequest, pk: int, mentor_id: int) -> HttpResponse:
        return run_pages.card_page(self, request, self._run(request, str(pk)), mentor_id)

    def export(self, request: HttpRequest, pk: int) -> HttpResponse:
        return run_export(request, self._run(request, str(pk)))

    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask whether to cancel a run, and do it."""
        if not self._may_cancel(request):
            raise PermissionDenied
        run = self._run(request, str(pk))
        run_url = reverse("admin:evaluation_rankingrun_change", args=[run.pk])
        if request.method == "POST":
            try:
                services.cancel_run(run=run, by=request.user, at=timezone.now())
            except DomainError as refusal:
                messages.warning(request, str(refusal))
            else:
                messages.success(request, "已取消，没有留下结果。")
            return redirect(run_url)
        return sure_page(
            self,
            request,
            title=f"取消{run}",
            lead=["已经算完的部分会丢弃，年度结果不受影响。"],
            button="取消这次计算",
            back_url=run_url,
        )

    def _run(self, request: HttpRequest, object_id: str) -> RankingRun:
        """Return the run where this person may see runs at all, or 403; without one 404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self.row_or_404(request, object_id)

    def _may_cancel(self, request: HttpRequest) -> bool:
        return super().has_change_permission(request)
