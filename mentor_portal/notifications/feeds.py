"""The public notices as an Atom feed."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.html import linebreaks, urlize
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from mentor_portal import portal_settings
from mentor_portal.feeds import KEPT_SECONDS, NEWEST, Atom, tag
from mentor_portal.notifications.models import Notice


@require_safe
@cache_control(public=True, max_age=KEPT_SECONDS)
@conditional_page
def notice_feed(request: HttpRequest) -> HttpResponse:
    """The latest notices in full."""
    return NoticeFeed()(request)


class NoticeFeed(Feed):
    """Notices have no moment of change: one that staff correct keeps that of its publication."""

    feed_type = Atom
    language = "zh-CN"
    title = "职业导师课堂 · 通知公示"
    link = reverse_lazy("notices:notice-list")
    feed_url = reverse_lazy("notices:notice-feed")

    def feed_guid(self) -> str:
        return tag("notices")

    def author_name(self) -> str:
        return _organiser()

    def items(self) -> list[Notice]:
        newest = Notice.objects.published().order_by("-published_at", "-pk")
        return list(newest.select_related("host_unit")[:NEWEST])

    def item_title(self, notice: Notice) -> str:
        return notice.title

    def item_description(self, notice: Notice) -> str:
        return linebreaks(urlize(notice.body, autoescape=True))

    def item_guid(self, notice: Notice) -> str:
        return tag(f"notice/{notice.pk}")

    def item_pubdate(self, notice: Notice) -> datetime:
        return notice.published_at

    def item_updateddate(self, notice: Notice) -> datetime:
        return notice.published_at

    def item_author_name(self, notice: Notice) -> str:
        return notice.host_unit.name if notice.host_unit else _organiser()


def _organiser() -> str:
    return str(portal_settings.read()["ORGANISER"])
