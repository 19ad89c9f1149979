"""Publishing a year's plan to all mentors (notice 三（三）)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from mentor_portal.accounts.models import User
from mentors.models import Mentor
from research import errors
from research.models import ResearchTheme
from research.services import telling


@transaction.atomic
def publish_plan(*, year: int, by: User, at: datetime) -> list[ResearchTheme]:
    """Make the year's themes public and tell every mentor in office; returns those that became so.

    Themes added later are published by doing it again. Raises PlanEmpty, PlanPublished.
    """
    locked = ResearchTheme.objects.select_for_update(no_key=True).of_year(year)
    themes = list(locked)
    if not themes:
        raise errors.PlanEmpty(year=year)
    fresh = [theme for theme in themes if theme.published_at is None]
    if not fresh:
        raise errors.PlanPublished(year=year)
    ResearchTheme.objects.filter(pk__in=[theme.pk for theme in fresh]).update(published_at=at)
    for theme in fresh:
        theme.published_at = at
    mentors = Mentor.objects.appointed(timezone.localtime(at).date())
    telling.tell_plan(year, len(themes), mentors.values_list("user_id", flat=True), at)
    return fresh
