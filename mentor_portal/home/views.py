"""The front page, 我的, the pages of fine print, and the error pages."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from classrooms import selectors as classes
from classrooms.models import ClassSession
from classrooms.selectors import courseware
from consultations.models import ConsultationSlot
from consultations.selectors import clinics, duties, pairings
from evaluation.selectors.judging import left_of
from mentor_portal.accounts.models import PrivacyNotice, User
from mentor_portal.files import FileNotKept
from mentor_portal.home import search as searching
from mentor_portal.home.context_processors import ELDER_COOKIE
from mentor_portal.home.middleware import answer_refusal
from mentor_portal.notifications.models import Notice
from mentor_portal.reservations.selectors import (
    Day,
    day_strip,
    line_for,
    reservations_of,
    suspension_of,
    tab_counts,
)
from mentor_portal.reservations.services.places import booking_rules
from mentor_portal.wording import SEARCH_LENGTH
from mentors.models import Category, Mentor, MentorQuerySet
from mentors.selectors import card_of
from research import selectors as research

CARDS = 6
MENTORS = 4
NOTICES = 3
COMING_ON_ME = 3
ELDER_COOKIE_SECONDS = 365 * 24 * 3600


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The front page: the next classes, some mentors, and the ways to everything else."""
    board = SimpleLazyObject(lambda: _board(request.user))
    to_rate = SimpleLazyObject(lambda: classes.to_rate(request.user, timezone.now(), most=1))
    return render(request, "home/index.html", {"section": "home", "board": board, "to_rate": to_rate})


@login_required
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """我的: what comes next, and the ways to everything that is the person's own."""
    at = timezone.now()
    coming = reservations_of(request.user, "coming", at)[:COMING_ON_ME]
    waiting = reservations_of(request.user, "waiting", at)[:COMING_ON_ME]
    context = {
        "section": "me",
        "waiting": [line_for(row, at) for row in waiting],
        "coming": [line_for(row, at) for row in coming],
        "to_rate": classes.to_rate(request.user, at),
        "counts": tab_counts(request.user, at),
        "suspension": suspension_of(request.user, at),
        "pairings": pairings.lines_of(request.user, at),
        "sheets_left": left_of(request.user) if request.user.is_judge else 0,
    }
    return render(request, "accounts/me.html", context)


@login_required
@require_GET
def mentor_desk(request: HttpRequest) -> HttpResponse:
    """我的工作台: what comes next for a mentor, what is to be done, and the year in numbers."""
    mentor = get_object_or_404(Mentor, user=request.user)
    at = timezone.now()
    context = {
        "section": "desk",
        "mentor": mentor,
        "desk": classes.desk_of(mentor, at),
        "results": classes.latest_results(mentor, at),
        "courseware_panel": courseware.desk_panel(mentor, at),
        "duty_panel": duties.desk_panel(mentor, at),
        "clinics": clinics.coming_of(mentor, at),
        "pairing_panel": pairings.desk_panel(mentor, at),
        "research_panel": research.desk_panel(mentor, at),
        "sheets_left": left_of(request.user) if request.user.is_judge else 0,
    }
    return render(request, "home/mentor_desk.html", context)


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice in force."""
    notice = PrivacyNotice.objects.order_by("published_on", "pk").last()
    return render(request, "home/privacy.html", {"notice": notice})


@require_GET
def terms(request: HttpRequest) -> HttpResponse:
    """服务须知: the rules of booking, with the numbers in force."""
    rules = booking_rules()
    numbers = {
        "offer_hold_hours": rules.offer_hold_hours,
        "offer_hold_hours_last_day": rules.offer_hold_hours_last_day,
        "cancel_free_hours": rules.cancel_free_hours_group,
        "check_in_opens_minutes": rules.check_in_opens_minutes,
        "no_show_limit": rules.no_show_limit,
        "no_show_days": rules.no_show_days,
        "suspension_days": rules.suspension_days,
    }
    return render(request, "home/terms.html", {"numbers": numbers})


@require_GET
def sitemap(request: HttpRequest) -> HttpResponse:
    """网站地图: every public page."""
    categories = Category.objects.prefetch_related("chains")
    return render(request, "home/sitemap.html", {"categories": categories})


@require_POST
def elder_toggle(request: HttpRequest) -> HttpResponse:
    """Switch the large face (长辈版) on or off and stay on the page."""
    next_url = request.POST.get("next", "")
    is_ours = next_url.startswith("/") and url_has_allowed_host_and_scheme(next_url, allowed_hosts=None)
    response = redirect(next_url if is_ours else "home:index")
    if request.COOKIES.get(ELDER_COOKIE) == "1":
        response.delete_cookie(ELDER_COOKIE)
    else:
        response.set_cookie(ELDER_COOKIE, "1", max_age=ELDER_COOKIE_SECONDS, samesite="Lax")
    return response


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Classes, mentors, chains and notices by words; a name also by its pinyin."""
    q = request.GET.get("q", "").replace("\0", " ").strip()
    context = {
        "section": "search",
        "q": q,
        "is_cut": len(q) > SEARCH_LENGTH,
        "found": SimpleLazyObject(lambda: searching.search(q, person=request.user, at=timezone.now())),
        "categories": SimpleLazyObject(lambda: list(Category.objects.all())),
    }
    return render(request, "home/search.html", context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return JsonResponse({"code": "not_found", "detail": "没有这个地址。"}, status=404)
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old; one whose file the disk did not take has come without its token."""
    if getattr(request, "is_upload_unwritten", False):
        return answer_refusal(request, FileNotKept(name="上传的文件"))
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without a context: what failed may be what the context needs."""
    return HttpResponseServerError(render_to_string("500.html"))


def _board(person: User | AnonymousUser) -> dict[str, object]:
    """What is on soon, some mentors, and the newest notices."""
    at, today = timezone.now(), timezone.localdate()
    sessions = ClassSession.objects.published()
    soon = classes.coming(sessions, at).for_cards()[:CARDS]
    counts = classes.counts_by_day(sessions, first=today, days=classes.WEEK_DAYS, at=at)
    mentors = _mentors_of(soon, Mentor.objects.listed(today).with_headline())
    return {
        "days": _strip(today, counts),
        "week_count": sum(counts.values()),
        "consultation_count": ConsultationSlot.objects.one_to_one().bookable(at).free().count(),
        "cards": classes.class_cards(soon, person=person, at=at),
        "mentors": [card_of(mentor) for mentor in mentors],
        "notices": Notice.objects.published().in_order()[:NOTICES],
    }


def _mentors_of(sessions: Iterable[ClassSession], listed: MentorQuerySet) -> Iterable[Mentor]:
    """Return some of the mentors who teach soon, or the first of the directory where none does."""
    soon = {mentor.pk: None for session in sessions for mentor in session.mentors.all()}
    if not soon:
        return listed.in_directory_order()[:MENTORS]
    by_pk = listed.in_bulk(list(soon)[:MENTORS])
    return [by_pk[pk] for pk in soon if pk in by_pk]


def _strip(today: date, counts: dict[date, int]) -> list[Day]:
    schedule = reverse("classrooms:session-list")
    return day_strip(
        first=today,
        days=classes.WEEK_DAYS,
        counts=counts,
        today=today,
        on=today,
        url_of=lambda day: f"{schedule}?day={day.isoformat()}",
    )
