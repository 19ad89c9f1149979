"""The figures of the programme for staff (notice 三（二）3): by months, by what one likes, and the chains."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from evaluation.admin.downloads import workbook_download
from evaluation.admin.period_forms import PeriodForm
from evaluation.admin.workbooks.statistics import statistics_workbook
from evaluation.selectors import statistics
from evaluation.selectors.statistics import BY_KEY, DIMENSIONS, Period

MAY_SEE = "classrooms.view_classsession"


@require_safe
@permission_required(MAY_SEE, raise_exception=True)
def figures(request: HttpRequest) -> HttpResponse:
    """Each figure as a whole with its rule, and as bars by one dimension, last year's beside."""
    form = _asked(request)
    context = _context(request, form, "统计分析") | {"dimensions": DIMENSIONS, "by": BY_KEY[form.dimension]}
    if form.is_valid():
        line = statistics.totals(form.period, request.user)
        broken_down = statistics.breakdown(form.period, request.user, BY_KEY[form.dimension])
        context["charts"] = statistics.charts(line, broken_down, request.user)
        context["has_any"] = bool(line.now or line.before)
        context["unconfirmed"] = statistics.unconfirmed(form.period, request.user, timezone.now()).count()
    return TemplateResponse(request, "admin/evaluation/statistics.html", context)


@require_safe
@permission_required(MAY_SEE, raise_exception=True)
def coverage(request: HttpRequest) -> HttpResponse:
    """The 20 chains: who is there, what was held and is to come, what people asked for, where is nothing."""
    form = _asked(request)
    context = _context(request, form, "产业链覆盖")
    if form.is_valid():
        now = timezone.now()
        context["coverage"] = statistics.coverage(form.period, now, timezone.localdate(now))
    return TemplateResponse(request, "admin/evaluation/coverage.html", context)


@require_safe
@permission_required(MAY_SEE, raise_exception=True)
def export(request: HttpRequest) -> HttpResponse:
    """The figures by every dimension as a workbook; where the months are none, the page says so."""
    form = _asked(request)
    if not form.is_valid():
        return figures(request)
    content = statistics_workbook(form.period, by=request.user, at=timezone.now())
    return workbook_download(content, f"职业导师课堂统计（{form.period.words}）.xlsx")


def _asked(request: HttpRequest) -> PeriodForm:
    today = timezone.localdate()
    return PeriodForm(request.GET, years=statistics.years(today), today=today)


def _context(request: HttpRequest, form: PeriodForm, title: str) -> dict[str, Any]:
    context = {**admin.site.each_context(request), "title": title, "form": form}
    if form.is_valid():
        period = form.period
        months = {"year": period.year, "first": period.first_month, "last": period.last_month}
        context |= {"period": period, "months": urlencode(months), "is_open": _is_open(period)}
    return context


def _is_open(period: Period) -> bool:
    """Tell whether the months have not ended: what is counted so far stands beside whole months."""
    return period.ends_at > timezone.now()
