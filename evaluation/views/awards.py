"""两优 as everyone sees it: what is open to objections (公示), what was awarded (定稿), and objecting."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evaluation import errors, services
from evaluation.forms.objections import ObjectionForm
from evaluation.models import EvaluationYear
from evaluation.selectors.honours import objections_by, result_shown, year_rows
from evaluation.selectors.results import shown_years
from mentor_portal.errors import DomainError
from mentor_portal.sent import page_key
from mentor_portal.wording import end_of_day

RAISED = "异议已提交。核实后的答复会在本页和“我的消息”里告诉您。"


@require_safe
def year_list(request: HttpRequest) -> HttpResponse:
    """Every year whose result is shown, the newest first."""
    return render(request, "evaluation/award_list.html", {"section": "awards", "rows": year_rows()})


@require_safe
def year_detail(request: HttpRequest, number: int) -> HttpResponse:
    """The names and ranks of a year; somebody signed in finds the own objections there too."""
    year = _shown(number)
    result = result_shown(year, request.user, timezone.now(), timezone.localdate())
    context = {
        "section": "awards",
        "year": year,
        "result": result,
        "lists": [("优秀课件", "件", result.courseware), ("优秀职业导师", "位", result.mentors)],
        "objections": objections_by(request.user, year),
    }
    return render(request, "evaluation/award_year.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def objection_create(request: HttpRequest, number: int) -> HttpResponse:
    """Object to a result that is shown; what is sent twice from one page is one objection."""
    year = _shown(number)
    if request.method == "GET" and not year.takes_objections(timezone.now()):
        messages.info(request, str(errors.ObjectionsClosed()))
        return redirect(_address(year))
    form = _form(request)
    if form.is_valid() and _raise(request, year, form):
        messages.success(request, RAISED)
        return redirect(f"{_address(year)}#objections")
    context = {
        "section": "awards",
        "year": year,
        "until": end_of_day(year.objections_until),
        "form": form,
        "key": page_key(request),
        "back_url": _address(year),
    }
    return render(request, "evaluation/objection_form.html", context, status=422 if form.errors else 200)


def _shown(number: int) -> EvaluationYear:
    return get_object_or_404(shown_years(), year=number)


def _address(year: EvaluationYear) -> str:
    return reverse("awards:year-detail", args=[year.year])


def _form(request: HttpRequest) -> ObjectionForm:
    if request.method == "POST":
        return ObjectionForm(request.POST)
    return ObjectionForm(initial={"name": request.user.name, "phone": request.user.phone})


def _raise(request: HttpRequest, year: EvaluationYear, form: ObjectionForm) -> bool:
    """Carry the objection out; a refusal stands on the form."""
    try:
        services.raise_objection(
            year=year, by=request.user, at=timezone.now(), key=page_key(request), **form.cleaned_data
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
