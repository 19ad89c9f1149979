"""The year's plan as the public page shows it."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from mentor_portal.accounts.models import User
from research.models import ResearchTheme


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month of the plan; a plan that is not whole has months without a theme."""

    number: int
    theme: ResearchTheme | None
    chains: list[str]
    is_now: bool


def years_with_a_plan(user: User | AnonymousUser) -> list[int]:
    """Return the years of which this person may see a theme, the latest first."""
    themes = ResearchTheme.objects.visible_to(user).order_by("-year")
    return list(themes.values_list("year", flat=True).distinct())


def months_of(year: int, user: User | AnonymousUser, this_month: int | None) -> list[Month]:
    """Return the months of a year's plan that have a theme this person may see."""
    themes = ResearchTheme.objects.visible_to(user).of_year(year).prefetch_related("chains")
    return [
        Month(
            number=theme.month,
            theme=theme,
            chains=[chain.short_name for chain in theme.chains.all()],
            is_now=theme.month == this_month,
        )
        for theme in themes
    ]
