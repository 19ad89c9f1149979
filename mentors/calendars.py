"""What a mentor gives, as a calendar."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from mentor_portal.reservations.calendars import KEPT_DAYS, MOST, Entry, calendar_response, status_of
from mentor_portal.reservations.models import Offering
from mentors.models import Mentor
from mentors.selectors import TAUGHT


@require_safe
@conditional_page
def mentor_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The classes and clinics that a listed mentor's page shows, and those of the last weeks."""
    at = timezone.now()
    mentor = get_object_or_404(Mentor.objects.listed(timezone.localdate()).select_related("user"), pk=pk)
    taught = Offering.objects.hosted_by(mentor.user).visible().filter(kind__in=TAUGHT)
    rows = taught.coming(at - KEPT_DAYS).select_related("venue__host_unit")[:MOST]
    entries = [
        Entry(
            offering=offering,
            status=status_of(offering),
            description=f"{offering.get_kind_display()}，{mentor.name} 导师",
        )
        for offering in rows
    ]
    name = f"{mentor.name} · 职业导师课堂"
    return calendar_response(request, name=name, entries=entries, filename=f"mentor-{pk}")
