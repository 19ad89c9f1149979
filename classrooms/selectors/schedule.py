"""What the schedule, the home page and a session's own page show."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber, TruncDate
from django.shortcuts import get_object_or_404
from django.utils import timezone

from classrooms.models import ClassSession, ClassSessionQuerySet
from mentor_portal.accounts.models import User
from mentor_portal.moments import midnight
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.selectors import Card, cards_for, place_of
from mentor_portal.wording import span

STRIP_DAYS = 14
WEEK_DAYS = 7
# More classes on one day than this are left to the day's own page.
CARDS_A_DAY = 8


@dataclass(kw_only=True)
class DayGroup:
    """The classes of one day, with how many more the day's own page lists."""

    date: date
    cards: list[Card] = field(default_factory=list)
    more_count: int = 0
    more_url: str = ""


def class_cards(
    sessions: Iterable[ClassSession], *, person: User | AnonymousUser, at: datetime
) -> list[Card]:
    """Return the cards of sessions loaded with ``for_cards``."""
    sessions = list(sessions)
    cards = cards_for([session.offering for session in sessions], person=person, at=at)
    for card, session in zip(cards, sessions, strict=True):
        card.mentor_names = [mentor.name for mentor in session.mentors.all()]
        card.category_slug = session.category.slug
        card.category_name = session.category.short_name
        card.type_name = session.topic_type.name
    return cards


def session_for_page(sessions: ClassSessionQuerySet, pk: int) -> ClassSession:
    """Return a session with what its page shows. Raises Http404 where it is not among these."""
    rows = sessions.for_cards().select_related("offering__host_unit", "host_event")
    # By the offering's own number, which may be larger than the database knows; one's pk may not.
    return get_object_or_404(rows, offering__pk=pk)


def session_for_visitors(pk: int, *, kept_seconds: int) -> ClassSession:
    """Return a public session, its seats as they are now and all else at most so many seconds old.

    What was moved or called off meanwhile is never shown as it was. Raises Http404.
    """
    offering = get_object_or_404(Offering.objects.visible(), pk=pk)
    key = f"session-{pk}-{offering.revision}-{offering.state}"
    session = caches["memory"].get(key)
    if session is None:
        session = session_for_page(ClassSession.objects.visible(), pk)
        caches["memory"].set(key, session, kept_seconds)
    offering.venue, offering.host_unit = session.offering.venue, session.offering.host_unit
    session.offering = offering
    return session


def share_line(session: ClassSession) -> str:
    """Return when, where and by whom a class is, in one line; the session is loaded with ``for_cards``."""
    offering = session.offering
    mentors = "、".join(mentor.name for mentor in session.mentors.all())
    facts = [span(offering.starts_at, offering.ends_at), place_of(offering)]
    return "，".join(filter(None, [*facts, f"{mentors} 导师主讲" if mentors else ""])) + "。"


def coming(sessions: ClassSessionQuerySet, at: datetime) -> ClassSessionQuerySet:
    """The public sessions that have not ended, the next one first."""
    return sessions.visible().filter(offering__ends_at__gt=at).order_by("offering__starts_at", "pk")


def counts_by_day(sessions: ClassSessionQuerySet, *, first: date, days: int, at: datetime) -> dict[date, int]:
    """Return how many coming sessions start on each day, in one query."""
    rows = (
        coming(sessions, at)
        .between(midnight(first), midnight(first + timedelta(days=days)))
        .order_by()
        .annotate(day=TruncDate("offering__starts_at"))
        .values_list("day")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def first_of_each_day(
    sessions: ClassSessionQuerySet, *, first: date, days: int, at: datetime
) -> dict[date, list[ClassSession]]:
    """Return the first coming sessions of each day, at most ``CARDS_A_DAY``, loaded for cards."""
    place_in_day = Window(
        RowNumber(),
        partition_by=TruncDate("offering__starts_at"),
        order_by=[F("offering__starts_at"), F("pk")],
    )
    rows = (
        coming(sessions, at)
        .between(midnight(first), midnight(first + timedelta(days=days)))
        .annotate(place_in_day=place_in_day)
        .filter(place_in_day__lte=CARDS_A_DAY)
        .for_cards()
    )
    by_day: dict[date, list[ClassSession]] = {}
    for session in rows:
        by_day.setdefault(timezone.localtime(session.offering.starts_at).date(), []).append(session)
    return by_day
