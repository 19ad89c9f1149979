"""A trip's page, and signing up for it."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.selectors import (
    ReservationLine,
    line_for,
    own_reservation,
    suspended_words,
)
from mentor_portal.reservations.services import Outcome
from mentor_portal.reservations.services.places import booking_rules
from mentor_portal.reservations.views.booking import ask_for_phone, go, page_or_fragment
from mentors.models import Mentor
from research import errors, selectors, services
from research.models import ResearchTrip
from research.rules import paragraphs
from research.services.trips import may_sign_up


@require_GET
def trip_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A trip's own page."""
    trip = _visible(request, pk)
    context = {
        **_action_context(request, trip),
        "section": "research",
        "trip": trip,
        "chains": [chain.short_name for chain in trip.theme.chains.all()],
        "paragraphs": paragraphs(trip.theme.introduction),
        "notes": paragraphs(trip.notes),
        "reports": selectors.published_reports().filter(trip=trip),
    }
    return render(request, "research/trip_detail.html", context)


@require_GET
def trip_seats(request: HttpRequest, pk: int) -> HttpResponse:
    """The action box of a trip, asked for again while the page is open."""
    context = _action_context(request, _visible(request, pk))
    return render(request, "research/partials/trip_action.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def trip_book(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what one is about to sign up for, then do it."""
    if asked := ask_for_phone(request):
        return asked
    if request.method == "POST":
        return _sign_up(request, pk)
    trip = _visible(request, pk)
    context = _action_context(request, trip)
    if context["action"] is None:
        messages.info(request, _why_not(context))
        return go(request, trip.get_absolute_url())
    context |= {"section": "research", "trip": trip, "rules": _rules(context["action"]["kind"])}
    page, fragment = "research/trip_book.html", "research/partials/trip_book_sheet.html"
    return page_or_fragment(request, page, fragment, context)


def _visible(request: HttpRequest, pk: int) -> ResearchTrip:
    """Return a trip that this person may see, loaded for its page, or 404."""
    rows = ResearchTrip.objects.visible_to(request.user).for_cards()
    # By the offering's own number, which may be larger than the database knows; one's pk may not.
    return get_object_or_404(rows, offering__pk=pk)


def _sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign up and go to the trip's page; what a page would show of the trip is not loaded."""
    rows = ResearchTrip.objects.visible_to(request.user).select_related("offering")
    trip = get_object_or_404(rows, offering__pk=pk)
    outcome = services.sign_up(trip=trip, person=request.user, by=request.user, at=timezone.now())
    messages.success(request, _outcome_in_words(outcome))
    return go(request, trip.get_absolute_url())


def _action_context(request: HttpRequest, trip: ResearchTrip) -> dict[str, object]:
    """What the action box needs: the places, the viewer's own, the one thing to do, or why not."""
    at, person = timezone.now(), request.user
    [card] = selectors.trip_cards([trip], person=person, at=at)
    own = own_reservation(trip.offering, person)
    if own:
        own.offering = trip.offering
    refusal = "" if own else _refusal(request, trip, bool(card.seats.action))
    action = None
    if own is None and card.seats.action and not refusal:
        word = "立即报名" if card.seats.action == "book" else "加入候补"
        action = {"url": card.book_url, "word": word, "kind": card.seats.action}
    return {
        "card": card,
        "mine": _own_line(own, at) if own else None,
        "action": action,
        "refusal": refusal,
        "report_url": _report_url(trip, own),
    }


def _own_line(own: Reservation, at: datetime) -> ReservationLine:
    line = line_for(own, at)
    line.word = line.word.replace("已预约", "已报名")
    return line


def _refusal(request: HttpRequest, trip: ResearchTrip, is_open: bool) -> str:
    """Return what stands in the way of this person's signing up, nothing where nothing does."""
    offering, at = trip.offering, timezone.now()
    if offering.state == Offering.State.CANCELLED:
        return f"本次调研已取消：{offering.cancel_reason}" if offering.cancel_reason else ""
    if not is_open or not request.user.is_authenticated:
        return ""
    if not may_sign_up(request.user, at):
        return str(errors.MentorsOnly())
    return suspended_words(request.user, at)


def _report_url(trip: ResearchTrip, own: Reservation | None) -> str:
    """Return where a mentor who was there writes the report, or reads it."""
    if own is None or own.state != Reservation.State.ATTENDED:
        return ""
    if not Mentor.objects.filter(user=own.person_id).exists():
        return ""
    return f"{reverse('research:report-new')}?trip={trip.pk}"


def _why_not(context: dict[str, object]) -> str:
    if context["mine"]:
        return f"您已报名这次调研：{context['mine'].word}。"
    return str(context["refusal"]) or f"{context['card'].seats.word}。"


def _rules(kind: str) -> list[str]:
    hours = booking_rules().cancel_free_hours_group
    return [
        f"开始前 {hours} 小时可自行取消，之后不能参加请先请假。",
        "有名额时按候补先后通知您，请在保留时间内确认。" if kind == "wait" else "请按时到集合地点签到。",
        "每位参加的导师都要写一篇调研报告。",
    ]


def _outcome_in_words(outcome: Outcome) -> str:
    if not outcome.is_new:
        return "您之前已报名这次调研，不需要重复报名。"
    if outcome.reservation.state == Reservation.State.WAITLISTED:
        return "名额已满，您已进入候补，有名额会按先后通知您。"
    return "报名成功，请按时到集合地点。"
