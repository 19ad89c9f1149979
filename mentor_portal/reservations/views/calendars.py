"""日历订阅: the page with the private address, the calendar behind it, and a single reservation to keep."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from mentor_portal.reservations import selectors, services
from mentor_portal.reservations.calendars import calendar_response
from mentor_portal.reservations.models import CalendarAddress, Reservation
from mentor_portal.reservations.selectors import calendars


@login_required
@require_http_methods(["GET", "POST"])
def calendar_page(request: HttpRequest) -> HttpResponse:
    """Show the private address, or make, change or stop it."""
    person = request.user
    if request.method == "POST":
        if request.POST.get("act") == "stop":
            services.stop_calendar_address(person=person, by=person)
            messages.success(request, "已停止订阅，原来的地址不再有效。")
        else:
            services.make_calendar_address(person=person, by=person, at=timezone.now())
            messages.success(request, "订阅地址已生成，以前的地址不再有效。")
        return redirect("reservations:calendar")
    address = CalendarAddress.objects.filter(person=person).first()
    context = {"address": address, "section": "me"}
    if address:
        url = request.build_absolute_uri(
            reverse("reservations:calendar-private", args=[calendars.secret_of(address)])
        )
        context |= {"url": url, "webcal_url": f"webcal:{url.partition(':')[2]}"}
    return render(request, "reservations/calendar.html", context)


@require_safe
@conditional_page
def private_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The reservations of the person whose address this is, for a calendar that never signs in."""
    person = calendars.person_of(secret)
    if person is None:
        raise Http404
    entries = calendars.calendar_of(person, timezone.now())
    response = calendar_response(request, name="我的职业导师课堂", entries=entries, filename="reservations")
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_required
@require_safe
def reservation_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own reservation as a file that a calendar opens."""
    own = Reservation.objects.of(request.user).select_related("offering__venue__host_unit")
    reservation = get_object_or_404(selectors.with_position(own), pk=pk)
    entry = calendars.entry_of(reservation)
    title = reservation.offering.title
    response = calendar_response(request, name=title, entries=[entry], filename=f"reservation-{pk}")
    response["Cache-Control"] = "private, no-cache"
    return response
