"""我的预约: what a person holds and waits for, and what can be done about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentor_portal.errors import DomainError
from mentor_portal.reservations import selectors, services
from mentor_portal.reservations.forms import ExcuseForm
from mentor_portal.reservations.models import Reservation

PAGE_SIZE = 20
TABS = {"coming": "即将参加", "waiting": "候补与待审", "past": "历史"}

# What is said of what was given up, by the state that it had; other states say CANCELLED.
GIVEN_UP = {
    Reservation.State.REQUESTED: "申请已撤回。需要时欢迎再来申请。",
    Reservation.State.WAITLISTED: "已退出候补。需要时欢迎再来。",
}
CANCELLED = "已取消。需要时欢迎再来预约。"


@login_required
@require_GET
def reservation_list(request: HttpRequest) -> HttpResponse:
    """Show the person's reservations under three tabs."""
    at = timezone.now()
    tab = request.GET.get("tab") if request.GET.get("tab") in TABS else "coming"
    rows = selectors.reservations_of(request.user, tab, at)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = selectors.tab_counts(request.user, at)
    context = {
        "tab": tab,
        "tabs": [
            {
                "name": name,
                "word": word,
                "count": counts.get(name),
                "url": f"?tab={name}",
                "is_on": name == tab,
            }
            for name, word in TABS.items()
        ],
        "page_obj": page,
        "items": selectors.lines_for(list(page), at),
        "suspension": selectors.suspension_of(request.user, at),
        "section": "me",
    }
    return render(request, "reservations/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then cancel."""
    reservation = _own(request, pk)
    if request.method == "POST":
        word = GIVEN_UP.get(reservation.state, CANCELLED)
        services.cancel(reservation=reservation, by=request.user, at=timezone.now())
        messages.success(request, word)
        return redirect("reservations:list")
    line = selectors.line_for(reservation, timezone.now())
    return render(request, "reservations/cancel.html", {"item": line, "section": "me"})


@login_required
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the place that is held."""
    reservation = _own(request, pk)
    services.accept(reservation=reservation, by=request.user, at=timezone.now())
    messages.success(request, "已确认，名额归您了，请按时到场。")
    return redirect("reservations:list")


@login_required
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up the place that is held."""
    reservation = _own(request, pk)
    services.decline(reservation=reservation, by=request.user, at=timezone.now())
    messages.success(request, "已放弃这个名额，将递补给下一位。")
    return redirect("reservations:list")


@login_required
@require_http_methods(["GET", "POST"])
def excuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for leave when cancelling is no longer free."""
    reservation = _own(request, pk)
    form = ExcuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_excuse(
                reservation=reservation,
                by=request.user,
                at=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "请假已提交，处理结果会在“我的消息”中通知您。")
            return redirect(reverse("reservations:list"))
    line = selectors.line_for(reservation, timezone.now())
    context = {"item": line, "form": form, "section": "me"}
    return render(request, "reservations/excuse.html", context, status=422 if form.errors else 200)


def _own(request: HttpRequest, pk: int) -> Reservation:
    """Return the person's own reservation, or 404."""
    rows = Reservation.objects.of(request.user).select_related("offering__venue__host_unit")
    return get_object_or_404(selectors.with_position(rows), pk=pk)
