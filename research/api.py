"""Research as the API shows it: the plan's themes and the reports that are public."""

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from mentor_portal.api.filters import NumberFilter
from mentor_portal.api.views import PublicViewSet
from mentors.api import ChainNameSerializer, MentorNameSerializer
from research.models import ResearchReport, ResearchTheme
from research.models.themes import FIRST_YEAR, LAST_YEAR

TAG = "导师调研"


class ThemeFilter(django_filters.FilterSet):
    year = NumberFilter(label="年度", min_value=FIRST_YEAR, max_value=LAST_YEAR)

    class Meta:
        model = ResearchTheme
        fields = ["year"]


class ThemeSerializer(serializers.ModelSerializer):
    """A month's theme."""

    url = serializers.HyperlinkedIdentityField(view_name="research:theme-detail", help_text="网页地址")
    chains = ChainNameSerializer(many=True)

    class Meta:
        model = ResearchTheme
        fields = [
            *("id", "url", "year", "month", "title", "destination", "introduction", "chains", "published_at"),
        ]


class ReportFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label="类型", choices=ResearchReport.Kind.choices)
    mentor = NumberFilter(label="导师的 id")
    theme = NumberFilter(label="调研主题的 id", field_name="trip__theme")

    class Meta:
        model = ResearchReport
        fields = ["kind", "mentor", "theme"]


class ReportSerializer(serializers.ModelSerializer):
    """A report that is public."""

    url = serializers.HyperlinkedIdentityField(view_name="research:report-detail", help_text="网页地址")
    mentor = MentorNameSerializer()
    theme = serializers.IntegerField(
        source="trip.theme_id", allow_null=True, default=None, help_text="调研主题的 id"
    )
    length = serializers.IntegerField(help_text="字数")

    class Meta:
        model = ResearchReport
        fields = [
            *("id", "url", "kind", "theme", "title", "body", "length", "mentor"),
            *("is_excellent", "published_at"),
        ]


@extend_schema(tags=[TAG])
class ThemeViewSet(PublicViewSet):
    """每月一个的调研主题，新的在前。"""

    queryset = ResearchTheme.objects.published().prefetch_related("chains").order_by("-year", "-month")
    serializer_class = ThemeSerializer
    filterset_class = ThemeFilter


@extend_schema(tags=[TAG])
class ReportViewSet(PublicViewSet):
    """已公开的调研报告，优秀的在前。"""

    queryset = ResearchReport.objects.published().in_public_order().select_related("mentor", "trip")
    serializer_class = ReportSerializer
    filterset_class = ReportFilter
    orderings = {
        "published_at": ("published_at", "pk"),
        "-published_at": ("-published_at", "-pk"),
    }
