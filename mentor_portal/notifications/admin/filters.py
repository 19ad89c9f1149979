"""Filters of lists about messages."""

from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import DropdownFilter

from mentor_portal.notifications.kinds import all_kinds


class KindFilter(DropdownFilter):
    """Messages of one kind, by the names that staff know."""

    title = "消息"
    parameter_name = "kind"
    path = "kind"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [(str(kind.key), kind.name) for kind in all_kinds()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(**{self.path: self.value()}) if self.value() else queryset


class DeliveryKindFilter(KindFilter):
    path = "message__kind"
