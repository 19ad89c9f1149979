"""What every page of the portal needs."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mentor_portal import portal_settings
from mentor_portal.notifications.models import Message
from mentors.models import Mentor

PORTAL_NAME = "职业导师课堂"
ELDER_COOKIE = "elder"

_SITE_WORDS = {
    "organiser": "ORGANISER",
    "telephone": "TELEPHONE",
    "address": "ADDRESS",
    "site_code": "SITE_CODE",
    "icp": "ICP",
    "police": "POLICE",
    "consult_place": "CONSULT_PLACE",
    "consult_hours": "CONSULT_HOURS",
}


def portal(request: HttpRequest) -> dict[str, object]:
    """Return the site's words, the large-face switch, the unread messages and whether a mentor asks.

    Each is looked up when a page asks for it.

    ``kept_seconds`` is for the ``cache`` tag around what every visitor sees alike.
    """
    return {
        "site": SimpleLazyObject(_site),
        "elder": request.COOKIES.get(ELDER_COOKIE) == "1",
        "unread": SimpleLazyObject(lambda: _unread(request)),
        "is_mentor": SimpleLazyObject(lambda: _is_mentor(request)),
        "kept_seconds": lambda: _kept_seconds(request),
    }


def _site() -> dict[str, str]:
    values = portal_settings.read()
    words = {name: str(values[key]) for name, key in _SITE_WORDS.items() if values[key]}
    return {"portal_name": PORTAL_NAME, **words}


def _kept_seconds(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    return 0 if user is None or user.is_authenticated else settings.VISITOR_PAGES_KEPT_SECONDS


def _is_mentor(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated) and Mentor.objects.filter(user=user).exists()


def _unread(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    return Message.objects.of(user).unread().count() if user and user.is_authenticated else 0
