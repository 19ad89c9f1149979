"""The desk (签到台): staff see who is expected, check people in, and print what hangs at the door."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from urllib.parse import urlencode

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from mentor_portal.errors import DomainError
from mentor_portal.moments import midnight
from mentor_portal.reservations import selectors, services
from mentor_portal.reservations.forms import WalkInForm
from mentor_portal.reservations.kinds import room_url
from mentor_portal.reservations.models import Hosting, Offering
from mentor_portal.reservations.services.places import booking_rules
from mentor_portal.wording import clock

PAGE_SIZE = 50
EMPTY_ROWS = 10
MAY_RUN_A_DESK = "reservations.change_reservation"

View = Callable[..., HttpResponse]


def of_staff(view: View) -> View:
    """Let in staff who may change reservations; everyone else who is signed in hears no."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not (request.user.is_staff and request.user.has_perm(MAY_RUN_A_DESK)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@of_staff
@require_GET
def desk_list(request: HttpRequest) -> HttpResponse:
    """Show what takes place on a day, today where the address names none that is still open."""
    most = booking_rules().desk_open_days
    days_ago = _days_ago(request, most)
    start = midnight(timezone.localdate() - timedelta(days=days_ago))
    context = {
        "section": "desk",
        "day": start,
        "earlier_url": f"?{urlencode({'ago': days_ago + 1})}"
        if days_ago < booking_rules().desk_open_days
        else "",
        "later_url": f"?{urlencode({'ago': days_ago - 1})}" if days_ago else "",
        "desks": selectors.desks_between(request.user, start, start + timedelta(days=1)),
    }
    return render(request, "reservations/desk_list.html", context)


@of_staff
@require_GET
def desk_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one desk; htmx asks for its board alone while somebody types."""
    return _desk(request, _managed(request, pk), WalkInForm())


@of_staff
@require_POST
def check_in(request: HttpRequest, pk: int, reservation_pk: int) -> HttpResponse:
    """Check a person in by hand."""
    offering = _managed(request, pk)
    reservation = get_object_or_404(offering.reservations, pk=reservation_pk)

    def act() -> str:
        done = services.check_in_at_desk(reservation=reservation, by=request.user, at=timezone.now())
        return _arrival_in_words(done)

    return _act(request, offering, act)


@of_staff
@require_POST
def undo(request: HttpRequest, pk: int, reservation_pk: int) -> HttpResponse:
    """Take a check-in back."""
    offering = _managed(request, pk)
    reservation = get_object_or_404(offering.reservations.select_related("person"), pk=reservation_pk)

    def act() -> str:
        services.undo_check_in(reservation=reservation, by=request.user, at=timezone.now())
        return f"已撤销{reservation.person}的签到。"

    return _act(request, offering, act)


@of_staff
@require_POST
def presence(request: HttpRequest, pk: int, hosting_pk: int) -> HttpResponse:
    """Note whether a host is there."""
    offering = _managed(request, pk)
    hosting = get_object_or_404(offering.hostings.select_related("person"), pk=hosting_pk)
    is_present = request.POST.get("presence") != Hosting.Presence.ABSENT

    def act() -> str:
        services.note_presence(hosting=hosting, is_present=is_present, by=request.user, at=timezone.now())
        return f"已记录{hosting.person}{'到场' if is_present else '未到场'}。"

    return _act(request, offering, act)


@of_staff
@require_POST
def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Note somebody who came without a booking."""
    offering = _managed(request, pk)
    form = WalkInForm(request.POST)
    if not form.is_valid():
        return _desk(request, offering, form)

    def act() -> str:
        done = services.add_walk_in(
            offering=offering,
            name=form.cleaned_data["name"],
            phone=form.cleaned_data["phone"],
            by=request.user,
            at=timezone.now(),
        )
        return _arrival_in_words(done)

    return _act(request, offering, act)


@of_staff
@require_GET
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """The A4 poster for the door: scanning its code checks in."""
    offering = _managed(request, pk)
    address = request.build_absolute_uri(reverse("reservations:check-in", args=[offering.check_in_code]))
    code = segno.make(address, error="m")
    context = {
        **_paper_context(offering),
        "qr_code": mark_safe(code.svg_inline(omitsize=True, border=0, svgclass="poster__code")),
        "opens_minutes": booking_rules().check_in_opens_minutes,
    }
    return render(request, "reservations/desk_poster.html", context)


@of_staff
@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The A4 sign-in sheet, with empty rows for those who walk in."""
    offering = _managed(request, pk)
    context = {
        **_paper_context(offering),
        "rows": selectors.holders_of(offering),
        "empty_rows": range(EMPTY_ROWS),
    }
    return render(request, "reservations/desk_sheet.html", context)


def _managed(request: HttpRequest, pk: int) -> Offering:
    """Return an offering that this member of staff runs, or 404; drafts have no desk."""
    rows = Offering.objects.managed_by(request.user).visible().select_related("venue__host_unit")
    return get_object_or_404(rows, pk=pk)


def _desk(request: HttpRequest, offering: Offering, form: WalkInForm) -> HttpResponse:
    search = _search(request)
    page = Paginator(selectors.desk_rows(offering, search), PAGE_SIZE).get_page(request.GET.get("page"))
    closed_words = selectors.desk_closed_words(offering, timezone.now())
    context = {
        "section": "desk",
        "offering": offering,
        "place": selectors.place_of(offering),
        "counts": selectors.desk_counts(offering),
        "hostings": offering.hostings.select_related("person").order_by("pk"),
        "is_open": not closed_words,
        "closed_words": closed_words,
        "search": search,
        "page_obj": page,
        "rows": [selectors.desk_row(row) for row in page],
        "form": form,
        "room_url": room_url(offering.kind, offering.pk),
    }
    is_fragment = request.htmx and not request.htmx.history_restore_request and not form.errors
    template = "reservations/partials/desk_board.html" if is_fragment else "reservations/desk_detail.html"
    response = render(request, template, context, status=422 if form.errors else 200)
    response["Vary"] = "HX-Request"
    return response


def _act(request: HttpRequest, offering: Offering, act: Callable[[], str]) -> HttpResponse:
    """Do one thing at the desk and show the desk again, with what came of it."""
    try:
        messages.success(request, act())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    if request.htmx:
        return _desk(request, offering, WalkInForm())
    search = _search(request)
    query = f"?{urlencode({'q': search})}" if search else ""
    return redirect(f"{reverse('reservations:desk-detail', args=[offering.pk])}{query}")


def _search(request: HttpRequest) -> str:
    return (request.POST.get("q") or request.GET.get("q") or "").strip()[:30]


def _arrival_in_words(done: services.CheckIn) -> str:
    person = done.reservation.person
    if not done.is_new:
        return f"{person}已于 {clock(done.reservation.checked_in_at)} 签到。"
    return f"{person}已登记到场。" if done.reservation.is_walk_in else f"{person}已签到。"


def _paper_context(offering: Offering) -> dict[str, object]:
    return {
        "offering": offering,
        "place": selectors.place_of(offering),
        "hosts": [str(hosting.person) for hosting in offering.hostings.select_related("person")],
    }


def _days_ago(request: HttpRequest, most: int) -> int:
    text = request.GET.get("ago", "")
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 4 else 0
