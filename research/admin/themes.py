"""The year's plan: a theme a month, published to all mentors at one stroke."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import action, display

from mentor_portal import portal_settings
from mentor_portal.accounts.staff import StrictAdmin
from mentor_portal.errors import DomainError
from mentor_portal.wording import moment
from research import selectors, services
from research.admin.theme_forms import ThemeForm
from research.models import ResearchTheme
from research.rules import months_without


class YearFilter(DropdownFilter):
    """The years that have a theme."""

    title = "年度"
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: StrictAdmin) -> list[tuple[str, str]]:
        return [(str(year), f"{year} 年") for year in selectors.years_with_a_plan(request.user)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ResearchTheme]) -> QuerySet[ResearchTheme]:
        year = self.value() or ""
        return queryset.filter(year=int(year)) if year.isdecimal() and len(year) == 4 else queryset


@admin.register(ResearchTheme)
class ResearchThemeAdmin(StrictAdmin):
    """Themes are entered month by month; publishing is for the whole year."""

    list_display = ["year", "month_word", "title", "destination", "chain_names", "trip_count", "published"]
    list_display_links = ["year", "title"]
    list_filter = [YearFilter]
    list_per_page = 60
    ordering = ["-year", "month"]
    search_fields = ["title", "destination"]
    search_help_text = "主题、调研单位"
    form = ThemeForm
    fields = [("year", "month"), "title", "destination", "chains", "introduction"]
    warn_unsaved_form = True
    actions_list = ["plan"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ResearchTheme]:
        return super().get_queryset(request).prefetch_related("chains").annotate(many=Count("trips"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, object]:
        """A new theme is for the first month without one: of the year asked for, else of this or the next."""
        year = _year_of(request)
        years = [year] if "year" in request.GET else [year, year + 1]
        gaps = ((each, month) for each in years for month in _months_without(each))
        found, month = next(gaps, (year, None))
        return {"year": found, "month": month}

    def has_delete_permission(self, request: HttpRequest, obj: ResearchTheme | None = None) -> bool:
        return False

    @display(description="月份", ordering="month")
    def month_word(self, theme: ResearchTheme) -> str:
        return theme.get_month_display()

    @display(description="产业链")
    def chain_names(self, theme: ResearchTheme) -> str:
        return "、".join(chain.short_name for chain in theme.chains.all()) or "—"

    @display(description="调研活动", ordering="many")
    def trip_count(self, theme: ResearchTheme) -> int:
        return theme.many

    @display(description="发布", ordering="published_at")
    def published(self, theme: ResearchTheme) -> str:
        return moment(theme.published_at) if theme.published_at else "未发布"

    @action(description="年度方案与微信群文案", permissions=["view"], icon="campaign")
    def plan(self, request: HttpRequest) -> HttpResponse:
        """Show a year's plan with its gaps and the text for the group; publish it when asked to."""
        year = _year_of(request)
        if request.method == "POST" and self.has_change_permission(request):
            return self._publish(request, year)
        themes = list(ResearchTheme.objects.of_year(year).prefetch_related("chains"))
        address = request.build_absolute_uri(f"{reverse('research:home')}?{urlencode({'year': year})}")
        text = selectors.plan_text(year, themes, address=address, places=_places_in_words())
        years = {*selectors.years_with_a_plan(request.user), year, timezone.localdate().year}
        context = {
            **self.admin_site.each_context(request),
            "title": f"{year} 年调研方案",
            "opts": self.opts,
            "year": year,
            "years": sorted(years, reverse=True),
            "themes": themes,
            "gaps": months_without({theme.month for theme in themes}),
            "fresh_count": sum(theme.published_at is None for theme in themes),
            "can_publish": self.has_change_permission(request),
            "text": text,
            "rows": min(text.count("\n") + 2, 24),
        }
        return TemplateResponse(request, "admin/research/plan.html", context)

    def _publish(self, request: HttpRequest, year: int) -> HttpResponse:
        try:
            fresh = services.publish_plan(year=year, by=request.user, at=timezone.now())
        except DomainError as refusal:
            self.message_user(request, str(refusal), "warning")
        else:
            done = f"已发布 {len(fresh)} 个主题，并通知了所有在聘导师。请把下面的文案发到导师群。"
            self.message_user(request, done, "success")
        address = reverse("admin:research_researchtheme_plan")
        return redirect(f"{address}?{urlencode({'year': year})}")


def _year_of(request: HttpRequest) -> int:
    """Return the year that the address names, this year where it names none."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else timezone.localdate().year


def _months_without(year: int) -> list[int]:
    """Return the months of a year that have no theme yet."""
    return months_without(set(ResearchTheme.objects.of_year(year).values_list("month", flat=True)))


def _places_in_words() -> str:
    """Return how many go on each trip: 5–6 位导师."""
    numbers = portal_settings.read()
    least, most = numbers["TRIP_MINIMUM"], numbers["TRIP_CAPACITY"]
    return f"{least}–{most} 位导师" if least < most else f"{most} 位导师"
