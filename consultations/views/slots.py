"""约咨询: the free times of a day, a slot's page, booking one, and what people say afterwards."""

from datetime import date, datetime, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from consultations import services
from consultations.errors import SlotTaken
from consultations.filters import SlotFilter, active_filters, filter_groups
from consultations.forms.bookings import RatingForm, SlotForm
from consultations.models import Consultation, ConsultationSlot, Resume
from consultations.selectors import slots as selectors
from consultations.views.clinics import clinic_page
from mentor_portal import portal_settings
from mentor_portal.accounts.services import set_name
from mentor_portal.files import file_response
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.selectors import Card, Day, cards_for, day_strip
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
from mentors.models import IndustrialChain

MENTORS_A_PAGE = 20
# No slot is booked so long before; moments at the ends of the calendar have no place in another time zone.
FAR_AWAY = timedelta(days=366)
SECTION = "consultations"
# Where the session keeps a question until it is booked.
TYPED = "consultation_question"
State = Reservation.State


@require_GET
def slot_list(request: HttpRequest) -> HttpResponse:
    """The free times of a day, by mentor; today and the days that are open for booking."""
    return page_or_fragment(
        request,
        "consultations/slot_list.html",
        "consultations/partials/slots.html",
        {"section": SECTION, **_day_of_slots(request)},
    )


@require_GET
def slot_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A slot's own page: the mentor, the time, one's own booking and what came of it."""
    return _page(request, _visible(request, pk))


@require_GET
def slot_seats(request: HttpRequest, pk: int) -> HttpResponse:
    """The action box of a slot, asked for again while the page is open."""
    return render(request, "components/action_box.html", _action_context(request, _visible(request, pk)))


@login_required
@require_http_methods(["GET", "POST"])
def slot_book(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is about to be booked, then book it."""
    if asked := ask_for_phone(request):
        return asked
    slot, form = _visible(request, pk), _form(request)
    if request.method == "POST" and form.is_valid():
        return _book(request, form, slot=slot)
    card = _card(request, slot)
    if elsewhere := not_bookable(request, card):
        return elsewhere
    return _booking_page(request, card, form, needs_approval=slot.offering.needs_approval)


@login_required
@require_http_methods(["GET", "POST"])
def any_book(request: HttpRequest) -> HttpResponse:
    """Book whichever mentor of a chain is free at a time (任意导师)."""
    if asked := ask_for_phone(request):
        return asked
    chain, starts_at = _asked_for(request)
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            return _book(request, form, chain=chain, starts_at=starts_at)
        except SlotTaken as refusal:
            messages.error(request, str(refusal))
            return go(request, _day_url({"chain": chain}, timezone.localtime(starts_at).date()))
    free = ConsultationSlot.objects.bookable(timezone.now()).free().one_to_one().of_chain(chain)
    slot = free.filter(offering__starts_at=starts_at).for_cards().first()
    if slot is None:
        messages.error(request, str(SlotTaken(when=f"{timezone.localtime(starts_at):%H:%M}")))
        return go(request, _day_url({"chain": chain}, timezone.localtime(starts_at).date()))
    card = _card(request, slot)
    card.title, card.mine = f"一对一咨询 · {chain.short_name}任意导师", ""
    card.book_url = request.get_full_path()
    card.url = _day_url({"chain": chain}, timezone.localtime(starts_at).date())
    if elsewhere := not_bookable(request, card):
        return elsewhere
    return _booking_page(request, card, form, needs_approval=False)


@login_required
@require_safe
def resume(request: HttpRequest, pk: int) -> FileResponse:
    """A résumé, for its person, the mentor and the staff of the unit."""
    found = Resume.objects.visible_to(request.user)
    return file_response(get_object_or_404(found, consultation__reservation__pk=pk))


