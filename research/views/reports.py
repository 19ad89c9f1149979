"""A mentor's reports: writing one, amending it, seeing what became of it; and reading one, with its files."""

from functools import partial
from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from mentor_portal import portal_settings
from mentor_portal.errors import DomainError
from mentor_portal.files import DOCUMENTS, file_response, words_for
from mentor_portal.sent import number_in, page_key
from mentors.models import Mentor
from research import errors, selectors, services
from research.forms import ReportForm
from research.models import ReportFile, ResearchReport, ResearchTrip
from research.rules import text_length
from research.services.reports import least_length, refuse_absent

PAGE_SIZE = 20
SENT = "已提交，请等待审核。结果会在“我的消息”里告诉您。"
DRAFT_SAVED = "草稿已保存，可以随时继续写。"
SUBMIT, REMOVE = "submit", "remove-"


@login_required
@require_GET
def report_list(request: HttpRequest) -> HttpResponse:
    """All of one's own reports, the last touched first, and the trips that wait for one."""
    mentor = _mentor(request)
    page = Paginator(selectors.own_reports(mentor), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "section": "desk",
        "page_obj": page,
        "lines": [selectors.report_line(report) for report in page],
        "prompts": selectors.prompts_of(mentor),
    }
    return render(request, "research/report_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    """Begin a report: about a trip that one attended (``?trip=``), or free."""
    mentor = _mentor(request)
    trip = _trip(request, mentor)
    if request.method == "POST":
        return _take(request, mentor, trip=trip, key=page_key(request))
    if trip and (begun := selectors.live_report(mentor, trip)):
        return redirect("research:report-edit" if begun.is_editable else "research:report-detail", begun.pk)
    return _form_page(request, _form(request), trip=trip)


@login_required
@require_http_methods(["GET", "POST"])
def report_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a draft, or amend what was returned."""
    report = _own(request, pk)
    if request.method == "POST":
        return _take(request, report.mentor, report=report)
    if not report.is_editable:
        refusal = errors.ReportNotEditable(title=str(report), state=report.get_state_display())
        messages.error(request, str(refusal))
        return redirect("research:report-detail", pk)
    form = _form(request, initial={"title": report.title, "body": report.body})
    return _form_page(request, form, report=report)


@require_GET
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A report for whoever may read it; its author sees each step of the review beside it."""
    visible = ResearchReport.objects.visible_to(request.user).for_lines()
    report = get_object_or_404(visible.prefetch_related("files"), pk=pk)
    is_own = request.user.is_authenticated and report.mentor.user_id == request.user.pk
    pictures, papers = selectors.pictures_and_papers(report)
    context = {
        "section": "desk" if is_own else "research",
        "report": report,
        "pictures": pictures,
        "papers": papers,
        "is_own": is_own,
        "line": selectors.report_line(report) if is_own else None,
        "steps": selectors.steps_of(report) if is_own else [],
        "can_withdraw": is_own
        and report.state not in (ResearchReport.State.WITHDRAWN, ResearchReport.State.ACCEPTED),
    }
    return render(request, "research/report_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def report_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then take the report back."""
    report = _own(request, pk)
    if request.method == "POST":
        services.withdraw_report(report=report, by=request.user, at=timezone.now())
        word = "已放弃" if report.state == ResearchReport.State.DRAFT else "已撤回"
        messages.success(request, f"{word}，内容仍为您保留。")
        return redirect("research:report-list")
    context = {"section": "desk", "report": report, "line": selectors.report_line(report)}
    return render(request, "research/report_withdraw.html", context)


# Browsers show a PDF file by a plugin of their own.
@require_safe
@csp_replace({"object-src": [SELF]})
def report_file(request: HttpRequest, pk: int, file_pk: int) -> FileResponse:
    """A file of a report, for whoever may read the report."""
    visible = ResearchReport.objects.visible_to(request.user).values("pk")
    files = ReportFile.objects.filter(report__in=visible, report=pk)
    return file_response(get_object_or_404(files, pk=file_pk))


def _mentor(request: HttpRequest) -> Mentor:
    """Return the mentor who asks; for others these pages are not there."""
    return get_object_or_404(Mentor.objects.select_related("user"), user=request.user)


def _own(request: HttpRequest, pk: int) -> ResearchReport:
    """Return one's own report, or 404."""
    own = ResearchReport.objects.filter(mentor__user=request.user).for_lines()
    return get_object_or_404(own.select_related("mentor__user"), pk=pk)


def _trip(request: HttpRequest, mentor: Mentor) -> ResearchTrip | None:
    """Return the trip that the address names; one that the mentor did not attend is not there."""
    if "trip" not in request.GET:
        return None
    asked = number_in(request.GET["trip"])
    trip = get_object_or_404(ResearchTrip.objects.select_related("offering", "theme"), offering__pk=asked)
    try:
        refuse_absent(mentor, trip)
    except errors.TripNotAttended:
        raise Http404 from None
    return trip


def _seen(request: HttpRequest) -> services.Seen:
    """Return what the page says it has last heard of; what htmx sends, nobody has asked for."""
    revision = number_in(request.POST.get("revision", "")) or 0
    return services.Seen(revision=revision, page=page_key(request), is_deliberate=not request.htmx)


def _form(request: HttpRequest, initial: dict[str, object] | None = None) -> ReportForm:
    numbers = portal_settings.read()
    most_mb, most = numbers["REPORT_FILE_MB"], numbers["REPORT_FILES"]
    words = f"{words_for(DOCUMENTS)}，每个不超过 {most_mb} MB，最多 {most} 个。"
    is_sent = request.method == "POST"
    return ReportForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial=initial,
        file_words=words,
    )


