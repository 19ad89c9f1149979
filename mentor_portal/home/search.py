"""One box for everything: classes, mentors, chains and categories, notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet, Window
from django.utils import timezone

from classrooms.models import ClassSession
from classrooms.selectors import class_cards, coming
from mentor_portal.accounts.models import User
from mentor_portal.notifications.models import Notice
from mentor_portal.reservations.selectors import Card
from mentor_portal.wording import search_words
from mentors.models import Category, IndustrialChain, Mentor
from mentors.selectors import MentorCard, card_of

CLASSES, PAST, MENTORS, NOTICES = 6, 4, 8, 5


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the words lead to, the first few of each kind with how many there are."""

    categories: Sequence[Category]
    chains: Sequence[IndustrialChain]
    mentors: Sequence[MentorCard]
    mentor_count: int
    classes: Sequence[Card]
    class_count: int
    past: Sequence[Card]
    notices: Sequence[Notice]
    notice_count: int

    @property
    def is_nothing(self) -> bool:
        return not (
            self.categories or self.chains or self.mentors or self.classes or self.past or self.notices
        )


def search(text: str, *, person: User | AnonymousUser, at: datetime) -> Found | None:
    """Return what the public finds by the words of a text, in a fixed number of queries.

    Returns nothing where the text has no word.
    """
    if not search_words(text):
        return None
    mentors = Mentor.objects.listed(timezone.localdate(at)).matching(text)
    sessions = ClassSession.objects.matching(text)
    soon, class_count = _first(coming(sessions, at).for_cards(), CLASSES)
    cards = class_cards([*soon, *_past(sessions, at)], person=person, at=at)
    some_mentors, mentor_count = _first(mentors.with_headline().in_directory_order(), MENTORS)
    notices, notice_count = _first(Notice.objects.published().matching(text).in_order(), NOTICES)
    return Found(
        categories=list(Category.objects.named(text)),
        chains=list(IndustrialChain.objects.named(text).select_related("category")),
        mentors=[card_of(mentor) for mentor in some_mentors],
        mentor_count=mentor_count,
        classes=cards[: len(soon)],
        class_count=class_count,
        past=cards[len(soon) :],
        notices=notices,
        notice_count=notice_count,
    )


def _first(found: QuerySet, most: int) -> tuple[list, int]:
    """Return the first rows, and how many there are in all, in one query."""
    rows = list(found.annotate(in_all=Window(Count("pk")))[:most])
    return rows, rows[0].in_all if rows else 0


def _past(sessions: QuerySet[ClassSession], at: datetime) -> list[ClassSession]:
    """Return the classes that were held last."""
    over = sessions.visible().filter(offering__ends_at__lte=at)
    return list(over.for_cards().order_by("-offering__starts_at", "-pk")[:PAST])
