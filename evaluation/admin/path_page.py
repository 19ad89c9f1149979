"""The way of a year on one page (年度流程): where it stands, what is missing, the next step, the way back."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.admin import ModelAdmin

from evaluation import services
from evaluation.admin.path_forms import AdvanceForm, ChooseForm, ReopenForm
from evaluation.models import EvaluationYear
from evaluation.selectors.path import YearPath, path_of
from mentor_portal.accounts.models import User
from mentor_portal.errors import DomainError
from mentor_portal.wording import end_of_day

Stage = EvaluationYear.Stage
# What comes with entering a stage, said before it is done.
ENTERING = {
    Stage.JUDGING: "进入评审后，参数和评分标准不再改动，评审专家会收到通知。",
    Stage.COMPUTING: "进入计算后，不再接收评分。",
    Stage.REVIEW: "进入复核后，选定一次计算作为年度结果，逐项核对异常情况。",
    Stage.OBJECTIONS: "公示后结果对所有人公开，导师会收到消息；从此不能退回，只能重新计算并更换结果。",
    Stage.FINAL: "定稿后授予优秀课件和优秀职业导师，导师会收到消息，不能再改。",
}


def path_page(page: ModelAdmin, request: HttpRequest, year: EvaluationYear, may_act: bool) -> HttpResponse:
    """Show the way, or take what was asked for and come back; a refusal stands beside its form."""
    if request.method != "POST":
        return _show(page, request, year, may_act)
    if not may_act:
        raise PermissionDenied
    act = request.POST.get("act", "")
    if act == "start":
        return _start(request, year)
    if act not in _ACTS:
        return redirect("admin:evaluation_evaluationyear_path", year.pk)
    form = _forms_of(path_of(year, timezone.now()), request.POST, act)[act]
    if form is not None and _carry_out(request, year, form, _ACTS[act]):
        return redirect("admin:evaluation_evaluationyear_path", year.pk)
    year.refresh_from_db()
    return _show(page, request, year, may_act, {act: form})


def _start(request: HttpRequest, year: EvaluationYear) -> HttpResponse:
    try:
        run = services.start_run(year=year, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:evaluation_evaluationyear_path", year.pk)
    messages.success(request, f"已开始{run}，可以在这里看进度。")
    return redirect("admin:evaluation_rankingrun_change", run.pk)


def _carry_out(
    request: HttpRequest,
    year: EvaluationYear,
    form: forms.Form,
    act: Callable[[EvaluationYear, forms.Form, User], str],
) -> bool:
    if not form.is_valid():
        return False
    try:
        done = act(year, form, request.user)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, done)
    return True


def _advance(year: EvaluationYear, form: forms.Form, by: User) -> str:
    year.refresh_from_db()
    if year.stage == form.cleaned_data["to"]:
        return f"{year.year} 年度已进入“{year.get_stage_display()}”阶段。"
    step = services.advance_year(
        year=year,
        to=form.cleaned_data["to"],
        despite_doubts=form.cleaned_data["seen"],
        by=by,
        at=timezone.now(),
    )
    return f"{year.year} 年度已进入“{step.get_after_display()}”阶段。"


def _reopen(year: EvaluationYear, form: forms.Form, by: User) -> str:
    step = services.reopen_year(year=year, **form.cleaned_data, by=by, at=timezone.now())
    return f"{year.year} 年度已退回到“{step.get_after_display()}”阶段。"


def _choose(year: EvaluationYear, form: forms.Form, by: User) -> str:
    run, reason = form.cleaned_data["run"], form.cleaned_data.get("reason", "")
    services.choose_result(run=run, reason=reason, by=by, at=timezone.now())
    return f"已选定第 {run.number} 次计算为年度结果。"


_ACTS = {"advance": _advance, "reopen": _reopen, "choose": _choose}


def _show(
    page: ModelAdmin,
    request: HttpRequest,
    year: EvaluationYear,
    may_act: bool,
    refused: dict[str, forms.Form | None] | None = None,
) -> TemplateResponse:
    way = path_of(year, timezone.now())
    bound = {name: form for name, form in (refused or {}).items() if form is not None}
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "title": f"{year.year} 年度两优评选流程",
        "way": way,
        "year": year,
        "years": EvaluationYear.objects.order_by("-year"),
        "hint": ENTERING.get(way.following, ""),
        "until": end_of_day(year.objections_until) if year.objections_until else "",
        "may_act": may_act,
        "forms": _forms_of(way) | bound,
        "refused": bound,
    }
    return TemplateResponse(request, "admin/evaluation/path.html", context, status=422 if bound else 200)


def _forms_of(way: YearPath, data: QueryDict | None = None, act: str = "") -> dict[str, forms.Form | None]:
    """Return the forms that this stage has; the one of ``act`` is filled with what was sent."""

    def sent(name: str) -> QueryDict | None:
        return data if name == act else None

    chosen = next((run.pk for run in way.choosable if run.is_result), None)
    reopen = ReopenForm(sent("reopen"), auto_id="reopen-%s", stages=way.earlier)
    return {
        "advance": AdvanceForm(sent("advance"), auto_id="advance-%s", initial={"to": way.following}),
        "reopen": reopen if way.earlier else None,
        "choose": ChooseForm(sent("choose"), auto_id="choose-%s", year=way.year, initial={"run": chosen}),
    }
