"""The public directory of mentors, and a mentor's own page."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mentor_portal.errors import DomainError
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.selectors import cards_for
from mentor_portal.reservations.views.booking import go
from mentors import services
from mentors.filters import MentorFilter, active_filters, filter_groups
from mentors.models import Mentor
from mentors.sections import sections_of
from mentors.selectors import TAUGHT, card_of, is_liked_by, profile_of

MENTORS_A_PAGE = 24
CLASSES_ON_A_PAGE = 12
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
            "share_title": f"{mentor.name} 导师",
            "share_line": "，".join(filter(None, [mentor.employer, mentor.title, mentor.headline])) + "。",
            "share_photo": mentor if mentor.photo else None,
            "is_listed": Mentor.objects.listed(timezone.localdate(at)).filter(pk=pk).exists(),
            "cards": cards_for(soon, person=request.user, at=at),
            "has_one_to_ones": one_to_ones.exists(),
            "sections": sections_of(mentor, request.user),
            "is_liked": is_liked_by(mentor, request.user),
            "can_like": mentor.user_id != request.user.pk,
        },
    )


@require_POST
def mentor_like(request: HttpRequest, pk: int) -> HttpResponse:
    """Like a mentor, or take the like back; who is not signed in comes back to the same point."""
    mentor = get_object_or_404(Mentor.objects.visible_to(request.user, timezone.localdate()), pk=pk)
    if not request.user.is_authenticated:
        return go(request, redirect_to_login(_like_anchor(mentor)).url)
    refusal = _like_or_take_back(request, mentor)
    if request.htmx:
        context = {"mentor": mentor, "is_liked": is_liked_by(mentor, request.user), "refusal": refusal}
        return render(request, "mentors/partials/like.html", context, status=422 if refusal else 200)
    if refusal:
        messages.error(request, refusal)
    return redirect(_like_anchor(mentor))


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


def _like_or_take_back(request: HttpRequest, mentor: Mentor) -> str:
    """Do what the button asked for; returns the sentence of a refusal, else nothing."""
    person = request.user
    try:
        if request.POST.get("act") == "take_back":
            services.take_back(mentor=mentor, person=person, by=person)
        else:
            services.like(mentor=mentor, person=person, by=person, at=timezone.now())
    except DomainError as refusal:
        return str(refusal)
    return ""


def _like_anchor(mentor: Mentor) -> str:
    """Return the point of the mentor's page where the button is."""
    return f"{reverse('mentors:mentor-detail', args=[mentor.pk])}#like"
