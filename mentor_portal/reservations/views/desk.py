"""The desk at the door, for staff with a phone: search, check in, walk in, undo; poster and sheet."""

from collections.abc import Callable
from functools import wraps

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from mentor_portal.errors import DomainError
from mentor_portal.reservations import selectors, services
from mentor_portal.reservations.forms import WalkInForm
from mentor_portal.reservations.models import Hosting, Offering, Reservation
from mentor_portal.reservations.selectors import desk as rows

EMPTY_ROWS = 10
View = Callable[..., HttpResponse]


def staff_only(view: View) -> View:
    """Let signed-in staff through; everybody else hears 403."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_staff:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@staff_only
@require_GET
def desk_list(request: HttpRequest) -> HttpResponse:
    """Today's offerings, each with its desk."""
    context = {"items": rows.desks_of_today(request.user, timezone.now()), "today": timezone.localdate()}
    return render(request, "reservations/desk_list.html", context)


@staff_only
@require_GET
def desk_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One desk: who has booked, who is there, and the form for walking in."""
    return _desk_page(request, _managed(request, pk), WalkInForm())


@staff_only
@require_POST
def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Note somebody who came without a booking."""
    offering = _managed(request, pk)
    form = WalkInForm(request.POST)
    if form.is_valid():
        try:
            outcome = services.add_walk_in(
                offering=offering, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            word = "已登记到场" if outcome.is_new else "之前已签到"
            messages.success(request, f"{outcome.reservation.person}{word}。")
            return redirect("reservations:desk-detail", pk)
    return _desk_page(request, offering, form, status=422)


@staff_only
@require_POST
def check_in(request: HttpRequest, pk: int, reservation_pk: int) -> HttpResponse:
    """Check somebody in by hand."""
    reservation = _of_desk(request, pk, reservation_pk)
    services.check_in_at_desk(reservation=reservation, by=request.user, at=timezone.now())
    messages.success(request, f"{reservation.person}已签到。")
    return _back(request, pk)


@staff_only
@require_POST
def undo(request: HttpRequest, pk: int, reservation_pk: int) -> HttpResponse:
    """Take a check-in back."""
    reservation = _of_desk(request, pk, reservation_pk)
    services.undo_check_in(reservation=reservation, by=request.user, at=timezone.now())
    messages.success(request, f"已撤销{reservation.person}的签到。")
    return _back(request, pk)


@staff_only
@require_POST
def presence(request: HttpRequest, pk: int, hosting_pk: int) -> HttpResponse:
    """Note whether a mentor was there."""
    offering = _managed(request, pk)
    hosting = get_object_or_404(Hosting.objects.filter(offering=offering), pk=hosting_pk)
    is_present = request.POST.get("presence") != Hosting.Presence.ABSENT
    hosting = services.note_presence(
        hosting=hosting, is_present=is_present, by=request.user, at=timezone.now()
    )
    messages.success(request, f"{hosting.person}：{hosting.get_presence_display()}。")
    return _back(request, pk)


@staff_only
@require_GET
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """The poster for the door, A4, with the code to scan."""
    offering = _managed(request, pk)
    path = reverse("reservations:check-in", args=[offering.check_in_code])
    address = request.build_absolute_uri(path)
    # Made of the address alone; without sizes, so that the style sheet gives them.
    code = segno.make(address, error="m").svg_inline(omitsize=True, border=2)
    context = {
        "offering": offering,
        "place": selectors.place_of(offering),
        "hosts": [str(each.person) for each in offering.hostings.select_related("person")],
        "address": address,
        "code": mark_safe(code),
    }
    return render(request, "reservations/poster.html", context)


@staff_only
@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sign-in sheet on paper, with empty rows for those who walk in."""
    offering = _managed(request, pk)
    context = {
        "offering": offering,
        "place": selectors.place_of(offering),
        "hosts": [str(each.person) for each in offering.hostings.select_related("person")],
        "items": rows.sheet_rows(offering),
        "empty_rows": range(EMPTY_ROWS),
    }
    return render(request, "reservations/sheet.html", context)


def _managed(request: HttpRequest, pk: int) -> Offering:
    """Return an offering that this member of staff manages, or 404; drafts have no desk."""
    managed = Offering.objects.managed_by(request.user).visible()
    return get_object_or_404(managed.select_related("venue__host_unit"), pk=pk)


def _of_desk(request: HttpRequest, pk: int, reservation_pk: int) -> Reservation:
    offering = _managed(request, pk)
    return get_object_or_404(offering.reservations.select_related("person"), pk=reservation_pk)


def _desk_page(request: HttpRequest, offering: Offering, form: WalkInForm, status: int = 200) -> HttpResponse:
    at, query = timezone.now(), request.GET.get("q", "").strip()[:30]
    context = {
        "offering": offering,
        "place": selectors.place_of(offering),
        "is_open": services.is_desk_open(offering, at),
        "counts": rows.desk_counts(offering),
        "hostings": offering.hostings.select_related("person").order_by("pk"),
        "items": rows.desk_rows(offering, query),
        "most": rows.MOST_ROWS,
        "q": query,
        "form": form,
    }
    is_fragment = request.htmx and not request.htmx.history_restore_request
    page = "reservations/partials/desk_rows.html" if is_fragment else "reservations/desk_detail.html"
    response = render(request, page, context, status=status)
    response["Vary"] = "HX-Request"
    return response


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return to the desk, to the search that was open."""
    query = request.POST.get("q", "")
    address = reverse("reservations:desk-detail", args=[pk])
    return redirect(f"{address}?{urlencode({'q': query})}" if query else address)
