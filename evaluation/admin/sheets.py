"""The staff's pages about the judges' sheets (评分表): who gave what, and returning one."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RelatedDropdownFilter,
)
from unfold.decorators import action, display

from classrooms.admin.words import words_page
from evaluation import services
from evaluation.models import EvaluationYear, ScoreSheet, SheetScore
from evaluation.selectors.judging import is_late
from mentor_portal.accounts.staff import StrictAdmin
from mentor_portal.wording import moment

LATE = "已逾期"


class LateFilter(DropdownFilter):
    title = "逾期"
    parameter_name = "late"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", LATE)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ScoreSheet]) -> QuerySet[ScoreSheet]:
        if self.value() != "yes":
            return queryset
        late = {"year__judging_due_on__lt": timezone.localdate(), "year__stage": EvaluationYear.Stage.JUDGING}
        return queryset.unfinished().filter(**late)


class ScoreInline(TabularInline):
    """The points of each row, as the judge gave them."""

    model = SheetScore
    fields = readonly_fields = ["group", "item_name", "maximum", "points"]
    extra = 0
    hide_title = True
    verbose_name_plural = "各项得分"

    def get_queryset(self, request: HttpRequest) -> QuerySet[SheetScore]:
        return super().get_queryset(request).select_related("item")

    def has_add_permission(self, request: HttpRequest, obj: ScoreSheet | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ScoreSheet | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ScoreSheet | None = None) -> bool:
        return False

    @display(description="指标")
    def group(self, score: SheetScore) -> str:
        return score.item.group

    @display(description="考核内容")
    def item_name(self, score: SheetScore) -> str:
        return score.item.name

    @display(description="分值")
    def maximum(self, score: SheetScore) -> str:
        return f"{score.item.maximum.normalize():f}"


@admin.register(ScoreSheet)
class ScoreSheetAdmin(StrictAdmin):
    """Sheets are the judges' own: staff read them, and give a submitted one back with a reason."""

    list_display = ["subject_label", "judge", "of_year", "state_label", "scored_label", "total", "submitted"]
    list_filter = [
        ("year", RelatedDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("judge", AutocompleteSelectFilter),
        LateFilter,
    ]
    list_filter_submit = True
    list_per_page = 50
    search_fields = [
        "judge__person__name",
        "entry__courseware__title",
        "entry__courseware__mentor__name",
        "mentor__name",
    ]
    search_help_text = "专家、课件标题、导师姓名"
    inlines = [ScoreInline]
    actions_detail = ["send_back"]
    # Its page is the judge's alone.
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ScoreSheet]:
        rows = super().get_queryset(request).with_scored()
        return rows.select_related("year", "judge__person", "entry__courseware__mentor", "mentor")

    def get_fields(self, request: HttpRequest, obj: ScoreSheet | None = None) -> list:
        return [
            ("subject_label", "judge"),
            ("year", "state_label"),
            ("total", "submitted"),
            *(["remark"] if obj and obj.remark else []),
            *(["reason"] if obj and obj.reason else []),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ScoreSheet | None = None) -> bool:
        """The points are the judge's; staff return a sheet by its action."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: ScoreSheet | None = None) -> bool:
        return False

    def has_decide_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return super().has_change_permission(request)

    @display(description="年度", ordering="year__year")
    def of_year(self, sheet: ScoreSheet) -> int:
        return sheet.year.year

    @display(description="评什么", ordering="entry__number")
    def subject_label(self, sheet: ScoreSheet) -> str:
        return _subject(sheet)

    @display(
        description="状态",
        ordering="state",
        label={"待评分": "info", "已提交": "success", "退回修改": "warning", LATE: "danger"},
    )
    def state_label(self, sheet: ScoreSheet) -> str:
        is_overdue = sheet.is_open and is_late(sheet.year, timezone.localdate())
        return LATE if is_overdue else sheet.get_state_display()

    @display(description="已填")
    def scored_label(self, sheet: ScoreSheet) -> str:
        return f"{sheet.scored} 项"

    @display(description="提交", ordering="submitted_at")
    def submitted(self, sheet: ScoreSheet) -> str:
        return moment(sheet.submitted_at) if sheet.submitted_at else "—"

    @action(description="退回修改", permissions=["decide"], icon="undo")
    def send_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        sheet = self.row_or_404(request, object_id)

        def carry_out(reason: str) -> None:
            services.return_sheet(sheet=sheet, reason=reason, by=request.user, at=timezone.now())

        return words_page(
            self,
            request,
            sheet,
            carry_out=carry_out,
            done="已退回，专家修改后要重新提交。",
            form={
                "label": "理由",
                "hint": "专家会看到，并据此修改。",
                "missing": "请写明退回的理由，评审专家会据此修改。",
            },
            words={
                "title": "退回评分表",
                "lead": [f"专家：{sheet.judge}", f"评分表：{_subject(sheet)}"],
                "button": "退回修改",
            },
        )


def _subject(sheet: ScoreSheet) -> str:
    """Return what is judged as staff know it, with its author."""
    if sheet.entry_id is None:
        return f"{sheet.mentor.name} · 课堂组织能力"
    courseware = sheet.entry.courseware
    return f"{sheet.entry.label} · {courseware}（{courseware.mentor.name}）"