def _take(
    request: HttpRequest,
    mentor: Mentor,
    *,
    report: ResearchReport | None = None,
    trip: ResearchTrip | None = None,
    key: UUID | None = None,
) -> HttpResponse:
    """Keep what was written and the files beside it; then hand it in where that was asked for.

    Whatever is refused, the text is kept as a draft first, or stays on the page.
    """
    form, act = _form(request), request.POST.get("act", "")
    kept = _keep(request, form, mentor, report, trip, key) if form.is_valid() else None
    if kept:
        _take_files(request, form, kept, act)
        if act == SUBMIT and not form.errors:
            _hand_in(request, form, kept)
    if request.htmx:
        return _draft_status(request, form, kept)
    if kept is None or form.errors:
        report = kept or report or selectors.begun_report(mentor, trip, key)
        return _form_page(request, form, report=report, trip=trip, status=422)
    if act == SUBMIT:
        messages.success(request, SENT)
        return redirect("research:report-detail", kept.pk)
    messages.success(request, DRAFT_SAVED)
    return redirect("research:report-edit", kept.pk)


def _keep(
    request: HttpRequest,
    form: ReportForm,
    mentor: Mentor,
    report: ResearchReport | None,
    trip: ResearchTrip | None,
    key: UUID | None,
) -> ResearchReport | None:
    """Return what the service kept, or None with the refusal on the form."""
    try:
        return services.save_report(
            mentor=mentor,
            content=form.content(),
            by=request.user,
            at=timezone.now(),
            report=report,
            trip=trip,
            key=key,
            seen=_seen(request),
        )
    except DomainError as refusal:
        _refuse(form, refusal)
    return None


def _take_files(request: HttpRequest, form: ReportForm, report: ResearchReport, act: str) -> None:
    """Hang the chosen files on the report, or take one off; a refusal stands under the field."""
    at, uploads = timezone.now(), form.cleaned_data["uploads"]
    removed = number_in(act.removeprefix(REMOVE)) if act.startswith(REMOVE) else None
    verbs = [
        partial(services.attach_file, report=report, upload=upload, by=request.user, at=at)
        for upload in uploads
    ]
    if removed is not None:
        verbs.insert(0, partial(services.remove_file, report=report, file_pk=removed, by=request.user))
    for verb in verbs:
        try:
            verb()
        except DomainError as refusal:
            form.add_error("uploads", str(refusal))


def _hand_in(request: HttpRequest, form: ReportForm, report: ResearchReport) -> None:
    try:
        services.hand_in_report(report=report, by=request.user, at=timezone.now())
    except DomainError as refusal:
        _refuse(form, refusal)


def _refuse(form: ReportForm, refusal: DomainError) -> None:
    """Put a refusal under the fields that it is about, else above the form."""
    missing = refusal.data.get("missing")
    if missing:
        for field, sentence in missing.items():
            form.add_error(field, sentence)
    else:
        form.add_error(None, ValidationError(str(refusal), code=refusal.code))


def _draft_status(request: HttpRequest, form: ReportForm, kept: ResearchReport | None) -> HttpResponse:
    """The small line that says whether the draft is safe, with what else the page must know now.

    That is the revision, and the list of files where some were sent. Coming back leads to the draft.
    """
    context = {
        "report": kept,
        "form": form,
        "wrong": [sentence for sentences in form.errors.values() for sentence in sentences],
        "has_new_files": bool(request.FILES),
        "files": list(kept.files.all()) if kept and request.FILES else [],
    }
    status = 422 if kept is None else 200
    response = render(request, "research/partials/draft_status.html", context, status=status)
    if kept:
        response["HX-Replace-Url"] = reverse("research:report-edit", args=[kept.pk])
    return response


def _form_page(
    request: HttpRequest,
    form: ReportForm,
    *,
    report: ResearchReport | None = None,
    trip: ResearchTrip | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form; where another window has kept something since, what it kept stands below."""
    is_changed = form.has_error(NON_FIELD_ERRORS, errors.ReportChanged.code)
    context = {
        "section": "desk",
        "form": form,
        "report": report,
        "trip": report.trip if report else trip,
        "key": page_key(request),
        "action": reverse("research:report-edit", args=[report.pk]) if report else request.get_full_path(),
        "files": list(report.files.all()) if report else [],
        "least": least_length(),
        "length": text_length(form["body"].value() or ""),
        "other": report if is_changed else None,
    }
    return render(request, "research/report_form.html", context, status=status)
