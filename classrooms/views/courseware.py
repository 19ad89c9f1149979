"""Courseware: a mentor's own works and their versions, the files, and questions about likeness."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from classrooms import selectors, services
from classrooms.forms.courseware import (
    AnswerForm,
    CoursewareForm,
    DetailsForm,
    UploadLimits,
    VersionForm,
    title_of,
)
from classrooms.models import ClassSession, Courseware, SimilarPair, TopicApplication
from mentor_portal.errors import DomainError
from mentor_portal.files import file_response
from mentor_portal.reservations.views.booking import go
from mentor_portal.sent import number_in, page_key
from mentor_portal.wording import end_of_day
from mentors.models import Mentor

PAGE_SIZE = 20
UPLOADED = "课件已上传。"


@login_required
@require_GET
def courseware_list(request: HttpRequest) -> HttpResponse:
    """All of one's own courseware, what is missing and what is asked first."""
    mentor = _mentor(request)
    page = Paginator(Courseware.objects.of(mentor).for_lines(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "section": "desk",
        "page_obj": page,
        "lines": selectors.own_lines(page, mentor),
        "missing": selectors.missing_of(mentor, timezone.now()),
        "questions": selectors.questions_of(mentor),
    }
    return render(request, "classrooms/courseware_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def courseware_new(request: HttpRequest) -> HttpResponse:
    """Upload a courseware for a class (``?session=``) or a topic (``?topic=``), or choose one."""
    mentor = _mentor(request)
    about = _about(request, mentor)
    form = CoursewareForm(
        *_sent(request), mentor=mentor, about=about, limits=UploadLimits.now(), initial=_initial(about)
    )
    kept = _upload(request, mentor, form) if form.is_valid() else None
    if kept:
        messages.success(request, UPLOADED)
        return go(request, kept.get_absolute_url())
    return _form_page(request, "classrooms/courseware_form.html", form)


@require_GET
@csp_replace({"object-src": [SELF]})
def courseware_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A courseware for whoever may open it; its author also sees how it stands and what can be done."""
    courseware = get_object_or_404(Courseware.objects.visible_to(request.user).for_lines(), pk=pk)
    is_own = request.user.is_authenticated and courseware.mentor.user_id == request.user.pk
    current = courseware.current
    context = {
        "section": "desk" if is_own else "classes",
        "courseware": courseware,
        "mentor": courseware.mentor,
        "line": selectors.own_lines([courseware], courseware.mentor)[0],
        "current": current,
        "preview": selectors.preview_of(current),
        "versions": selectors.openable_versions(request.user, courseware),
        "is_own": is_own,
        "questions": _questions(courseware) if is_own else [],
    }
    return render(request, "classrooms/courseware_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def courseware_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload a new version; the earlier ones stay."""
    courseware = _own(request, pk)
    form = VersionForm(*_sent(request), limits=UploadLimits.now())
    if form.is_valid():
        content = {name: form.cleaned_data[name] for name in ("upload", "note")}
        try:
            version = services.add_version(
                courseware=courseware, is_declared=True, by=request.user, at=timezone.now(), **content
            )
        except DomainError as refusal:
            form.add_error("upload", str(refusal))
        else:
            messages.success(request, f"第 {version.number} 版已上传。")
            return go(request, courseware.get_absolute_url())
    return _form_page(request, "classrooms/courseware_version.html", form, courseware=courseware)


@login_required
@require_http_methods(["GET", "POST"])
def courseware_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the title, and to whom it is shown."""
    courseware = _own(request, pk)
    initial = {"title": courseware.title, "audience": courseware.audience}
    form = DetailsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        services.change_courseware(courseware=courseware, by=request.user, **form.cleaned_data)
        messages.success(request, "已修改。")
        return redirect(courseware)
    return _form_page(request, "classrooms/courseware_edit.html", form, courseware=courseware)


@login_required
@require_http_methods(["GET", "POST"])
def courseware_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then show it to nobody but its author and staff."""
    courseware = _own(request, pk)
    if request.method == "POST":
        services.withdraw_courseware(courseware=courseware, by=request.user, at=timezone.now())
        messages.success(request, "已撤下，需要时可以恢复。")
        return redirect(courseware)
    return render(
        request, "classrooms/courseware_withdraw.html", {"section": "desk", "courseware": courseware}
    )


@login_required
@require_POST
def courseware_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a withdrawn courseware again."""
    courseware = _own(request, pk)
    services.restore_courseware(courseware=courseware, by=request.user)
    messages.success(request, "已恢复。")
    return redirect(courseware)


# Browsers show a PDF file by a plugin of their own, within the page of its courseware too.
@require_safe
@xframe_options_sameorigin
@csp_replace({"object-src": [SELF], "frame-ancestors": [SELF]})
def courseware_file(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """A file of a courseware, for whoever may open it; a version that was replaced is not for everybody."""
    courseware = get_object_or_404(Courseware.objects.visible_to(request.user).for_lines(), pk=pk)
    versions = selectors.openable_versions(request.user, courseware)
    version = next((each for each in versions if each.number == number), None)
    if version is None:
        raise Http404
    return file_response(version)


@login_required
@require_http_methods(["GET", "POST"])
def courseware_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """What staff ask about a courseware that resembles another, and the answer of its mentor.

    Of the other work only the title is told, unless anybody may open it.
    """
    mentor = _mentor(request)
    asked = SimilarPair.objects.filter(version__courseware__mentor=mentor, asked_at__isnull=False)
    pair = get_object_or_404(asked.for_lines(), pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answer = form.cleaned_data["answer"]
        services.answer_pair(pair=pair, answer=answer, by=request.user, at=timezone.now())
        messages.success(request, "说明已提交，认定结果会在“我的消息”里告诉您。")
        return redirect("classrooms:courseware-pair", pk)
    other = pair.earlier.courseware
    context = {
        "pair": pair,
        "courseware": pair.version.courseware,
        "other": other,
        "is_other_open": Courseware.objects.visible_to(request.user).filter(pk=other.pk).exists(),
        "percent": round(pair.likeness * 100),
        "until": end_of_day(pair.answer_due_at),
        "is_late": timezone.now() >= pair.answer_due_at,
    }
    return _form_page(request, "classrooms/courseware_pair.html", form, **context)


def _mentor(request: HttpRequest) -> Mentor:
    """Return the mentor who asks; for others these pages are not there."""
    return get_object_or_404(Mentor, user=request.user)


def _own(request: HttpRequest, pk: int) -> Courseware:
    """Return one's own courseware, or 404."""
    return get_object_or_404(Courseware.objects.filter(mentor__user=request.user).for_lines(), pk=pk)


def _questions(courseware: Courseware) -> list[SimilarPair]:
    """Return what its author was asked about it, the newest first."""
    pairs = SimilarPair.objects.filter(version__courseware=courseware, asked_at__isnull=False)
    return list(pairs.order_by("-asked_at", "-pk"))


def _about(request: HttpRequest, mentor: Mentor) -> ClassSession | TopicApplication | None:
    """Return the class or the topic that the address names; one that is not the mentor's is not there."""
    if "session" in request.GET:
        own = ClassSession.objects.visible().given_by(mentor).select_related("offering", "application")
        return get_object_or_404(own, offering__pk=number_in(request.GET["session"]))
    if "topic" in request.GET:
        approved = TopicApplication.objects.of(mentor).filter(state=TopicApplication.State.APPROVED)
        return get_object_or_404(approved, pk=number_in(request.GET["topic"]))
    return None


def _initial(about: ClassSession | TopicApplication | None) -> dict[str, object]:
    return {"about": title_of(about)[0], "title": str(about)} if about else {}


def _sent(request: HttpRequest) -> tuple[object, object]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _upload(request: HttpRequest, mentor: Mentor, form: CoursewareForm) -> Courseware | None:
    """Return what the service kept, or None with the refusal under the file."""
    try:
        return services.upload_courseware(
            mentor=mentor, by=request.user, at=timezone.now(), key=page_key(request), **form.content()
        )
    except DomainError as refusal:
        form.add_error("upload", str(refusal))
    return None


def _form_page(request: HttpRequest, template: str, form: object, **context: object) -> HttpResponse:
    """The page with the form; where the script sent it, the form alone is shown from it."""
    context = {"section": "desk", "form": form, "key": page_key(request), **context}
    return render(request, template, context, status=422 if form.errors else 200)
