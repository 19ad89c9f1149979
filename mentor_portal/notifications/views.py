"""我的消息: what the portal has told a person; 通知公示: what it tells everyone."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from mentor_portal.files import file_response
from mentor_portal.notifications import services
from mentor_portal.notifications.models import Message, Notice, NoticeAttachment

PAGE_SIZE = 20


@login_required
@require_GET
def message_list(request: HttpRequest) -> HttpResponse:
    """Show the person's messages, the newest first."""
    page = Paginator(Message.objects.of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "items": page.object_list, "section": "me"}
    return render(request, "notifications/list.html", context)


@login_required
@require_POST
def message_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a message was read and go where it leads."""
    message = get_object_or_404(Message.objects.of(request.user), pk=pk)
    services.mark_read(message=message, at=timezone.now())
    return redirect(message.path or "notifications:list")


@login_required
@require_POST
def message_read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    services.mark_all_read(person=request.user, at=timezone.now())
    return redirect("notifications:list")


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """Every published notice, pinned ones first; those with certain words by ``q``."""
    q = request.GET.get("q", "").strip()
    notices = Notice.objects.published().matching(q).in_order().select_related("host_unit")
    page = Paginator(notices, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"q": q, "page_obj": page, "notices": page.object_list}
    return render(request, "notifications/notice_list.html", context)


@require_safe
def notice_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice with its files; staff see their drafts as they will be."""
    visible = Notice.objects.visible_to(request.user).select_related("host_unit")
    notice = get_object_or_404(visible.prefetch_related("attachments"), pk=pk)
    return render(request, "notifications/notice_detail.html", {"notice": notice})


# Browsers show a PDF file by a plugin of their own.
@require_safe
@csp_replace({"object-src": [SELF]})
def notice_file(request: HttpRequest, pk: int, file_pk: int) -> FileResponse:
    """A file of a notice, for whoever may see the notice."""
    visible = Notice.objects.visible_to(request.user)
    files = NoticeAttachment.objects.filter(notice__in=visible, notice=pk)
    return file_response(get_object_or_404(files, pk=file_pk))
