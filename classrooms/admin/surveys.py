"""The staff's pages about the survey after classes: its questions by year, and what classes were told."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import RangeDateTimeFilter, RelatedDropdownFilter
from unfold.decorators import display

from classrooms import selectors, services
from classrooms.models import Questionnaire, QuestionnaireItem, SurveyResult
from classrooms.models.surveys import ITEMS
from mentor_portal.accounts.staff import StrictAdmin, UnitAdmin, do_each
from mentor_portal.wording import span


class ItemFormSet(BaseInlineFormSet):
    """The five items in their order, which is that of the lines."""

    def _construct_form(self, i: int, **kwargs: Any) -> ModelForm:
        form = super()._construct_form(i, **kwargs)
        form.instance.position = i + 1
        return form


class ItemInline(TabularInline):
    model = QuestionnaireItem
    formset = ItemFormSet
    fields = ["text"]
    extra = 0
    min_num = max_num = ITEMS
    validate_min = True
    can_delete = False
    verbose_name_plural = "五道题，每题 20 分"

    def has_change_permission(self, request: HttpRequest, obj: Questionnaire | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_answered)

    def has_add_permission(self, request: HttpRequest, obj: Questionnaire | None = None) -> bool:
        return super().has_add_permission(request, obj) and not (obj and obj.is_answered)


@admin.register(Questionnaire)
class QuestionnaireAdmin(StrictAdmin):
    """A questionnaire is changed until the first answer; the next year's is a copy of it."""

    list_display = ["__str__", "introduction", "is_fixed"]
    fields = ["year", "introduction"]
    inlines = [ItemInline]
    actions = ["copy_to_next_year"]

    def has_change_permission(self, request: HttpRequest, obj: Questionnaire | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_answered)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    @display(description="已有答卷，不能再改", boolean=True)
    def is_fixed(self, row: Questionnaire) -> bool:
        return row.has_results

    def get_queryset(self, request: HttpRequest) -> QuerySet[Questionnaire]:
        return super().get_queryset(request).with_has_results()

    @admin.action(description="复制为下一年的问卷", permissions=["add"])
    def copy_to_next_year(self, request: HttpRequest, rows: QuerySet[Questionnaire]) -> None:
        """Copy to the year after this one, or after the questionnaire's own where that is later."""
        this_year = timezone.localdate().year

        def copy(row: Questionnaire) -> None:
            to_year = max(row.year, this_year) + 1
            services.copy_questionnaire(questionnaire=row, to_year=to_year, by=request.user)

        do_each(self, request, rows, copy, "已复制 {count} 份问卷，可以修改题目了。")


@admin.register(SurveyResult)
class SurveyResultAdmin(UnitAdmin):
    """What classes were told, read only and without single answers; too few answers are told to nobody."""

    list_display = ["session", "when", "mentors", "answers", "mean"]
    list_filter = [
        ("session__offering__host_unit", RelatedDropdownFilter),
        ("session__offering__starts_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_per_page = 50
    search_fields = ["session__offering__title", "session__mentors__name"]
    search_help_text = "课堂标题、导师姓名"

    class Media:
        css = {"all": ["css/admin-topics.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[SurveyResult]:
        rows = super().get_queryset(request).select_related("session__offering")
        return rows.prefetch_related("session__mentors")

    def get_ordering(self, request: HttpRequest) -> list[str]:
        return ["-session__offering__starts_at", "-pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SurveyResult | None = None) -> bool:
        return False

    @display(description="时间", ordering="session__offering__starts_at")
    def when(self, row: SurveyResult) -> str:
        return span(row.session.offering.starts_at, row.session.offering.ends_at)

    @display(description="导师")
    def mentors(self, row: SurveyResult) -> str:
        return "、".join(each.name for each in row.session.mentors.all())

    @display(description="平均分（满分 100）")
    def mean(self, row: SurveyResult) -> str:
        mean = selectors.mean_shown(row)
        return f"满 {selectors.fewest_shown()} 份后显示" if mean is None else str(mean)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show what may be told of a class; nothing of the row itself."""
        if not self.has_view_permission(request) or request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": f"{row.session.title}的问卷结果",
            "opts": self.opts,
            "original": row,
            "when": self.when(row),
            "mentors": self.mentors(row),
            "row": row,
            "survey": selectors.survey_shown(row),
            "fewest": selectors.fewest_shown(),
        }
        return TemplateResponse(request, "admin/classrooms/survey_result.html", context)
