"""Categories, chains and topic types: the words everything else is sorted by."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.decorators import display

from mentors.models import Category, IndustrialChain, TopicType


@admin.register(Category)
class CategoryAdmin(ModelAdmin):
    list_display = ["name", "slug", "position", "is_industrial", "chain_count"]
    search_fields = ["name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        return super().get_queryset(request).annotate(chain_total=Count("chains"))

    @display(description="产业链数", ordering="chain_total")
    def chain_count(self, category: Category) -> int:
        return category.chain_total


@admin.register(IndustrialChain)
class IndustrialChainAdmin(ModelAdmin):
    list_display = ["name", "category", "slug", "position"]
    list_select_related = ["category"]
    list_filter = ["category"]
    search_fields = ["name"]


@admin.register(TopicType)
class TopicTypeAdmin(ModelAdmin):
    list_display = ["name", "slug", "position"]
    search_fields = ["name"]
