"""Checking in: where the code on the poster leads."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from mentor_portal.errors import DomainError
from mentor_portal.reservations import errors, selectors, services
from mentor_portal.reservations.models import Offering
from mentor_portal.wording import clock

# What the page says in large letters, and with which icon, where the answer is no.
REFUSALS = {
    errors.CheckInTooEarly.code: ("还没到时间", "clock"),
    errors.CheckInOver.code: ("已经结束", "clock"),
    errors.CheckInElsewhere.code: ("不是这一场", "alert"),
    errors.NotBooked.code: ("请到签到台登记", "people"),
    errors.StillWaiting.code: ("请到签到台登记", "hourglass"),
    errors.OfferingCancelled.code: ("本场已取消", "cross-circle"),
}


@never_cache
@login_required
@require_GET
def check_in(request: HttpRequest, code: str) -> HttpResponse:
    """Check the reader in: the scan is the act, and a second one is answered with the first.

    A browser that only looks ahead (prefetch) is sent away, so that it checks nobody in.
    """
    if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        return HttpResponse(status=503)
    try:
        done = services.check_in(code=code, person=request.user, by=request.user, at=timezone.now())
    except Offering.DoesNotExist:
        raise Http404 from None
    except DomainError as refusal:
        return _page(request, code, refusal=refusal)
    return _page(request, code, done=done)


def _page(
    request: HttpRequest,
    code: str,
    *,
    done: services.CheckIn | None = None,
    refusal: DomainError | None = None,
) -> HttpResponse:
    word, icon_name = REFUSALS[refusal.code] if refusal else ("已签到", "check-circle")
    offering = Offering.objects.select_related("venue__host_unit").get(check_in_code=code)
    context = {
        "section": "me",
        "offering": offering,
        "place": selectors.place_of(offering),
        "word": word,
        "icon_name": icon_name,
        "text": str(refusal) if refusal else _welcome(done),
        "done": done,
        "refusal": refusal,
        "other_url": refusal.data.get("other_url", "") if refusal else "",
    }
    return render(request, "reservations/check_in.html", context)


def _welcome(done: services.CheckIn) -> str:
    if done.is_new:
        return f"{done.reservation.person}，欢迎您。请入座。"
    return f"您已于 {clock(done.reservation.checked_in_at)} 签到，不用再扫。"
