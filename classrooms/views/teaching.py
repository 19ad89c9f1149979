"""A mentor's own classes: the placement to answer, the class to give, another time to ask for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from classrooms import selectors, services
from classrooms.forms.topics import DeclineForm, MoveForm
from classrooms.models import ClassSession
from mentors.models import Mentor

ACCEPTED = "已接受这个安排，发布后会通知您。"
DECLINED = "已告诉工作人员，会另行安排。"
MOVE_ASKED = "调课申请已提交，处理结果会在“我的消息”里告诉您。"


@login_required
@require_GET
def teaching_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A class that one gives, drafts included."""
    mentor, session = _own(request, pk)
    return _detail_page(request, mentor, session, DeclineForm())


@login_required
@require_POST
def teaching_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a proposed placement, or decline it with a reason."""
    mentor, session = _own(request, pk)
    accepted = request.POST.get("answer") == "accept"
    form = DeclineForm(request.POST)
    if not accepted and not form.is_valid():
        return _detail_page(request, mentor, session, form)
    services.answer_placement(
        session=session,
        accepted=accepted,
        by=request.user,
        at=timezone.now(),
        comment="" if accepted else form.cleaned_data["comment"],
    )
    messages.success(request, ACCEPTED if accepted else DECLINED)
    return redirect("classrooms:teaching-detail", pk)


@login_required
@require_http_methods(["GET", "POST"])
def teaching_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another time (申请调课)."""
    mentor, session = _own(request, pk)
    data = request.POST if request.method == "POST" else None
    form = MoveForm(data, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        services.ask_move(
            session=session, mentor=mentor, by=request.user, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, MOVE_ASKED)
        return redirect("classrooms:teaching-detail", pk)
    line = selectors.teaching_line(session, timezone.now())
    if request.method == "GET" and not line.can_move:
        messages.info(request, "这堂课现在不能申请调课。")
        return redirect("classrooms:teaching-detail", pk)
    context = {"section": "desk", "line": line, "form": form}
    return render(request, "classrooms/teaching_move.html", context, status=422 if form.errors else 200)


def _own(request: HttpRequest, pk: int) -> tuple[Mentor, ClassSession]:
    """Return the mentor who asks, and the class that they give, or 404."""
    mentor = get_object_or_404(Mentor, user=request.user)
    own = selectors.classes_of(mentor).select_related("application", "topic_type", "category")
    # By the offering's own number, which may be larger than the database knows; one's pk may not.
    return mentor, get_object_or_404(own, offering__pk=pk)


def _detail_page(
    request: HttpRequest, mentor: Mentor, session: ClassSession, form: DeclineForm
) -> HttpResponse:
    at = timezone.now()
    context = {
        "section": "desk",
        "mentor": mentor,
        "session": session,
        "line": selectors.teaching_line(session, at),
        "results": selectors.results_of(session) if session.offering.ends_at <= at else None,
        "moves": session.move_requests.filter(mentor=mentor)
        .select_related("settled_by")
        .prefetch_related("windows"),
        "form": form,
    }
    return render(request, "classrooms/teaching_detail.html", context, status=422 if form.errors else 200)
