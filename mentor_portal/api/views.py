"""What every resource does alike: which parameters it knows, who may read it, how long it may be kept."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import conditional_page
from rest_framework import status
from rest_framework.exceptions import ParseError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from mentor_portal.api.authentication import PortalSession
from mentor_portal.api.filters import Filters, Ordering
from mentor_portal.api.problems import BadParameter

KEPT_SECONDS = 30


class PortalViewSet(GenericViewSet):
    """A resource whose address has no parameter but those of its document."""

    # Names in the address, and the fields behind each.
    orderings: dict[str, tuple[str, ...]] = {}
    filter_backends = [Filters, Ordering]
    lookup_url_kwarg = "id"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what no parameter may hold, and parameters that the operation does not know."""
        super().initial(request, *args, **kwargs)
        if "\0" in request.path_info:
            raise ParseError("地址中不能有空字符（NUL）。")
        known = self.known_parameters()
        for name, values in request.query_params.lists():
            if name not in known:
                words = f"可用的参数：{'、'.join(known)}。" if known else "这个地址不带参数。"
                raise BadParameter(name, f"没有这个参数，{words}")
            if len(values) > 1:
                raise BadParameter(name, "这个参数只能有一个值。")
            if not values[0]:
                raise BadParameter(name, "这个参数没有值，请填写或者去掉它。")

    def known_parameters(self) -> list[str]:
        """Return the names that the address of this operation may have."""
        if self.action != "list":
            return []
        filter_set = getattr(self, "filterset_class", None)
        names = [*filter_set.base_filters] if filter_set else []
        return [*names, *(["ordering"] if self.orderings else []), "page", "page_size"]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Narrow lists alone: what is asked for by its id is there whatever lists begin with."""
        return super().filter_queryset(queryset) if self.action == "list" else queryset


@method_decorator(conditional_page, name="dispatch")
class PublicViewSet(PortalViewSet, ReadOnlyModelViewSet):
    """What everyone sees, the same for everyone: no session is read, any site may show it."""

    authentication_classes = []
    permission_classes = []

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """按编号读取一项。"""
        return super().retrieve(request, *args, **kwargs)

    def finalize_response(
        self, request: HttpRequest, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        if response.status_code == status.HTTP_200_OK:
            patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
        else:
            # A cache in between must not give one client's refusal to the others.
            add_never_cache_headers(response)
        return response


@method_decorator(never_cache, name="dispatch")
class OwnViewSet(PortalViewSet):
    """What belongs to the person who is signed in."""

    authentication_classes = [PortalSession]
    permission_classes = [IsAuthenticated]
