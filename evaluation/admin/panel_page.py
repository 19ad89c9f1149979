"""The panel of a year on one page (评审总览): giving out sheets, who is late, how the points lie."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.admin import ModelAdmin

from evaluation import services
from evaluation.models import EvaluationYear
from evaluation.selectors.panel import panel_of
from mentor_portal.errors import DomainError

ALL = "all"


def panel_page(page: ModelAdmin, request: HttpRequest, year: EvaluationYear, may_act: bool) -> HttpResponse:
    """Show the panel, or give out sheets or remind judges and come back."""
    if request.method == "POST":
        if not may_act:
            raise PermissionDenied
        return _act(request, year)
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "title": f"{year.year} 年度评审总览",
        "year": year,
        "panel": panel_of(year, timezone.now()),
        "may_act": may_act,
        "all": ALL,
    }
    return TemplateResponse(request, "admin/evaluation/panel.html", context)


def _act(request: HttpRequest, year: EvaluationYear) -> HttpResponse:
    try:
        if request.POST.get("act") == "assign":
            _assign(request, year)
        elif request.POST.get("act") == "nudge":
            _nudge(request, year, request.POST.get("judge", ""))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:evaluation_evaluationyear_panel", year.pk)


def _assign(request: HttpRequest, year: EvaluationYear) -> None:
    made = services.assign_sheets(year=year, by=request.user, at=timezone.now())
    if made.count:
        of_each = f"课件 {made.of_entries} 份，课堂组织能力 {made.of_mentors} 份"
        messages.success(request, f"新分配 {made.count} 份评分表：{of_each}。")
    elif not made.lacking:
        messages.info(request, "评分表都已经分配好，没有要补的。")
    if made.lacking:
        words = f"还有 {len(made.lacking)} 项评审专家不够，原因见下面的清单。"
        messages.warning(request, words)


def _nudge(request: HttpRequest, year: EvaluationYear, asked: str) -> None:
    judges = year.judges.all()
    if asked != ALL:
        judges = judges.filter(pk=int(asked) if asked.isdecimal() and len(asked) < 16 else None)
    count = services.nudge(year=year, judges=judges, by=request.user, at=timezone.now())
    if count:
        messages.success(request, f"已提醒 {count} 位专家；同一天再按不会重复发送。")
    else:
        messages.info(request, "没有要提醒的专家，评分表都交了。")
