"""The staff's pages about runs of the ranking (排名计算): each as it came out, never changed."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.decorators import display

from evaluation.models import RankingRun
from mentor_portal.accounts.staff import StrictAdmin
from mentor_portal.wording import moment


@admin.register(RankingRun)
class RankingRunAdmin(StrictAdmin):
    """Runs are started from the year's path and by the clock; nothing of them is edited."""

    list_display = [
        "__str__",
        "state_label",
        "result_label",
        "mentor_count",
        "started",
        "ended",
    ]
    list_filter = [("year", RelatedDropdownFilter), ("state", ChoicesDropdownFilter)]
    list_filter_submit = True
    list_per_page = 50
    list_select_related = ["year", "started_by"]
    fields = [
        ("year", "number"),
        ("state_label", "result_label"),
        ("started", "ended"),
        "mentor_count",
        "digest",
        "trouble",
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: RankingRun | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RankingRun | None = None) -> bool:
        return False

    @display(
        description="状态",
        ordering="state",
        label={"排队中": "info", "计算中": "info", "已完成": "success", "出错": "danger"},
    )
    def state_label(self, run: RankingRun) -> str:
        return run.get_state_display()

    @display(description="年度结果", ordering="is_result", label={"年度结果": "success"})
    def result_label(self, run: RankingRun) -> str:
        return "年度结果" if run.is_result else "—"

    @display(description="发起", ordering="created_at")
    def started(self, run: RankingRun) -> str:
        return f"{run.started_by or '定时'} {moment(run.created_at)}"

    @display(description="结束", ordering="ended_at")
    def ended(self, run: RankingRun) -> str:
        return moment(run.ended_at) if run.ended_at else "—"
