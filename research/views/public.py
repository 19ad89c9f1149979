"""What everyone sees of research: the year's plan, coming trips, published reports."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from research import selectors
from research.models import ResearchTheme, ResearchTrip
from research.rules import paragraphs

PAGE_SIZE = 20
REPORTS_ON_HOME = 6
TRIPS_ON_HOME = 10


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The plan of a year by months, what can be signed up for, and the reports that are public."""
    at, today = timezone.now(), timezone.localdate()
    years = selectors.years_with_a_plan(request.user)
    year = _year_from(request.GET.get("year", ""), years, today.year)
    reports = list(selectors.published_reports()[: REPORTS_ON_HOME + 1])
    trips = ResearchTrip.objects.coming(at).for_cards()[:TRIPS_ON_HOME]
    context = {
        "section": "research",
        "year": year,
        "years": [{"number": each, "is_on": each == year} for each in years],
        "months": selectors.months_of(year, request.user, today.month if year == today.year else None),
        "trips": selectors.trip_cards(trips, person=request.user, at=at),
        "reports": reports[:REPORTS_ON_HOME],
        "has_more_reports": len(reports) > REPORTS_ON_HOME,
    }
    return render(request, "research/home.html", context)


@require_GET
def theme_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One month's theme, its trips, and the public reports about them."""
    at = timezone.now()
    themes = ResearchTheme.objects.visible_to(request.user).prefetch_related("chains")
    theme = get_object_or_404(themes, pk=pk)
    trips = ResearchTrip.objects.visible_to(request.user).filter(theme=theme).for_cards()
    context = {
        "section": "research",
        "theme": theme,
        "plan_url": f"{reverse('research:home')}?year={theme.year}",
        "chains": [chain.short_name for chain in theme.chains.all()],
        "paragraphs": paragraphs(theme.introduction),
        "trips": selectors.trip_cards(trips.order_by("-offering__starts_at"), person=request.user, at=at),
        "reports": selectors.published_reports().filter(trip__theme=theme)[:PAGE_SIZE],
    }
    return render(request, "research/theme_detail.html", context)


@require_GET
def published_list(request: HttpRequest) -> HttpResponse:
    """Every published report, the excellent ones first."""
    page = Paginator(selectors.published_reports(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"section": "research", "page_obj": page, "reports": page.object_list}
    return render(request, "research/published_list.html", context)


def _year_from(asked: str, years: list[int], this_year: int) -> int:
    """Return the year asked for where it has a plan, else this year or the latest that has one."""
    if asked.isdecimal() and len(asked) == 4 and int(asked) in years:
        return int(asked)
    return this_year if this_year in years or not years else years[0]