@login_required
@require_POST
def consultation_rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how satisfied one was; whoever typed nothing sensible reads why, above what was typed."""
    own = Consultation.objects.of(request.user).select_related("reservation__offering")
    consultation = get_object_or_404(own, reservation__pk=pk)
    form = RatingForm(request.POST)
    offering = consultation.reservation.offering
    if not form.is_valid():
        return _page_of(request, offering, form)
    services.rate(consultation=consultation, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, "谢谢您的评价。")
    return redirect(offering.get_absolute_url())


def _page(request: HttpRequest, slot: ConsultationSlot, rating: RatingForm | None = None) -> HttpResponse:
    """Show a slot's page; a rating that was refused stands on it with what was typed."""
    at = timezone.now()
    own = _own(request, slot)
    can_rate = own is not None and own.can_be_rated and own.is_over(at)
    context = {
        **_action_context(request, slot),
        "section": SECTION,
        "slot": slot,
        "mentor": slot.shift.mentor,
        "own": own,
        "rating": (rating or RatingForm()) if can_rate else None,
        "others": selectors.alternatives(slot, at) if selectors.is_cancelled(slot) else [],
    }
    return render(request, "consultations/slot_detail.html", context, status=422 if rating else 200)


def _page_of(request: HttpRequest, offering: Offering, rating: RatingForm) -> HttpResponse:
    """Show the page of the slot or the clinic that somebody rates."""
    if offering.kind == OfferingKind.CLINIC:
        return clinic_page(request, offering.pk, rating)
    return _page(request, _visible(request, offering.pk), rating)


