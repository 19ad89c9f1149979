"""One-to-ones that can be booked as the API shows them, and booking one."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consultations import services
from consultations.filters import SlotFilter
from consultations.forms.bookings import SlotForm
from consultations.models import ConsultationShift, ConsultationSlot, ConsultationSlotQuerySet
from mentor_portal.accounts.models import User
from mentor_portal.api.fields import Text
from mentor_portal.api.filters import DaysFilter, NumberFilter
from mentor_portal.api.views import PublicViewSet
from mentor_portal.reservations.api import (
    TAG,
    BookingSerializer,
    BookingViewSet,
    ReservationSerializer,
    SeatsSerializer,
)
from mentor_portal.reservations.selectors import place_of
from mentor_portal.reservations.services import Outcome
from mentors.api import MentorNameSerializer


class BookableFilter(DaysFilter, SlotFilter):
    """The filters of 约咨询, and days; units and mentors by their number, of which any may be asked for."""

    kind = django_filters.ChoiceFilter(
        label="咨询室", field_name="shift__kind", choices=ConsultationShift.Kind.choices
    )
    unit = NumberFilter(label="承办单位的 id", field_name="shift__host_unit")
    mentor = NumberFilter(label="导师的 id", field_name="shift__mentor")


class SlotSerializer(serializers.ModelSerializer):
    """A time at which a mentor talks with one person."""

    id = serializers.IntegerField(source="pk")
    url = serializers.HyperlinkedIdentityField(view_name="consultations:slot-detail", help_text="网页地址")
    kind = serializers.ChoiceField(ConsultationShift.Kind.choices, source="shift.kind", help_text="咨询室")
    starts_at = serializers.DateTimeField(source="offering.starts_at")
    ends_at = serializers.DateTimeField(source="offering.ends_at")
    place = serializers.SerializerMethodField(help_text="如：长沙 · 职业咨询室一")
    needs_approval = serializers.BooleanField(
        source="offering.needs_approval", help_text="预约后须工作人员审核"
    )
    seats = SeatsSerializer(source="offering")
    mentor = MentorNameSerializer(source="shift.mentor")

    class Meta:
        model = ConsultationSlot
        fields = ["id", "url", "kind", "starts_at", "ends_at", "place", "needs_approval", "seats", "mentor"]

    def get_place(self, slot: ConsultationSlot) -> str:
        return place_of(slot.offering)


@extend_schema(tags=["一对一咨询"])
class SlotViewSet(PublicViewSet):
    """现在可以预约或候补的咨询时段，最近的在前。"""

    queryset = ConsultationSlot.objects.all()
    serializer_class = SlotSerializer
    filterset_class = BookableFilter
    lookup_field = "offering__pk"
    orderings = {
        "starts_at": ("offering__starts_at", "pk"),
        "-starts_at": ("-offering__starts_at", "-pk"),
    }

    def get_queryset(self) -> QuerySet[ConsultationSlot]:
        rows: ConsultationSlotQuerySet = super().get_queryset()
        return rows.bookable(timezone.now()).for_cards().order_by("offering__starts_at", "pk")


class SlotBookingSerializer(BookingSerializer):
    question = Text(max_length=200, help_text="用一句话写明想咨询什么")


@extend_schema(tags=[TAG])
class SlotBookingViewSet(BookingViewSet):
    """Booking a one-to-one, or a place in its queue."""

    queryset = ConsultationSlot.objects.select_related("offering")
    serializer_class = SlotBookingSerializer
    form_class = SlotForm
    lookup_field = "offering__pk"

    @extend_schema(responses={201: ReservationSerializer, 200: ReservationSerializer})
    def create(self, request: Request, id: str) -> Response:
        """预约一对一咨询；约满时进入候补，高端人才洽谈待审核。重复预约返回原来那一条（200）。"""
        return super().create(request, id)

    def book(self, wanted: ConsultationSlot, said: dict[str, Any], person: User) -> Outcome:
        return services.book_slot(
            slot=wanted, person=person, question=said["question"], by=person, at=timezone.now()
        )
