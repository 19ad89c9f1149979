"""The pages of the 两优: a mentor's own score card."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from classrooms.selectors import fewest_shown
from evaluation import selectors
from evaluation.models import Award, EvaluationYear
from mentor_portal.wording import end_of_day
from mentors.models import Mentor


@login_required
@require_GET
def own_card(request: HttpRequest) -> HttpResponse:
    """我的得分, line by line: how a mentor stands by now, or what a year (``?year=``) came to."""
    mentor = get_object_or_404(Mentor, user=request.user)
    today = timezone.localdate()
    number = _year_asked(request.GET.get("year", ""), today.year)
    year = EvaluationYear.objects.filter(year=number, year__lte=today.year).first()
    numbers = [each.year for each in selectors.years_with_card(mentor, today)]
    own = selectors.own_card(mentor, year) if year else None
    context = {
        "section": "desk",
        "number": number,
        "is_past": number < today.year,
        "year": year,
        "years": numbers if set(numbers) - {number} else [],
        "until": end_of_day(year.objections_until) if year and year.objections_until else "",
        "fewest": fewest_shown(),
        "own": own,
        "awards": _awards(mentor, year) if own else [],
    }
    return render(request, "evaluation/own_card.html", context)


def _year_asked(text: str, this_year: int) -> int:
    """Return the year that the address names; what is no year is this one."""
    return int(text) if text.isdecimal() and len(text) == 4 else this_year


def _awards(mentor: Mentor, year: EvaluationYear) -> QuerySet[Award]:
    own = year.awards.filter(mentor=mentor).select_related("entry__courseware")
    return own.order_by("-kind", "rank")
