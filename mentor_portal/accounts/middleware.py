"""What stands between staff and their pages until they have a second factor."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


class StaffSecondFactorMiddleware:
    """Sends staff without a second factor to set one up, where the setting makes it compulsory."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_SECOND_FACTOR_REQUIRED and self._is_missing(request):
            messages.warning(request, "进入管理后台和签到台前，请先设置两步验证。")
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _is_missing(self, request: HttpRequest) -> bool:
        if not request.path_info.startswith((reverse("admin:index"), reverse("reservations:desk-list"))):
            return False
        user = request.user
        return user.is_authenticated and user.is_staff and not is_mfa_enabled(user)
