"""The public directory of mentors, and a mentor's own page."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.selectors import cards_for
from mentors.filters import MentorFilter, active_filters, filter_groups
from mentors.models import Mentor
from mentors.selectors import card_of, profile_of

MENTORS_A_PAGE = 24
CLASSES_ON_A_PAGE = 12
# What a mentor's page lists one by one.
TAUGHT = (OfferingKind.CLASS, OfferingKind.CLINIC)
PHOTO_KEPT_SECONDS = 3600


@require_safe
def mentor_list(request: HttpRequest) -> HttpResponse:
    """The directory: by category, chain, topic type and words."""
    listed = Mentor.objects.listed(timezone.localdate()).with_headline().in_directory_order()
    directory = MentorFilter(request.GET, queryset=listed)
    chosen = directory.chosen
    page_obj = Paginator(directory.qs, MENTORS_A_PAGE).get_page(request.GET.get("page"))
    page_obj.object_list = [card_of(mentor) for mentor in page_obj.object_list]
    return render(
        request,
        "mentors/mentor_list.html",
        {
            "section": "mentors",
            "filter_groups": filter_groups(chosen),
            "active_filters": active_filters(chosen),
            "q": chosen.get("q", ""),
            "page_obj": page_obj,
            "count": page_obj.paginator.count,
        },
    )


@require_safe
def mentor_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A mentor's page with the coming classes."""
    at = timezone.now()
    mentor = get_object_or_404(
        Mentor.objects.visible_to(request.user, timezone.localdate()).with_fields().select_related("user"),
        pk=pk,
    )
    coming = Offering.objects.hosted_by(mentor.user).visible().coming(at)
    soon = coming.filter(kind__in=TAUGHT).select_related("venue__host_unit")[:CLASSES_ON_A_PAGE]
    one_to_ones = coming.published().filter(kind=OfferingKind.CONSULTATION)
    return render(
        request,
        "mentors/mentor_detail.html",
        {
            "section": "mentors",
            "mentor": profile_of(mentor),
            "cards": cards_for(soon, person=request.user, at=at),
            "has_one_to_ones": one_to_ones.exists(),
        },
    )


@require_safe
def mentor_photo(request: HttpRequest, pk: int) -> FileResponse:
    """A mentor's photo, for whoever may see the mentor."""
    today = timezone.localdate()
    mentor = get_object_or_404(Mentor.objects.visible_to(request.user, today).exclude(photo=""), pk=pk)
    try:
        response = FileResponse(mentor.photo.open(), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None
    shared = "public" if Mentor.objects.listed(today).filter(pk=pk).exists() else "private"
    response["Cache-Control"] = f"{shared}, max-age={PHOTO_KEPT_SECONDS}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
