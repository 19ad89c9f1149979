"""The staff's pages about the 两优: the year with its parameters and both rubrics."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm, Textarea
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.urls import path as url
from django.utils import timezone
from django.utils.html import format_html
from unfold.admin import TabularInline
from unfold.decorators import action, display

from evaluation import services
from evaluation.admin.exports import matrix_export
from evaluation.admin.panel_page import panel_page
from evaluation.admin.path_page import path_page
from evaluation.models import EvaluationYear, RubricItem
from evaluation.rules.rubrics import scattered_group
from evaluation.selectors.years import current_year
from mentor_portal.accounts.staff import StrictAdmin
from mentor_portal.errors import DomainError


class RubricFormSet(BaseInlineFormSet):
    """The rows of one rubric, whose groups stand together."""

    rubric: RubricItem.Rubric

    def _construct_form(self, i: int, **kwargs: Any) -> ModelForm:
        form = super()._construct_form(i, **kwargs)
        form.instance.rubric = self.rubric
        return form

    def clean(self) -> None:
        super().clean()
        rows = [form.cleaned_data for form in self.forms if self._stays(form)]
        if not rows:
            raise ValidationError("评分标准至少要有一项。")
        in_order = sorted(rows, key=lambda row: row.get("position") or 0)
        group = scattered_group(row.get("group", "") for row in in_order)
        if group:
            raise ValidationError(f"“{group}”的各项没有排在一起，请调整顺序的数字。")

    def _stays(self, form: ModelForm) -> bool:
        is_filled = hasattr(form, "cleaned_data") and bool(form.cleaned_data)
        return is_filled and not self._should_delete_form(form)


class CoursewareFormSet(RubricFormSet):
    rubric = RubricItem.Rubric.COURSEWARE


class MentorFormSet(RubricFormSet):
    rubric = RubricItem.Rubric.MENTOR


class RubricInline(TabularInline):
    """Rows that are changed until the judging begins."""

    model = RubricItem
    fields = ["position", "group", "name", "requirement", "maximum"]
    extra = 0
    hide_title = True
    rows = 2

    def get_queryset(self, request: HttpRequest) -> QuerySet[RubricItem]:
        return super().get_queryset(request).filter(rubric=self.formset.rubric)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Name each box for those who hear the page: the heads of the columns are no labels."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "requirement":
            field.widget = Textarea(attrs={**field.widget.attrs, "rows": self.rows})
        field.widget.attrs["aria-label"] = db_field.verbose_name
        return field

    def has_change_permission(self, request: HttpRequest, obj: EvaluationYear | None = None) -> bool:
        return super().has_change_permission(request, obj) and bool(obj and obj.is_editable)


class CoursewareInline(RubricInline):
    formset = CoursewareFormSet
    verbose_name = "项目"
    verbose_name_plural = "优秀课件评分标准（附件 1）"

    def has_add_permission(self, request: HttpRequest, obj: EvaluationYear | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: EvaluationYear | None = None) -> bool:
        """A row that nobody has judged by may go again."""
        return self.has_change_permission(request, obj)


class MentorInline(RubricInline):
    """Each row is a line of the score card: none comes or goes, a maximum of 0 switches it off."""

    formset = MentorFormSet
    rows = 4
    verbose_name_plural = "优秀职业导师考核标准（附件 2）：分值填 0 即本年度不计这一项"

    def has_add_permission(self, request: HttpRequest, obj: EvaluationYear | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: EvaluationYear | None = None) -> bool:
        return False


@admin.register(EvaluationYear)
class EvaluationYearAdmin(StrictAdmin):
    """A year is opened as a copy of the one before, and changed until its judging begins."""

    list_display = ["__str__", "stage", "way", "maxima", "opened_by", "opened_at"]
    list_select_related = ["opened_by"]
    readonly_fields = ["year", "stage", "maxima", "opened_by", "opened_at"]
    fieldsets = [
        (None, {"fields": [("year", "stage"), "maxima", ("opened_by", "opened_at")]}),
        (
            "评审与名额",
            {
                "fields": [
                    ("min_judges", "trim_extremes", "hides_authors"),
                    ("courseware_awards", "mentor_awards", "judging_due_on"),
                ]
            },
        ),
        (
            "导师计分",
            {
                "fields": [
                    ("class_base", "class_points", "consultation_points"),
                    "below_baseline",
                    ("placement_points", "bonus_points", "report_length"),
                    ("collective_report_points", "free_report_points", "courseware_percent"),
                    ("like_percent", "booking_percent", "survey_percent"),
                ]
            },
        ),
    ]
    inlines = [CoursewareInline, MentorInline]
    actions = ["open_next"]
    actions_detail = ["path", "panel", "matrix"]
    warn_unsaved_form = True

    class Media:
        css = {"all": ["css/admin-topics.css"]}

    def get_urls(self) -> list[URLPattern]:
        """The path of the year that staff are at has an address without a number, for the menu."""
        now = self.admin_site.admin_view(self.path_now)
        return [url("path/", now, name="evaluation_evaluationyear_path_now"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[EvaluationYear]:
        return super().get_queryset(request).with_maxima()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: EvaluationYear | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and not obj.is_editable)

    def has_delete_permission(self, request: HttpRequest, obj: EvaluationYear | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: EvaluationYear, form: ModelForm, change: bool) -> None:
        """Change the year under its lock: judging may have begun since the page was opened."""
        if not EvaluationYear.objects.select_for_update().get(pk=obj.pk).is_editable:
            raise PermissionDenied
        super().save_model(request, obj, form, change)

    @action(description="导出评审矩阵", permissions=["view"], icon="download")
    def matrix(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return matrix_export(request, self.row_or_404(request, object_id))

    @display(description="满分（课件 / 导师）")
    def maxima(self, year: EvaluationYear) -> str:
        return f"{year.courseware_maximum.normalize():f} / {year.mentor_maximum.normalize():f}"

    @admin.action(description="建立下一年度（沿用最近一年的参数和标准）", permissions=["change"])
    def open_next(self, request: HttpRequest, rows: QuerySet[EvaluationYear]) -> None:
        try:
            year = services.open_next_year(by=request.user, at=timezone.now())
        except DomainError as refusal:
            self.message_user(request, str(refusal), "warning")
            return
        self.message_user(request, f"已建立 {year}，可以修改参数和标准了。", "success")

    @display(description="流程")
    def way(self, year: EvaluationYear) -> str:
        address = reverse("admin:evaluation_evaluationyear_path", args=[year.pk])
        link = '<a class="text-primary-600 underline dark:text-primary-500" href="{}">年度流程</a>'
        return format_html(link, address)

    @action(description="年度流程", permissions=["view"], icon="route")
    def path(self, request: HttpRequest, object_id: str) -> HttpResponse:
        year = self.row_or_404(request, object_id)
        return path_page(self, request, year, may_act=self._may_act(request))

    @action(description="评审总览", permissions=["view"], icon="groups")
    def panel(self, request: HttpRequest, object_id: str) -> HttpResponse:
        year = self.row_or_404(request, object_id)
        return panel_page(self, request, year, may_act=self._may_act(request))

    def path_now(self, request: HttpRequest) -> HttpResponse:
        """The path of the year that staff are at."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        year = current_year()
        if year is None:
            raise Http404
        return path_page(self, request, year, may_act=self._may_act(request))

    def _may_act(self, request: HttpRequest) -> bool:
        return super().has_change_permission(request)
