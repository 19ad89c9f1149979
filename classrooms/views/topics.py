"""A mentor's topics: offering one, amending it, seeing what became of it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from classrooms import errors, selectors, services
from classrooms.forms.topics import TopicForm, initial_of
from classrooms.models import TopicApplication
from mentor_portal.errors import DomainError
from mentor_portal.sent import page_key
from mentors.models import Mentor

PAGE_SIZE = 20
SENT = "已提交，请等待审核。结果会在“我的消息”里告诉您。"
DRAFT_SAVED = "草稿已保存，可以随时继续填写。"


@login_required
@require_GET
def topic_list(request: HttpRequest) -> HttpResponse:
    """All of one's own topics, the newest first."""
    own = TopicApplication.objects.of(_mentor(request)).for_lines()
    page = Paginator(own, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [selectors.topic_line(topic) for topic in page]
    return render(
        request, "classrooms/topic_list.html", {"section": "desk", "page_obj": page, "topics": lines}
    )


@login_required
@require_http_methods(["GET", "POST"])
def topic_new(request: HttpRequest) -> HttpResponse:
    """Offer a topic, filled in from the profile or from an earlier topic (复制上次)."""
    mentor = _mentor(request)
    if request.method == "POST":
        return _take(request, mentor, key=page_key(request))
    initial = _initial_copy(request) if "copy" in request.GET else selectors.usual_topic(mentor)
    return _form_page(request, _form(request, initial=initial), key=uuid4())


@login_required
@require_http_methods(["GET", "POST"])
def topic_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a draft, or amend what was returned."""
    topic = _own(request, pk)
    if request.method == "POST":
        return _take(request, topic.mentor, topic=topic)
    if not topic.is_editable:
        messages.error(
            request, str(errors.TopicNotEditable(title=str(topic), state=topic.get_state_display()))
        )
        return redirect("classrooms:topic-detail", pk)
    form = _form(request, initial=initial_of(services.content_of(topic)))
    return _form_page(request, form, topic=topic)


@login_required
@require_GET
def topic_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own topic: what it says, each step of its review, the classes made of it."""
    topic = _own(request, pk)
    at = timezone.now()
    sessions = topic.sessions.select_related("offering__venue__host_unit").order_by("offering__starts_at")
    context = {
        "section": "desk",
        "topic": topic,
        "line": selectors.topic_line(topic),
        "chains": [chain.short_name for chain in topic.chains.all()],
        "windows": [str(window) for window in sorted(topic.windows.all(), key=lambda each: each.half_day)],
        "events": topic.events.all(),
        "steps": topic.steps.select_related("by"),
        "classes": selectors.teaching_lines(sessions, at),
        "can_withdraw": topic.state
        not in (TopicApplication.State.WITHDRAWN, TopicApplication.State.REJECTED),
    }
    return render(request, "classrooms/topic_detail.html", context)


@login_required
@require_POST
def topic_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a draft in as it is; what it lacks is said on its form."""
    topic = _own(request, pk)
    try:
        services.submit_topic(application=topic, by=request.user, at=timezone.now())
    except errors.TopicIncomplete as refusal:
        messages.error(request, str(refusal))
        return redirect("classrooms:topic-edit", pk)
    messages.success(request, SENT)
    return redirect("classrooms:topic-detail", pk)


@login_required
@require_http_methods(["GET", "POST"])
def topic_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then take the topic back."""
    topic = _own(request, pk)
    if request.method == "POST":
        services.withdraw_topic(application=topic, by=request.user, at=timezone.now())
        word = "已放弃" if topic.state == TopicApplication.State.DRAFT else "已撤回"
        messages.success(request, f"{word}。需要时可以复制为新的申报。")
        return redirect("classrooms:topic-detail", pk)
    context = {"section": "desk", "topic": topic, "line": selectors.topic_line(topic)}
    return render(request, "classrooms/topic_withdraw.html", context)


@login_required
@require_POST
def topic_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft of an earlier topic and go on with it."""
    copy = services.copy_topic(application=_own(request, pk), by=request.user, at=timezone.now())
    messages.success(request, "已复制为新的草稿，已过去的时段没有带过来。")
    return redirect("classrooms:topic-edit", copy.pk)


def _mentor(request: HttpRequest) -> Mentor:
    """Return the mentor who asks; for others these pages are not there."""
    return get_object_or_404(Mentor.objects.with_fields(), user=request.user)


def _own(request: HttpRequest, pk: int) -> TopicApplication:
    """Return one's own topic, or 404."""
    own = TopicApplication.objects.filter(mentor__user=request.user).with_windows()
    return get_object_or_404(own.select_related("decided_by"), pk=pk)


def _initial_copy(request: HttpRequest) -> dict[str, object]:
    try:
        topic = _own(request, int(request.GET["copy"]))
    except (ValueError, OverflowError):
        raise Http404 from None
    return initial_of(services.content_to_copy(topic, timezone.now()))


def _form(request: HttpRequest, initial: dict[str, object] | None = None) -> TopicForm:
    return TopicForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        at=timezone.now(),
        today=timezone.localdate(),
    )


def _take(
    request: HttpRequest, mentor: Mentor, *, topic: TopicApplication | None = None, key: UUID | None = None
) -> HttpResponse:
    """Keep a draft, by the button or while it is written, or offer the topic."""
    form = _form(request)
    is_draft = request.POST.get("act") == "draft"
    kept = _keep(request, form, mentor, topic, key, is_draft) if form.is_valid() else None
    if request.htmx:
        return _draft_status(request, form, kept)
    if kept is None:
        return _form_page(request, form, topic=topic, key=key, status=422)
    messages.success(request, DRAFT_SAVED if is_draft else SENT)
    return redirect("classrooms:topic-detail", kept.pk)


def _keep(
    request: HttpRequest,
    form: TopicForm,
    mentor: Mentor,
    topic: TopicApplication | None,
    key: UUID | None,
    is_draft: bool,
) -> TopicApplication | None:
    """Return what the service kept, or None with the refusal on the form."""
    service = services.save_topic if is_draft else services.offer_topic
    try:
        return service(
            mentor=mentor,
            content=form.content(),
            by=request.user,
            at=timezone.now(),
            application=topic,
            key=key,
        )
    except errors.TopicIncomplete as refusal:
        for field, sentence in refusal.data["missing"].items():
            form.add_error(field, sentence)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
    return None


def _draft_status(request: HttpRequest, form: TopicForm, kept: TopicApplication | None) -> HttpResponse:
    """The small line that says whether the draft is safe; coming back leads to the draft."""
    wrong = [sentence for sentences in form.errors.values() for sentence in sentences]
    status = 422 if kept is None else 200
    context = {"topic": kept, "wrong": wrong}
    response = render(request, "classrooms/partials/draft_status.html", context, status=status)
    if kept:
        response["HX-Replace-Url"] = reverse("classrooms:topic-edit", args=[kept.pk])
    return response


def _form_page(
    request: HttpRequest,
    form: TopicForm,
    *,
    topic: TopicApplication | None = None,
    key: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"section": "desk", "form": form, "topic": topic, "key": key}
    return render(request, "classrooms/topic_form.html", context, status=status)
