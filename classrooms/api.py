"""Classes as the API shows them, and booking a seat."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from classrooms import services
from classrooms.filters import SessionFilter
from classrooms.models import ClassSession, ClassSessionQuerySet
from mentor_portal.accounts.models import Prefecture, User
from mentor_portal.api.filters import DaysFilter
from mentor_portal.api.views import PublicViewSet
from mentor_portal.reservations.api import TAG, BookingViewSet, ReservationSerializer, SeatsSerializer
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.selectors import place_of
from mentor_portal.reservations.services import Outcome
from mentors.api import (
    CategoryNameSerializer,
    ChainNameSerializer,
    MentorNameSerializer,
    TopicTypeSerializer,
)

# What the public sees: everything but drafts.
STATES = [choice for choice in Offering.State.choices if choice[0] != Offering.State.DRAFT]


class ClassFilter(DaysFilter, SessionFilter):
    """The filters of the schedule, and days; where no days are named, what has not ended."""

    def filter_queryset(self, queryset: ClassSessionQuerySet) -> ClassSessionQuerySet:
        found = super().filter_queryset(queryset)
        return found if self.names_days else found.filter(offering__ends_at__gt=timezone.now())


class SessionSerializer(serializers.ModelSerializer):
    """A class with its time, place and seats."""

    id = serializers.IntegerField(source="pk")
    url = serializers.HyperlinkedIdentityField(view_name="classrooms:session-detail", help_text="网页地址")
    title = serializers.CharField()
    state = serializers.ChoiceField(STATES, source="offering.state")
    cancel_reason = serializers.CharField(source="offering.cancel_reason", help_text="已取消时的原因")
    starts_at = serializers.DateTimeField(source="offering.starts_at")
    ends_at = serializers.DateTimeField(source="offering.ends_at")
    place = serializers.SerializerMethodField(help_text="如：长沙 · 中心二楼课堂")
    prefecture = serializers.ChoiceField(
        Prefecture.choices,
        source="offering.venue.host_unit.prefecture",
        allow_null=True,
        default=None,
        help_text="市州的行政区划代码",
    )
    host_unit = serializers.CharField(source="offering.host_unit.name", help_text="承办单位")
    booking_opens_at = serializers.DateTimeField(source="offering.booking_opens_at")
    booking_closes_at = serializers.DateTimeField(source="offering.booking_closes_at")
    seats = SeatsSerializer(source="offering")
    type = TopicTypeSerializer(source="topic_type")
    category = CategoryNameSerializer()
    chains = ChainNameSerializer(many=True)
    mentors = MentorNameSerializer(many=True)

    class Meta:
        model = ClassSession
        fields = [
            *("id", "url", "title", "state", "cancel_reason", "starts_at", "ends_at", "place", "prefecture"),
            *("host_unit", "booking_opens_at", "booking_closes_at", "seats", "type", "category", "chains"),
            *("mentors", "outline", "audience"),
        ]

    def get_place(self, session: ClassSession) -> str:
        return place_of(session.offering)


@extend_schema(tags=["课堂"])
class SessionViewSet(PublicViewSet):
    """课堂。不写日期时列出还没有结束的，最近的在前；写了 since 或 until 则包括已经结束的。"""

    queryset = ClassSession.objects.visible()
    serializer_class = SessionSerializer
    filterset_class = ClassFilter
    lookup_field = "offering__pk"
    orderings = {
        "starts_at": ("offering__starts_at", "pk"),
        "-starts_at": ("-offering__starts_at", "-pk"),
        "id": ("pk",),
        "-id": ("-pk",),
    }

    def get_queryset(self) -> QuerySet[ClassSession]:
        rows = super().get_queryset().for_cards().select_related("offering__host_unit")
        return rows.prefetch_related("chains").order_by("offering__starts_at", "pk")


@extend_schema(tags=[TAG])
class SessionBookingViewSet(BookingViewSet):
    """Booking a seat, or a place in the queue."""

    queryset = ClassSession.objects.visible().select_related("offering")
    lookup_field = "offering__pk"

    @extend_schema(responses={201: ReservationSerializer, 200: ReservationSerializer})
    def create(self, request: Request, id: str) -> Response:
        """预约课堂；满员时进入候补。重复预约返回原来那一条（200）。"""
        return super().create(request, id)

    def book(self, wanted: ClassSession, said: dict[str, Any], person: User) -> Outcome:
        return services.book_session(session=wanted, person=person, by=person, at=timezone.now())
