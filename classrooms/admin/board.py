"""The board (排课台): approved topics on the left, a week of venues on the right, drafts to publish below."""

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from classrooms import selectors, services
from classrooms.admin.board_address import Address
from classrooms.admin.placing_forms import FIELD_OF_REFUSAL, PlaceForm, preset_of
from classrooms.models import ClassSession, TopicApplication
from mentor_portal.accounts.staff import do_each
from mentor_portal.errors import DomainError
from mentor_portal.wording import span

NEEDED = ("classrooms.change_topicapplication", "classrooms.change_classsession")


def board(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """Show the board, or place the chosen topic; a refusal stands beside the form."""
    _refuse_strangers(request)
    address = Address.of(request.GET)
    if request.method != "POST":
        return _show(request, model_admin, address)
    topic = TopicApplication.objects.with_windows().filter(pk=address.choice.topic).first()
    if topic is None:
        messages.error(request, "请先在左侧选择主题，再选时段。")
        return _show(request, model_admin, address, status=422)
    form = PlaceForm(request.POST, topic=topic)
    if form.is_valid() and _place(request, topic, form):
        return _to_the_next(address, topic)
    return _show(request, model_admin, address, form, status=422)


@require_POST
def publish(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """Publish every ticked draft; each refusal is told in words."""
    _refuse_strangers(request)
    chosen = [pk for pk in request.POST.getlist("session") if pk.isascii() and pk.isdigit() and len(pk) < 16]
    drafts = ClassSession.objects.managed_by(request.user).filter(pk__in=chosen)
    sessions = list(drafts.select_related("offering").order_by("offering__starts_at", "pk"))
    if not sessions:
        messages.warning(request, "没有勾选要发布的课堂。")

    def publish_one(session: ClassSession) -> None:
        services.publish_session(session=session, by=request.user, at=timezone.now())

    do_each(model_admin, request, sessions, publish_one, "已发布 {count} 场课堂，求职者可以预约了。")
    return redirect(Address.of(request.GET).url(at="", venue=""))


def _refuse_strangers(request: HttpRequest) -> None:
    """Topics belong to the whole province: a unit's staff do not place them."""
    if not (request.user.is_provincial and request.user.has_perms(NEEDED)):
        raise PermissionDenied


def _place(request: HttpRequest, topic: TopicApplication, form: PlaceForm) -> bool:
    placement = form.placement()
    try:
        services.place_topic(
            application=topic,
            placement=placement,
            by=request.user,
            at=timezone.now(),
            is_outside_allowed=form.cleaned_data["is_outside_allowed"],
        )
    except DomainError as refusal:
        form.add_error(FIELD_OF_REFUSAL.get(refusal.code), str(refusal))
        return False
    when = span(placement.starts_at, placement.ends_at)
    messages.success(
        request,
        f"已排课：“{topic}”（{topic.mentor.name}），{when}，{placement.venue}。已请导师确认，可在待发布中发布。",
    )
    return True


def _to_the_next(address: Address, topic: TopicApplication) -> HttpResponseRedirect:
    """Lead back to the board with the next topic chosen; the week follows its windows."""
    following = selectors.next_to_place(address.choice, after=topic)
    if following is None:
        return redirect(address.url(topic="", at="", venue=""))
    return redirect(address.url(topic=following.pk, week="", at="", venue=""))


def _show(
    request: HttpRequest,
    model_admin: ModelAdmin,
    address: Address,
    form: PlaceForm | None = None,
    status: int = 200,
) -> TemplateResponse:
    shown = selectors.board_of(address.choice, request.user, timezone.now())
    if form is None and shown.topic and shown.cell:
        form = PlaceForm(initial=preset_of(shown.cell), topic=shown.topic)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "排课台",
        "board": shown,
        "form": form,
        "address": address,
        "here": address.query(week=shown.week),
        "search_again": address.list_query,
        "links": {
            "before": address.query(week=shown.week_before, at="", venue=""),
            "after": address.query(week=shown.week_after, at="", venue=""),
            "today": address.query(week=timezone.localdate(), at="", venue=""),
            "unplaced": address.query(again="", topic="", week="", at="", venue=""),
            "placed": address.query(again="1", topic="", week="", at="", venue=""),
            "close": address.query(week=shown.week, at="", venue=""),
        },
    }
    return TemplateResponse(request, "admin/classrooms/board.html", context, status=status)
