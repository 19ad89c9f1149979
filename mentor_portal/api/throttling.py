"""How often one may ask: by person where signed in, else by network address."""

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


class PortalThrottle(SimpleRateThrottle):
    """``API_RATE`` requests for each person or address, counted for all processes together.

    The address is that of whoever speaks to the outermost of our ``NUM_PROXIES`` proxies; what a
    client itself writes into X-Forwarded-For changes nothing.
    """

    scope = "api"

    def get_rate(self) -> str | None:
        return settings.API_RATE or None

    def get_cache_key(self, request: Request, view: object) -> str:
        user = request.user
        ident = f"person-{user.pk}" if user and user.is_authenticated else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": ident}