def _day_of_slots(request: HttpRequest) -> dict[str, object]:
    at, today = timezone.now(), timezone.localdate()
    days = portal_settings.read()["SLOT_DAYS_AHEAD"] + 1
    found = SlotFilter(request.GET, queryset=ConsultationSlot.objects.all())
    chosen = found.chosen
    counts = selectors.free_by_day(found.slots, first=today, days=days, at=at)
    on = _day_from(request.GET.get("day", ""), today, days, counts)
    slots = selectors.slots_on(found.slots, on, at)
    page = Paginator(selectors.mentors_on(slots), MENTORS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = selectors.by_mentor(slots, list(page.object_list), request.user)
    chain = chosen.get("chain")
    return {
        "filter_groups": filter_groups(chosen, selectors.units_with_slots(at)),
        "active_filters": active_filters(chosen),
        "days": _strip(chosen, counts, on, today, days),
        "on": on,
        "page_obj": page,
        "chain": chain,
        "any_chips": selectors.any_chips(slots, chain) if chain and "kind" not in chosen else [],
        "is_talent": "kind" in chosen,
        "next_free": _next_free(chosen, counts, on),
    }


def _day_from(text: str, today: date, days: int, counts: dict[date, int]) -> date:
    """Return the day that an address names, else the first with a free time, else today."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return min(counts, default=today)
    return day if today <= day < today + timedelta(days=days) else today


def _strip(chosen: dict[str, object], counts: dict[date, int], on: date, today: date, days: int) -> list[Day]:
    return day_strip(
        first=today,
        days=days,
        counts=counts,
        today=today,
        on=on,
        url_of=lambda day: _day_url(chosen, day),
    )


def _next_free(chosen: dict[str, object], counts: dict[date, int], on: date) -> str:
    """Return the address of the next day with a free time, nothing where there is none."""
    later = [day for day in counts if day > on] or [day for day in counts if day != on]
    return _day_url(chosen, min(later)) if later else ""


def _day_url(chosen: dict[str, object], day: date) -> str:
    query = urlencode({**query_of(chosen), "day": day.isoformat()})
    return f"{reverse('consultations:slot-list')}?{query}"


def _visible(request: HttpRequest, pk: int) -> ConsultationSlot:
    """Return a slot that this person may see, loaded for its page, or 404."""
    rows = ConsultationSlot.objects.visible_to(request.user).for_cards()
    # By the offering's own number, which may be larger than the database knows; one's pk may not.
    return get_object_or_404(rows.select_related("offering__host_unit"), offering__pk=pk)


def _own(request: HttpRequest, slot: ConsultationSlot) -> Consultation | None:
    """Return the viewer's own consultation in a slot, the standing one first."""
    if not request.user.is_authenticated:
        return None
    own = Consultation.objects.of(request.user).filter(reservation__offering=slot.pk)
    return own.select_related("reservation", "resume").order_by("-pk").first()


def _asked_for(request: HttpRequest) -> tuple[IndustrialChain, datetime]:
    """Return the chain and the moment of about now that an address names, or 404."""
    chain = get_object_or_404(IndustrialChain, slug=request.GET.get("chain", ""))
    try:
        starts_at = datetime.fromisoformat(request.GET.get("at", ""))
    except ValueError:
        raise Http404 from None
    if timezone.is_naive(starts_at) or abs(starts_at - timezone.now()) > FAR_AWAY:
        raise Http404
    return chain, starts_at


def _form(request: HttpRequest) -> SlotForm:
    """Return the form; what a rule refused a moment ago need not be typed again."""
    if request.method == "POST":
        return SlotForm(request.POST, request.FILES, person=request.user)
    return SlotForm(initial={"question": request.session.get(TYPED, "")}, person=request.user)


def _book(request: HttpRequest, form: SlotForm, **what: object) -> HttpResponse:
    """Book a slot, or any mentor at a time, and go to the page of what was booked."""
    person, said = request.user, form.cleaned_data
    if "name" in said:
        set_name(person=person, name=said["name"])
    request.session[TYPED] = said["question"]
    service = services.book_slot if "slot" in what else services.book_any
    outcome = service(
        **what,
        person=person,
        question=said["question"],
        resume=said["resume"],
        by=person,
        at=timezone.now(),
    )
    del request.session[TYPED]
    messages.success(request, _outcome_in_words(outcome))
    return go(request, outcome.reservation.offering.get_absolute_url())


def _booking_page(request: HttpRequest, card: Card, form: SlotForm, *, needs_approval: bool) -> HttpResponse:
    is_waiting = card.seats.action == "wait"
    hours = booking_rules().cancel_free_hours_one_to_one
    rules = [f"开始前 {hours} 小时可自行取消，之后不能到场请先请假。"]
    if is_waiting:
        rules.append("有空出的时段按候补先后通知您，请在保留时间内确认。")
    elif needs_approval:
        rules.append("提交后时段为您保留，工作人员审核后通知您。")
    else:
        rules.append("免费咨询，凭手机号现场签到。")
    word = "确认候补" if is_waiting else "提交申请" if needs_approval else "确认预约"
    context = {"section": SECTION, "card": card, "form": form, "rules": rules, "submit_word": word}
    page, fragment = "consultations/slot_book.html", "components/booking_sheet.html"
    return page_or_fragment(request, page, fragment, context, status=422 if form.errors else 200)


def _action_context(request: HttpRequest, slot: ConsultationSlot) -> dict[str, object]:
    return {
        **action_context(request, _card(request, slot), slot.offering),
        "seats_url": reverse("consultations:slot-seats", args=[slot.pk]),
        "thing": "时段",
    }


def _card(request: HttpRequest, slot: ConsultationSlot) -> Card:
    [card] = cards_for([slot.offering], person=request.user, at=timezone.now())
    card.mentor_names = [slot.shift.mentor.name]
    return card


def _outcome_in_words(outcome: Outcome) -> str:
    if not outcome.is_new:
        return "您之前已预约过这个时段，不需要重复预约。"
    match outcome.reservation.state:
        case State.WAITLISTED:
            return "这个时段已约满，您已进入候补，有空位会按先后通知您。"
        case State.REQUESTED:
            return "申请已提交，时段为您保留，审核后通知您。"
        case _:
            return "预约成功，请按时到场。"
