"""我的消息: what the portal has told a person."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mentor_portal.notifications import services
from mentor_portal.notifications.models import Message

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
