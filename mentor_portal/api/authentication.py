"""Who asks: whoever is signed in to the portal in the same browser."""

from django.http import HttpRequest
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

CSRF_MISSING = "请求缺少有效的 CSRF 令牌，请带上请求头 X-CSRFToken。"


class PortalSession(SessionAuthentication):
    """The portal's own session, with its CSRF token at every write; who has none is answered 401."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"

    def enforce_csrf(self, request: HttpRequest) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied:
            raise PermissionDenied(CSRF_MISSING, code="csrf") from None


class PortalSessionScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document names it."""

    target_class = PortalSession
    name = "session"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "在本网站登录后的会话；写操作另需请求头 X-CSRFToken（值即 csrftoken cookie）。",
        }
