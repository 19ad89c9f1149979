"""What the code on the poster leads to: the person is checked in, or told why not."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from mentor_portal.errors import DomainError
from mentor_portal.reservations import services
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.selectors import place_of
from mentor_portal.wording import clock


@login_required
@never_cache
@require_GET
def check_in(request: HttpRequest, code: str) -> HttpResponse:
    """Check in at once: the scan is the act, and scanning again changes nothing."""
    visible = Offering.objects.visible().select_related("venue__host_unit")
    offering = get_object_or_404(visible, check_in_code=code)
    context = {"offering": offering, "place": place_of(offering), "section": "me"}
    try:
        outcome = services.check_in(code=code, person=request.user, by=request.user, at=timezone.now())
    except DomainError as refusal:
        context |= {"word": "未签到", "sentence": str(refusal), "reason": refusal.code}
    else:
        since = clock(outcome.reservation.checked_in_at)
        context["word"] = "签到成功" if outcome.is_new else "已签到"
        context["sentence"] = (
            "请入座，课堂愉快。" if outcome.is_new else f"您已于 {since} 签到，不需要重复签到。"
        )
    return render(request, "reservations/check_in.html", context)
