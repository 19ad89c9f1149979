"""推荐参评: a mentor's own courseware of the year, and what is nominated for 优秀课件 (notice 三（四）)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from classrooms.models import Courseware
from evaluation import services
from evaluation.models import CoursewareEntry, EvaluationYear
from evaluation.selectors.nominations import nominees, year_to_nominate
from mentor_portal.errors import DomainError
from mentor_portal.sent import number_in
from mentors.models import Mentor

PAGE = "evaluation:nominations"
NOMINATE, WITHDRAW = "nominate", "withdraw"


@login_required
@require_http_methods(["GET", "POST"])
def nominations(request: HttpRequest) -> HttpResponse:
    """What may be nominated this year, and how it stands; a button nominates or takes back."""
    mentor = get_object_or_404(Mentor, user=request.user)
    year = year_to_nominate(timezone.localdate())
    if request.method == "POST":
        return _take(request, mentor, year)
    context = {
        "section": "desk",
        "year": year,
        "nominees": nominees(mentor, year) if year else [],
        "is_open": bool(year) and year.stage == EvaluationYear.Stage.PREPARATION,
    }
    return render(request, "evaluation/nominations.html", context)


def _take(request: HttpRequest, mentor: Mentor, year: EvaluationYear | None) -> HttpResponse:
    """Nominate or take back the courseware that the button names; another's is not there."""
    own = Courseware.objects.of(mentor)
    courseware = get_object_or_404(own, pk=number_in(request.POST.get("courseware", "")))
    act = request.POST.get("act")
    try:
        if year and act == NOMINATE:
            services.nominate(courseware=courseware, year=year, by=request.user, at=timezone.now())
            messages.success(request, f"“{courseware}”已推荐，确认结果会在“我的消息”里告诉您。")
        elif year and act == WITHDRAW:
            entry = get_object_or_404(CoursewareEntry, year=year, courseware=courseware)
            services.withdraw_nomination(entry=entry, by=request.user, at=timezone.now())
            messages.success(request, f"“{courseware}”的推荐已撤回。")
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(PAGE)
