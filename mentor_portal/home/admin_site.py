"""The staff's site: Django's admin in the portal's look, behind the portal's own sign-in."""

from collections.abc import Callable

from allauth.account.decorators import secure_admin_login
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponseBase
from unfold.sites import UnfoldAdminSite

View = Callable[..., HttpResponseBase]


class PortalAdminSite(UnfoldAdminSite):
    """Every page of it carries the admin's own, wider content security policy.

    Who is not signed in is sent to the portal's sign-in, with its rate limits and second factor;
    who is signed in and no staff gets a 403.
    """

    empty_value_display = "—"

    @property
    def pages(self) -> dict[str, ModelAdmin]:
        """What is registered, by the label of its model."""
        return {model._meta.label: page for model, page in self._registry.items()}

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        widened = csp_replace(settings.ADMIN_CONTENT_SECURITY_POLICY)(view)
        return super().admin_view(widened, cacheable)

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponseBase:
        return secure_admin_login(super().login)(request, extra_context)
