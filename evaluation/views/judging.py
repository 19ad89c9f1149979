"""评审: a judge's own sheets; nobody else's, and none for who is no judge."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from evaluation import errors, services
from evaluation.forms.sheets import RecusalForm, SheetForm
from evaluation.models import EvaluationYear, ScoreSheet
from evaluation.selectors import judging as selectors
from evaluation.selectors.sheets import points_of, rubric_of
from mentor_portal.accounts.models import User
from mentor_portal.errors import DomainError
from mentor_portal.files import file_response
from mentor_portal.sent import number_in
from mentor_portal.wording import clock

PAGE_SIZE = 50
SECTION = "me"
SUBMIT = "submit"
DRAFT_SAVED = "草稿已保存，可以随时继续评。"
RECUSED = "已回避，这一份会另请专家评审。"
INCOMPLETE = "还有没打分的项目，请补全后再提交；已经填的都保存了。"
# After these nothing on the page can be kept any more.
OVER = (errors.JudgingClosed, errors.SheetLocked, errors.SheetNotOwn)


@login_required
@require_GET
def sheet_list(request: HttpRequest) -> HttpResponse:
    """A judge's sheets of a year (``?year=``), what is left first."""
    person = _judge(request)
    years = selectors.judged_years(person)
    year = _year(request, years)
    context = {"section": SECTION, "years": years, "year": year}
    if year:
        late = selectors.is_late(year, timezone.localdate())
        sheets = selectors.sheets_of(person, year)
        page = Paginator(sheets, PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {
            "page_obj": page,
            "groups": selectors.sheet_groups(page, year, late),
            "progress": selectors.progress_of(person, year),
            "following": _following(person, year),
            "is_late": late,
            "is_open": year.stage == EvaluationYear.Stage.JUDGING,
        }
    return render(request, "evaluation/sheet_list.html", context)


# Browsers show a PDF file by a plugin of their own.
@login_required
@require_http_methods(["GET", "POST"])
@csp_replace({"object-src": [SELF]})
def sheet_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The work and its rows; what is sent is kept as a draft first, whatever else is asked for.

    A script that saves while the judge types is answered in JSON.
    """
    sheet = _own(request, pk)
    if request.method == "POST":
        return _take(request, sheet)
    return _sheet_page(request, sheet, _form(sheet))


@login_required
@require_http_methods(["GET", "POST"])
def sheet_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show once more what is going to be submitted, then submit it; it is locked from then on."""
    sheet = _own(request, pk)
    if request.method == "POST":
        return _submit(request, sheet)
    form = _form(sheet)
    if not _is_writable(sheet):
        return redirect(sheet)
    if len(form.kept) < len(form.items):
        messages.error(request, INCOMPLETE)
        return redirect(sheet)
    groups = form.groups()
    context = {
        "section": SECTION,
        "sheet": sheet,
        "groups": groups,
        "total": sum(group.points for group in groups),
        "maximum": sum(group.maximum for group in groups),
    }
    return render(request, "evaluation/sheet_submit.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def sheet_recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Step back from a sheet, with a reason."""
    sheet = _own(request, pk)
    if request.method == "GET" and not _is_writable(sheet):
        return redirect(sheet)
    form = RecusalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        services.recuse(sheet=sheet, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, RECUSED)
        return redirect("judging:sheet-list")
    context = {"section": SECTION, "sheet": sheet, "form": form}
    return render(request, "evaluation/sheet_recuse.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
@xframe_options_sameorigin
@csp_replace({"object-src": [SELF], "frame-ancestors": [SELF]})
def sheet_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file of the courseware, the version that takes part, under a name that tells nobody's."""
    sheet = _own(request, pk)
    if not sheet.entry_id or sheet.state == ScoreSheet.State.RECUSED:
        raise Http404
    version = selectors.file_of(sheet)
    name = selectors.file_name(sheet, version)
    return file_response(version, name=name, is_unsigned=selectors.hides_author(sheet))


def _judge(request: HttpRequest) -> User:
    """Return the judge who asks; for others these pages are not there."""
    if not request.user.is_judge:
        raise Http404
    return request.user


def _own(request: HttpRequest, pk: int) -> ScoreSheet:
    """Return one's own sheet, or 404."""
    own = ScoreSheet.objects.of(_judge(request))
    related = own.select_related("year", "judge__person", "entry__courseware__mentor", "mentor")
    return get_object_or_404(related, pk=pk)


def _year(request: HttpRequest, years: list[EvaluationYear]) -> EvaluationYear | None:
    """Return the year that the address names, else that to be judged; one that is not the judge's is 404."""
    if "year" not in request.GET:
        return selectors.year_to_judge(years)
    asked = number_in(request.GET["year"])
    for year in years:
        if year.year == asked:
            return year
    raise Http404


def _following(person: User, year: EvaluationYear) -> ScoreSheet | None:
    """Return the sheet to go on with while the year is being judged."""
    if year.stage != EvaluationYear.Stage.JUDGING:
        return None
    return selectors.sheets_of(person, year).unfinished().first()


def _is_writable(sheet: ScoreSheet) -> bool:
    return sheet.is_open and sheet.year.stage == EvaluationYear.Stage.JUDGING


def _form(sheet: ScoreSheet, data: object = None) -> SheetForm:
    return SheetForm(data, items=rubric_of(sheet), kept=points_of(sheet), remark=sheet.remark)


def _revision(request: HttpRequest) -> int:
    """Return the revision that the page has last heard of; a page without one has heard of the first."""
    return number_in(request.POST.get("revision", "")) or 0


def _take(request: HttpRequest, sheet: ScoreSheet) -> HttpResponse:
    form = _form(sheet, request.POST)
    form.is_valid()
    try:
        kept = _keep(request, sheet, form)
    except OVER as refusal:
        if _is_of_script(request):
            return JsonResponse({"refused": str(refusal), "is_over": True}, status=422)
        messages.error(request, str(refusal))
        return redirect("judging:sheet-detail", sheet.pk)
    if _is_of_script(request):
        return _draft_status(form, kept)
    if kept and request.POST.get("act") == SUBMIT and form.refuse_missing():
        form.add_error(None, INCOMPLETE)
    if form.errors:
        return _refused_page(request, sheet, form)
    if request.POST.get("act") == SUBMIT:
        return redirect("judging:sheet-submit", sheet.pk)
    messages.success(request, DRAFT_SAVED)
    return redirect(sheet)


def _keep(request: HttpRequest, sheet: ScoreSheet, form: SheetForm) -> ScoreSheet | None:
    """Return what the service kept, or None with the refusal on the form.

    A row in error keeps what it had, so that one wrong number does not cost the others.
    """
    try:
        return services.save_sheet(
            sheet=sheet,
            points=form.points(),
            remark=form.remark_sent(),
            revision=_revision(request),
            by=request.user,
            at=timezone.now(),
        )
    except (errors.SheetChanged, errors.SheetConflicts) as refusal:
        form.add_error(None, ValidationError(str(refusal), code=refusal.code))
    return None


def _is_of_script(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _draft_status(form: SheetForm, kept: ScoreSheet | None) -> JsonResponse:
    """What a page that saves by itself must know: what it has now heard of, and what stands against it."""
    wrong = [sentence for sentences in form.errors.values() for sentence in sentences]
    if kept is None:
        return JsonResponse({"refused": "".join(wrong), "is_over": True}, status=422)
    answer = {"revision": kept.revision, "saved_at": clock(kept.saved_at or timezone.now())}
    if wrong:
        return JsonResponse(answer | {"refused": wrong[0], "is_over": False}, status=422)
    return JsonResponse(answer)


def _refused_page(request: HttpRequest, sheet: ScoreSheet, form: SheetForm) -> HttpResponse:
    """The page with what was typed, beside what is kept by now."""
    now = _own(request, sheet.pk)
    form.kept, form.kept_remark = points_of(now), now.remark
    return _sheet_page(request, now, form, status=422)


def _submit(request: HttpRequest, sheet: ScoreSheet) -> HttpResponse:
    try:
        services.submit_sheet(sheet=sheet, revision=_revision(request), by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("judging:sheet-detail", sheet.pk)
    messages.success(request, f"{sheet.subject} 已提交。")
    return redirect("judging:sheet-list")


def _sheet_page(request: HttpRequest, sheet: ScoreSheet, form: SheetForm, status: int = 200) -> HttpResponse:
    groups = form.groups()
    is_recused = sheet.state == ScoreSheet.State.RECUSED
    tone, word, told = selectors.state_of(sheet)
    context = {
        "section": SECTION,
        "sheet": sheet,
        "form": form,
        "groups": groups,
        "total": sum(group.points for group in groups),
        "maximum": sum(group.maximum for group in groups),
        "is_writable": _is_writable(sheet),
        "is_judging": sheet.year.stage == EvaluationYear.Stage.JUDGING,
        "closed_word": _closed_word(sheet.year),
        "is_late": sheet.is_open and selectors.is_late(sheet.year, timezone.localdate()),
        "is_changed": form.has_error(NON_FIELD_ERRORS, errors.SheetChanged.code),
        "is_recused": is_recused,
        "tone": tone,
        "word": word,
        "told": told,
        "work": selectors.work_of(sheet) if sheet.entry_id and not is_recused else None,
        "lessons": selectors.lessons_of(sheet) if sheet.mentor_id and not is_recused else None,
    }
    return render(request, "evaluation/sheet_detail.html", context, status=status)


def _closed_word(year: EvaluationYear) -> str:
    word = "还没有开始" if year.stage == EvaluationYear.Stage.PREPARATION else "已经结束"
    return f"评审{word}，现在只能查看。"
