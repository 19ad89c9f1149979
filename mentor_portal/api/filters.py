"""Filters and orders of a list: those of the pages, and nothing that is not known."""

from datetime import date

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.extensions import OpenApiFilterExtension
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

from mentor_portal.api.problems import BadParameter
from mentor_portal.moments import midnight

LARGEST_ID = 2**63 - 1
# Days outside of these have no moment in every time zone, and nothing is known of them.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
# What no text holds: the database would not take it.
TEXT = "^[^\\u0000]*$"


class Filters(DjangoFilterBackend):
    """A list's filter set, whose wrong values are refused rather than left out."""


class NumberFilter(django_filters.Filter):
    """The rows that have this number; without bounds of its own it is an id of which there may be none."""

    field_class = forms.IntegerField

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"min_value": 1, "max_value": LARGEST_ID, **kwargs})


class DaysFilter(django_filters.FilterSet):
    """The days on which something starts, by Asia/Shanghai; both ends are part of it."""

    since = django_filters.DateFilter(label="从哪一天起", method="by_since", input_formats=["%Y-%m-%d"])
    until = django_filters.DateFilter(label="到哪一天止", method="by_until", input_formats=["%Y-%m-%d"])

    def by_since(self, found: QuerySet, name: str, value: date) -> QuerySet:
        return found.filter(offering__starts_at__gte=midnight(min(max(value, FIRST_DAY), LAST_DAY)))

    def by_until(self, found: QuerySet, name: str, value: date) -> QuerySet:
        after = date.fromordinal(min(max(value, FIRST_DAY), LAST_DAY).toordinal() + 1)
        return found.filter(offering__starts_at__lt=midnight(after))

    @property
    def names_days(self) -> bool:
        """Whether the address says which days it is about."""
        return any(self.form.cleaned_data.get(name) for name in ("since", "until"))


class Ordering(BaseFilterBackend):
    """One of the view's ``orderings``: names as the address has them, and the fields behind each."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: APIView) -> QuerySet:
        name = request.query_params.get("ordering")
        if name is None:
            return queryset
        if name not in view.orderings:
            raise BadParameter("ordering", f"不能这样排序，可用：{'、'.join(view.orderings)}。")
        return queryset.order_by(*view.orderings[name])

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, object]]:
        if not view.orderings:
            return []
        schema = {"type": "string", "enum": list(view.orderings)}
        return [{"name": "ordering", "in": "query", "description": "按什么排序。", "schema": schema}]


class FiltersInDocument(OpenApiFilterExtension):
    """The filters as the OpenAPI document tells them: with the values that are known now."""

    target_class = Filters
    priority = 1

    def get_schema_operation_parameters(self, auto_schema: object, *args: object) -> list[dict[str, object]]:
        filter_set = getattr(auto_schema.view, "filterset_class", None)
        if filter_set is None:
            return []
        return [
            {"name": name, "in": "query", "description": _described(each), "schema": _schema_of(each.field)}
            for name, each in filter_set.base_filters.items()
        ]


def _described(each: django_filters.Filter) -> str:
    return str(each.label or each.field.label or "")


def _schema_of(field: forms.Field) -> dict[str, object]:
    """Return the JSON schema of the values that a form field takes."""
    if isinstance(field, forms.ModelChoiceField):
        slugs = field.queryset.values_list(field.to_field_name, flat=True)
        return {"type": "string", "enum": list(slugs)}
    if isinstance(field, forms.ChoiceField):
        return {"type": "string", "enum": [str(value) for value, _ in field.choices if value]}
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", **_bounds(field)}
    if isinstance(field, forms.DateField):
        return {"type": "string", "format": "date"}
    return {"type": "string", "minLength": 1, "pattern": TEXT}


def _bounds(field: forms.Field) -> dict[str, int]:
    names = {MinValueValidator: "minimum", MaxValueValidator: "maximum"}
    return {names[type(each)]: each.limit_value for each in field.validators if type(each) in names}
