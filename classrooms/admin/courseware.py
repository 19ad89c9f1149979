"""The staff's pages about what classes leave behind (课件)."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display

from classrooms.models import Courseware, SimilarPair
from mentor_portal.accounts.staff import UnitAdmin
from mentor_portal.wording import moment
from mentors.models import Category


class YearFilter(DropdownFilter):
    title = "年度"
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        years = Courseware.objects.order_by("-year").values_list("year", flat=True).distinct()
        return [(str(year), f"{year} 年") for year in years]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Courseware]) -> QuerySet[Courseware]:
        year = self.value()
        return queryset.filter(year=int(year)) if year and year.isdecimal() else queryset


class CategoryFilter(DropdownFilter):
    """The category of the class, or of the topic."""

    title = "类别"
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(str(pk), name) for pk, name in Category.objects.values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Courseware]) -> QuerySet[Courseware]:
        category = self.value()
        if not category or not category.isdecimal():
            return queryset
        return queryset.filter(Q(session__category=category) | Q(application__category=category))


class StandingFilter(DropdownFilter):
    title = "状态"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("standing", "正常"), ("withdrawn", "已撤下"), ("plagiarised", "认定抄袭")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Courseware]) -> QuerySet[Courseware]:
        match self.value():
            case "standing":
                return queryset.standing()
            case "withdrawn":
                return queryset.filter(withdrawn_at__isnull=False)
            case "plagiarised":
                return queryset.plagiarised()
        return queryset


@admin.register(Courseware)
class CoursewareAdmin(UnitAdmin):
    """Courseware is the mentors' own: staff read it and take it along."""

    list_display = ["title", "mentor", "about", "audience", "newest", "reading", "year", "standing"]
    list_filter = [
        YearFilter,
        ("audience", ChoicesDropdownFilter),
        CategoryFilter,
        StandingFilter,
        ("mentor", AutocompleteSelectFilter),
    ]
    list_filter_submit = True
    list_per_page = 50
    search_fields = ["title", "mentor__name", "session__offering__title", "application__title"]
    search_help_text = "标题、导师姓名、课堂、主题"
    fields = ["title", ("mentor", "year"), "session", "application", "audience", "created_at", "standing"]
    change_form_outer_after_template = "admin/classrooms/courseware_versions.html"

    class Media:
        css = {"all": ["css/admin-topics.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Courseware]:
        plagiarised = Q(pk__in=Courseware.objects.plagiarised().values("pk"))
        return super().get_queryset(request).for_lines().annotate(is_plagiarised=plagiarised)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Courseware | None = None) -> bool:
        return False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the versions below, and to the province what they resemble."""
        context = {
            "pairs": _pairs_of(object_id) if request.user.is_provincial else [],
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, context)

    @display(description="课堂或主题")
    def about(self, courseware: Courseware) -> str:
        return str(courseware.session or courseware.application)

    @display(description="最新版本")
    def newest(self, courseware: Courseware) -> str:
        current = courseware.current
        return f"第 {current.number} 版 · {moment(current.uploaded_at)}" if current else "—"

    @display(description="文字读取", label={"等待读取": "warning", "已读取": "success", "读取失败": "danger"})
    def reading(self, courseware: Courseware) -> str:
        current = courseware.current
        return current.get_reading_display() if current else "—"

    @display(description="状态", label={"正常": "success", "认定抄袭": "danger"})
    def standing(self, courseware: Courseware) -> str:
        if courseware.is_plagiarised:
            return "认定抄袭"
        return "已撤下" if courseware.withdrawn_at else "正常"


def _pairs_of(courseware_id: str) -> QuerySet[SimilarPair]:
    """What the courseware was found to resemble, the most alike first."""
    if not courseware_id.isdecimal():
        return SimilarPair.objects.none()
    return SimilarPair.objects.filter(version__courseware=courseware_id).for_lines().order_by("-likeness")
