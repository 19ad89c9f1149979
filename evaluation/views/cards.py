"""The pages of the 两优: a mentor's own score card."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from classrooms.selectors import fewest_shown
from evaluation import selectors
from mentors.models import Mentor


@login_required
@require_GET
def own_card(request: HttpRequest) -> HttpResponse:
    """我的得分: how a mentor stands in this year by now, line by line; nobody else's."""
    mentor = get_object_or_404(Mentor, user=request.user)
    today = timezone.localdate()
    year = selectors.year_on(today)
    context = {
        "section": "desk",
        "this_year": today.year,
        "year": year,
        "fewest": fewest_shown(),
        "own": selectors.own_card(mentor, year) if year else None,
    }
    return render(request, "evaluation/own_card.html", context)
