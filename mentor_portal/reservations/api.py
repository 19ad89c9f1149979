"""A person's own reservations: reading them, booking, and what can be done with one, by the same services."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import Model, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from mentor_portal.accounts.errors import PhoneMissing
from mentor_portal.accounts.models import User
from mentor_portal.accounts.services import set_name
from mentor_portal.api.fields import Text
from mentor_portal.api.views import OwnViewSet
from mentor_portal.reservations import selectors, services
from mentor_portal.reservations.forms import BookingForm, ExcuseForm
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.selectors import ReservationLine, seats_of
from mentor_portal.reservations.services import Outcome

TAG = "我的预约"
TABS = [("coming", "即将参加"), ("waiting", "候补与待审"), ("past", "历史")]
# What can be done, and the address of a line that says so.
ACTS = ("accept", "decline", "cancel", "excuse")


class SeatsSerializer(serializers.Serializer):
    """How the places of something stand."""

    capacity = serializers.IntegerField(help_text="名额")
    left = serializers.IntegerField(help_text="余位")
    waiting = serializers.IntegerField(help_text="候补人数")
    word = serializers.CharField(help_text="一句话，如：余 12 席")
    action = serializers.ChoiceField(
        ["book", "wait", ""], help_text="现在能做什么：book 预约，wait 候补，空为都不能"
    )

    def to_representation(self, offering: Offering) -> dict[str, object]:
        line = seats_of(offering, timezone.now())
        numbers = {
            "capacity": offering.capacity,
            "left": max(offering.places_left, 0),
            "waiting": offering.waiting_count,
        }
        return {**numbers, "word": line.word, "action": line.action}


class ReservationSerializer(serializers.Serializer):
    """A reservation as its person sees it under 我的预约."""

    id = serializers.IntegerField(source="pk")
    offering = serializers.IntegerField(source="offering_pk", help_text="课堂或咨询时段的 id")
    kind = serializers.ChoiceField(OfferingKind.choices)
    title = serializers.CharField()
    url = serializers.SerializerMethodField(help_text="网页地址")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    place = serializers.CharField()
    state = serializers.ChoiceField(Reservation.State.choices)
    word = serializers.CharField(help_text="状态的说法，如：候补第 3 位")
    next_step = serializers.CharField(help_text="接下来怎么做")
    position = serializers.IntegerField(allow_null=True, help_text="候补第几位")
    offer_expires_at = serializers.DateTimeField(allow_null=True, help_text="递补名额保留至")
    acts = serializers.SerializerMethodField(help_text="现在能做的操作")

    def get_url(self, line: ReservationLine) -> str:
        return self.context["request"].build_absolute_uri(line.url)

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(ACTS)))
    def get_acts(self, line: ReservationLine) -> list[str]:
        return [name for name in ACTS if getattr(line, f"{name}_url")]


class BookingSerializer(serializers.Serializer):
    name = Text(required=False, max_length=30, help_text="姓名，账号还没有姓名时必填")


class ExcuseSerializer(serializers.Serializer):
    reason = Text(max_length=200, help_text="请假原因")


class ReservationFilter(django_filters.FilterSet):
    """The three tabs of the page; without one, all of them, the latest booking first."""

    tab = django_filters.ChoiceFilter(label="哪一类", choices=TABS, method="by_tab")

    class Meta:
        model = Reservation
        fields = ["tab"]

    def by_tab(self, found: QuerySet[Reservation], name: str, value: str) -> QuerySet[Reservation]:
        return selectors.reservations_of(self.request.user, value, timezone.now())


def said_in(form: forms.Form) -> dict[str, Any]:
    """Return what a page's form makes of what was sent. Raises ValidationError with its sentences."""
    if not form.is_valid():
        raise serializers.ValidationError(form.errors)
    return form.cleaned_data


class ReservationAnswers(OwnViewSet):
    """What every operation on one's own reservations answers with."""

    queryset = Reservation.objects.all()

    def own(self) -> QuerySet[Reservation]:
        own = Reservation.objects.of(self.request.user).select_related("offering__venue__host_unit")
        return selectors.with_position(own).order_by("-pk")

    def shown(self, reservations: Sequence[Reservation]) -> list[dict[str, object]]:
        lines = selectors.lines_for(reservations, timezone.now())
        return ReservationSerializer(lines, many=True, context=self.get_serializer_context()).data

    def shown_again(self, reservation: Reservation) -> dict[str, object]:
        """Return a reservation as it is now."""
        return self.shown([self.own().get(pk=reservation.pk)])[0]


@extend_schema(tags=[TAG])
class ReservationViewSet(ReservationAnswers, ListModelMixin, RetrieveModelMixin):
    """登录者本人的预约；别人的预约一律是 404。"""

    serializer_class = ReservationSerializer
    filterset_class = ReservationFilter

    def get_queryset(self) -> QuerySet[Reservation]:
        return self.own()

    def list(self, request: Request) -> Response:
        """本人的预约。"""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.shown(page))

    def retrieve(self, request: Request, id: str) -> Response:
        """本人的一条预约。"""
        return Response(self.shown([self.get_object()])[0])

    @extend_schema(request=None, responses=ReservationSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, id: str) -> Response:
        """确认递补的名额。"""
        return self._done(services.accept(reservation=self.get_object(), **self._by_person()))

    @extend_schema(request=None, responses=ReservationSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, id: str) -> Response:
        """放弃递补的名额。"""
        return self._done(services.decline(reservation=self.get_object(), **self._by_person()))

    @extend_schema(request=None, responses=ReservationSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, id: str) -> Response:
        """取消预约，或退出候补。"""
        return self._done(services.cancel(reservation=self.get_object(), **self._by_person()))

    @extend_schema(request=ExcuseSerializer, responses=ReservationSerializer)
    @action(detail=True, methods=["post"], serializer_class=ExcuseSerializer)
    def excuse(self, request: Request, id: str) -> Response:
        """已不能自行取消时请假。"""
        reservation = self.get_object()
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        said = said_in(ExcuseForm(sent.validated_data))
        return self._done(services.ask_excuse(reservation=reservation, **said, **self._by_person()))

    def _by_person(self) -> dict[str, object]:
        return {"by": self.request.user, "at": timezone.now()}

    def _done(self, reservation: Reservation) -> Response:
        return Response(self.shown_again(reservation))


class BookingViewSet(ReservationAnswers):
    """Books what an address names; an app says what that is, what it asks and which service does it."""

    serializer_class = BookingSerializer
    form_class = BookingForm

    def create(self, request: Request, id: str) -> Response:
        """Book for the person who is signed in. Raises PhoneMissing, and what the service raises."""
        person, wanted = request.user, self.get_object()
        if not person.phone:
            raise PhoneMissing
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        said = said_in(self.form_class(sent.validated_data, person=person))
        if "name" in said:
            set_name(person=person, name=said["name"])
        outcome = self.book(wanted, said, person)
        made = status.HTTP_201_CREATED if outcome.is_new else status.HTTP_200_OK
        return Response(self.shown_again(outcome.reservation), status=made)

    def book(self, wanted: Model, said: dict[str, Any], person: User) -> Outcome:
        raise NotImplementedError
