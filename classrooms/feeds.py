"""The classes as an Atom feed, for readers and for other platforms."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, linebreaks
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from classrooms.filters import SessionFilter, active_filters
from classrooms.models import ClassSession
from classrooms.selectors import coming, share_line
from mentor_portal import portal_settings
from mentor_portal.feeds import KEPT_SECONDS, NEWEST, Atom, tag
from mentor_portal.reservations.models import Offering


@require_safe
@cache_control(public=True, max_age=KEPT_SECONDS)
@conditional_page
def session_feed(request: HttpRequest) -> HttpResponse:
    """The coming classes with the schedule's filters, what was published or changed last first."""
    return SessionFeed()(request)


class SessionFeed(Feed):
    """Its object are the filters of the schedule; what they do not know changes nothing."""

    feed_type = Atom
    language = "zh-CN"

    def get_object(self, request: HttpRequest) -> SessionFilter:
        return SessionFilter(request.GET, queryset=ClassSession.objects.all())

    def title(self, sessions: SessionFilter) -> str:
        words = "、".join(chip.word for chip in active_filters(sessions.chosen))
        return f"职业导师课堂 · 课堂预告（{words}）" if words else "职业导师课堂 · 课堂预告"

    def link(self, sessions: SessionFilter) -> str:
        return reverse("classrooms:session-list") + sessions.query

    def feed_url(self, sessions: SessionFilter) -> str:
        return reverse("classrooms:session-feed") + sessions.query

    def feed_guid(self, sessions: SessionFilter) -> str:
        return tag(f"classes{sessions.query}")

    def author_name(self) -> str:
        return str(portal_settings.read()["ORGANISER"])

    def items(self, sessions: SessionFilter) -> list[ClassSession]:
        said_at = Coalesce("offering__revised_at", "offering__published_at")
        rows = coming(sessions.qs, timezone.now()).filter(offering__published_at__isnull=False)
        return list(rows.for_cards().order_by(said_at.desc(), F("pk").desc())[:NEWEST])

    def item_title(self, session: ClassSession) -> str:
        is_off = session.offering.state == Offering.State.CANCELLED
        return f"已取消：{session.title}" if is_off else session.title

    def item_description(self, session: ClassSession) -> str:
        facts = format_html("<p>{}</p>", share_line(session))
        return facts + linebreaks(session.outline, autoescape=True)

    def item_guid(self, session: ClassSession) -> str:
        return tag(f"class/{session.pk}")

    def item_pubdate(self, session: ClassSession) -> datetime:
        return session.offering.published_at

    def item_updateddate(self, session: ClassSession) -> datetime:
        return session.offering.revised_at or session.offering.published_at

    def item_categories(self, session: ClassSession) -> list[str]:
        return [session.category.name, session.topic_type.name]
