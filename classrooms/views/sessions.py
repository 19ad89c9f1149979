"""The schedule, a session's page, and booking a seat."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from classrooms import selectors, services
from classrooms.filters import SessionFilter, active_filters, filter_groups
from classrooms.models import ClassSession
from mentor_portal.accounts.services import set_name
from mentor_portal.moments import midnight
from mentor_portal.reservations.forms import BookingForm
from mentor_portal.reservations.models import Reservation
from mentor_portal.reservations.selectors import Day, day_strip
from mentor_portal.reservations.services import Outcome
from mentor_portal.reservations.services.places import booking_rules
from mentor_portal.reservations.views.booking import (
    action_context,
    ask_for_phone,
    go,
    not_bookable,
    page_or_fragment,
)
from mentors.filters import query_of

PAGE_SIZE = 30
LAST_DAY_AHEAD = timedelta(days=365)


@require_GET
def session_list(request: HttpRequest) -> HttpResponse:
    """The schedule: a week by days, or one list for a search or a single day."""
    context = {"section": "classes", "schedule": SimpleLazyObject(lambda: _schedule(request))}
    return page_or_fragment(
        request, "classrooms/session_list.html", "classrooms/partials/schedule.html", context
    )


@require_GET
def session_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A session's own page; to visitors all but its seats may be as old as ``kept_seconds``."""
    if request.user.is_authenticated:
        session = _visible(request, pk)
    else:
        session = selectors.session_for_visitors(pk, kept_seconds=settings.VISITOR_PAGES_KEPT_SECONDS)
    offering = session.offering
    context = {
        **_action_context(request, session),
        "section": "classes",
        "session": session,
        "chains": SimpleLazyObject(lambda: [chain.short_name for chain in session.chains.all()]),
        "mentors": session.mentors.all(),
        "venue": offering.venue,
        "host_unit": offering.host_unit,
        "share_line": selectors.share_line(session),
        "share_photo": next((mentor for mentor in session.mentors.all() if mentor.photo), None),
        "courseware": SimpleLazyObject(lambda: selectors.courseware_of_session(session, request.user)),
    }
    return render(request, "classrooms/session_detail.html", context)


