"""Likes by year and mentor: read here, given and taken back by the people themselves."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from mentor_portal.accounts.staff import StrictAdmin
from mentors.models import Like


class YearFilter(DropdownFilter):
    """The years for which there are likes."""

    title = "年度"
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: StrictAdmin) -> list[tuple[str, str]]:
        years = Like.objects.order_by("-year").values_list("year", flat=True).distinct()
        return [(str(year), f"{year} 年") for year in years]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Like]) -> QuerySet[Like]:
        value = self.value()
        return queryset.of_year(int(value)) if value and value.isdecimal() and len(value) == 4 else queryset


@admin.register(Like)
class LikeAdmin(StrictAdmin):
    list_display = ["mentor", "year", "person_name", "masked_phone", "liked_at"]
    list_filter = [YearFilter]
    list_filter_submit = True
    list_select_related = ["mentor", "person"]
    list_per_page = 50
    search_fields = ["mentor__name", "mentor__employer"]
    search_help_text = "导师姓名、工作单位"
    fields = [("mentor", "year"), ("person_name", "masked_phone"), "liked_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Like | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Like | None = None) -> bool:
        return False

    @display(description="求职者", ordering="person__name")
    def person_name(self, like: Like) -> str:
        return str(like.person)

    @display(description="手机号")
    def masked_phone(self, like: Like) -> str:
        return like.person.masked_phone
