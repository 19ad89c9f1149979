"""Clinics (集中诊断) for job seekers: the coming ones, one of them with one's own turn, booking a place."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from consultations import services
from consultations.forms.bookings import RatingForm
from consultations.forms.clinics import ClinicBookingForm
from consultations.models import PanelClinic
from consultations.selectors import clinics as selectors
from mentor_portal.accounts.services import set_name
from mentor_portal.reservations.models import Reservation
from mentor_portal.reservations.selectors import Card
from mentor_portal.reservations.services import Outcome
from mentor_portal.reservations.services.places import booking_rules
from mentor_portal.reservations.views.booking import (
    action_context,
    ask_for_phone,
    go,
    not_bookable,
    page_or_fragment,
)

PAGE_SIZE = 30


@require_GET
def clinic_list(request: HttpRequest) -> HttpResponse:
    """The coming clinics, the next one first."""
    at = timezone.now()
    page = Paginator(selectors.coming(at).for_cards(), PAGE_SIZE).get_page(request.GET.get("page"))
    cards = selectors.clinic_cards(page, person=request.user, at=at)
    context = {"section": "consultations", "page_obj": page, "cards": cards}
    return render(request, "consultations/clinic_list.html", context)


@require_GET
def clinic_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A clinic's own page, on the day with one's own turn."""
    return clinic_page(request, pk)


def clinic_page(request: HttpRequest, pk: int, rating: RatingForm | None = None) -> HttpResponse:
    """Show a clinic's page; a rating that was refused stands on it with what was typed."""
    clinic = _visible(request, pk)
    offering = clinic.offering
    action = _action_context(request, clinic)
    turn = action["turn"]
    context = {
        **action,
        "section": "consultations",
        "clinic": clinic,
        "own": selectors.own_consultation(clinic, request.user),
        "rating": (rating or RatingForm()) if turn and turn.can_rate else None,
        "chains": [chain.short_name for chain in clinic.chains.all()],
        "mentors": clinic.mentors.all(),
        "venue": offering.venue,
        "host_unit": offering.host_unit,
    }
    status = 422 if rating else 200
    return render(request, "consultations/clinic_detail.html", context, status=status)


@require_GET
def clinic_seats(request: HttpRequest, pk: int) -> HttpResponse:
    """The action box with one's own turn, asked for again while the page is open."""
    context = _action_context(request, _visible(request, pk))
    return render(request, "consultations/partials/clinic_action.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def clinic_book(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the question, then book."""
    if asked := ask_for_phone(request):
        return asked
    clinic = _visible(request, pk)
    form = ClinicBookingForm(request.POST if request.method == "POST" else None, person=request.user)
    if request.method == "POST" and form.is_valid():
        return _book(request, clinic, form)
    return _booking_page(request, clinic, form)


def _visible(request: HttpRequest, pk: int) -> PanelClinic:
    """Return a clinic that this person may see, loaded for its page, or 404."""
    rows = PanelClinic.objects.visible_to(request.user).for_cards()
    # By the offering's own number, which may be larger than the database knows; one's pk may not.
    return get_object_or_404(rows.select_related("offering__host_unit"), offering__pk=pk)


def _book(request: HttpRequest, clinic: PanelClinic, form: ClinicBookingForm) -> HttpResponse:
    person = request.user
    if "name" in form.cleaned_data:
        set_name(person=person, name=form.cleaned_data["name"])
    outcome = services.book_clinic(
        clinic=clinic,
        person=person,
        question=form.cleaned_data["question"],
        by=person,
        at=timezone.now(),
    )
    messages.success(request, _outcome_in_words(outcome))
    return go(request, clinic.get_absolute_url())


def _booking_page(request: HttpRequest, clinic: PanelClinic, form: ClinicBookingForm) -> HttpResponse:
    card = _card(request, clinic)
    if elsewhere := not_bookable(request, card):
        return elsewhere
    is_waiting = card.seats.action == "wait"
    context = {
        "section": "consultations",
        "card": card,
        "form": form,
        "rules": [
            f"开始前 {booking_rules().cancel_free_hours_group} 小时可自行取消，之后不能到场请先请假。",
            "当天签到后拿到号码，按号码由在场导师接待，不指定导师。",
        ],
        "submit_word": "确认候补" if is_waiting else "确认预约",
    }
    page, fragment = "consultations/clinic_book.html", "components/booking_sheet.html"
    return page_or_fragment(request, page, fragment, context, status=422 if form.errors else 200)


def _action_context(request: HttpRequest, clinic: PanelClinic) -> dict[str, object]:
    return {
        **action_context(request, _card(request, clinic), clinic.offering),
        "seats_url": reverse("clinics:clinic-seats", args=[clinic.pk]),
        "thing": "集中诊断",
        "turn": selectors.own_turn(clinic, request.user),
    }


def _card(request: HttpRequest, clinic: PanelClinic) -> Card:
    return selectors.clinic_cards([clinic], person=request.user, at=timezone.now())[0]


def _outcome_in_words(outcome: Outcome) -> str:
    if not outcome.is_new:
        return "您之前已预约过这一场，不需要重复预约。"
    if outcome.reservation.state == Reservation.State.WAITLISTED:
        return "名额已满，您已进入候补，有空位会按先后通知您。"
    return "预约成功，当天签到后按号码咨询。"