@require_GET
def session_seats(request: HttpRequest, pk: int) -> HttpResponse:
    """The action box of a session, asked for again while the page is open."""
    context = _action_context(request, _visible(request, pk))
    return render(request, "components/action_box.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def session_book(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is about to be booked, then book it."""
    person = request.user
    if asked := ask_for_phone(request):
        return asked
    form = BookingForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        return _book(request, pk, form)
    return _booking_page(request, _visible(request, pk), form)


def _schedule(request: HttpRequest) -> dict[str, object]:
    """What the schedule shows for this address: filters, days, and a week or a list of classes."""
    at, today = timezone.now(), timezone.localdate()
    sessions = SessionFilter(request.GET, queryset=ClassSession.objects.all())
    chosen = sessions.chosen
    first = _day_from(request.GET.get("day", ""), today)
    is_one_day = request.GET.get("span") == "day"
    schedule = {
        "filter_groups": filter_groups(chosen),
        "active_filters": active_filters(chosen),
        "feed_url": reverse("classrooms:session-feed") + sessions.query,
        "calendar_url": reverse("classrooms:schedule-calendar") + sessions.query,
        "results": None,
    }
    if is_one_day or "q" in chosen:
        found = selectors.coming(sessions.qs, at).for_cards()
        if is_one_day:
            found = found.between(midnight(first), midnight(first + timedelta(days=1)))
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = selectors.class_cards(page.object_list, person=request.user, at=at)
        schedule["results"] = page
    else:
        schedule |= _week(request, sessions.qs, chosen, first, today)
    schedule["days"] = _strip(sessions.qs, chosen, first, today)
    return schedule


def _visible(request: HttpRequest, pk: int) -> ClassSession:
    """Return a session that this person may see, loaded for its page, or 404."""
    return selectors.session_for_page(ClassSession.objects.visible_to(request.user), pk)


def _book(request: HttpRequest, pk: int, form: BookingForm) -> HttpResponse:
    """Book and go to the session's page; what a page would show of the session is not loaded."""
    person = request.user
    rows = ClassSession.objects.visible_to(person).select_related("offering")
    session = get_object_or_404(rows, offering__pk=pk)
    if "name" in form.cleaned_data:
        set_name(person=person, name=form.cleaned_data["name"])
    outcome = services.book_session(session=session, person=person, by=person, at=timezone.now())
    messages.success(request, _outcome_in_words(outcome))
    return go(request, session.get_absolute_url())


def _booking_page(request: HttpRequest, session: ClassSession, form: BookingForm) -> HttpResponse:
    card = _card(request, session)
    if elsewhere := not_bookable(request, card):
        return elsewhere
    numbers = booking_rules()
    is_waiting = card.seats.action == "wait"
    context = {
        "section": "classes",
        "card": card,
        "form": form,
        "rules": [
            f"开始前 {numbers.cancel_free_hours_group} 小时可自行取消，之后不能到场请先请假。",
            "有空位时按候补先后通知您，请在保留时间内确认。"
            if is_waiting
            else "免费参加，凭手机号现场签到。",
        ],
        "submit_word": "确认候补" if is_waiting else "确认预约",
    }
    page, fragment = "classrooms/session_book.html", "components/booking_sheet.html"
    return page_or_fragment(request, page, fragment, context, status=422 if form.errors else 200)


def _action_context(request: HttpRequest, session: ClassSession) -> dict[str, object]:
    return {
        **action_context(request, _card(request, session), session.offering),
        "seats_url": reverse("classrooms:session-seats", args=[session.pk]),
        "thing": "课堂",
    }


def _card(request: HttpRequest, session: ClassSession):
    return selectors.class_cards([session], person=request.user, at=timezone.now())[0]


def _outcome_in_words(outcome: Outcome) -> str:
    if not outcome.is_new:
        return "您之前已预约过这一场，不需要重复预约。"
    if outcome.reservation.state == Reservation.State.WAITLISTED:
        return "本场名额已满，您已进入候补，有空位会按先后通知您。"
    return "预约成功，请按时到场。"


def _week(request: HttpRequest, found, chosen: dict, first: date, today: date) -> dict[str, object]:
    """The week that begins on a day, by days, with links to the weeks around it."""
    at = timezone.now()
    by_day = selectors.first_of_each_day(found, first=first, days=selectors.WEEK_DAYS, at=at)
    counts = selectors.counts_by_day(found, first=first, days=selectors.WEEK_DAYS, at=at)
    sessions = [session for day in sorted(by_day) for session in by_day[day]]
    cards = iter(selectors.class_cards(sessions, person=request.user, at=at))
    groups = []
    for offset in range(selectors.WEEK_DAYS):
        day = first + timedelta(days=offset)
        shown = [next(cards) for _ in by_day.get(day, [])]
        groups.append(
            selectors.DayGroup(
                date=day,
                cards=shown,
                more_count=counts.get(day, 0) - len(shown),
                more_url=_day_url(chosen, day, span="day"),
            )
        )
    before = max(today, first - timedelta(days=selectors.WEEK_DAYS))
    after = first + timedelta(days=selectors.WEEK_DAYS)
    return {
        "groups": groups if sessions else [],
        "prev_url": _day_url(chosen, before) if first > today else "",
        "next_url": _day_url(chosen, after) if after <= today + LAST_DAY_AHEAD else "",
    }


def _strip(found, chosen: dict, on: date, today: date) -> list[Day]:
    first = today if on < today + timedelta(days=selectors.STRIP_DAYS) else on
    counts = selectors.counts_by_day(found, first=first, days=selectors.STRIP_DAYS, at=timezone.now())
    return day_strip(
        first=first,
        days=selectors.STRIP_DAYS,
        counts=counts,
        today=today,
        on=on,
        url_of=lambda day: _day_url(chosen, day),
    )


def _day_from(text: str, today: date) -> date:
    """Return the day that an address names, today where it names none or one out of reach."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if today <= day <= today + LAST_DAY_AHEAD else today


def _day_url(chosen: dict, day: date, **more: str) -> str:
    return f"?{urlencode({**query_of(chosen), 'day': day.isoformat(), **more})}"
