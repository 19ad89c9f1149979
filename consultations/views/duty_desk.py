"""The desk of a duty: its slots, who has come, who walks in, and whether the mentor is there."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from consultations import services
from consultations.forms.duties import DutyWalkInForm
from consultations.models import ConsultationShift
from consultations.selectors import desk
from mentor_portal.errors import DomainError
from mentor_portal.reservations import services as places
from mentor_portal.reservations.models import Reservation
from mentor_portal.reservations.views.booking import page_or_fragment
from mentor_portal.reservations.views.desk import of_staff


@of_staff
@require_GET
def duty_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the desk of one duty."""
    return _desk(request, _managed(request, pk))


@of_staff
@require_POST
def check_in(request: HttpRequest, pk: int, reservation_pk: int) -> HttpResponse:
    """Check a person in by hand."""
    shift = _managed(request, pk)
    reservation = _reservation(shift, reservation_pk)

    def act() -> str:
        done = places.check_in_at_desk(reservation=reservation, by=request.user, at=timezone.now())
        return f"{done.reservation.person}已签到。"

    return _act(request, shift, act)


@of_staff
@require_POST
def undo(request: HttpRequest, pk: int, reservation_pk: int) -> HttpResponse:
    """Take a check-in back."""
    shift = _managed(request, pk)
    reservation = _reservation(shift, reservation_pk)

    def act() -> str:
        places.undo_check_in(reservation=reservation, by=request.user, at=timezone.now())
        return f"已撤销{reservation.person}的签到。"

    return _act(request, shift, act)


@of_staff
@require_POST
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Note whether the mentor is there."""
    shift = _managed(request, pk)
    is_present = request.POST.get("presence") != "absent"

    def act() -> str:
        services.note_duty(shift=shift, is_present=is_present, by=request.user, at=timezone.now())
        return f"已记录{shift.mentor.name}{'到场' if is_present else '未到场'}。"

    return _act(request, shift, act)


@of_staff
@require_POST
def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Note somebody who came without a booking, in the slot that was chosen."""
    shift = _managed(request, pk)
    form = _form(desk.desk_slots(shift, timezone.now()), request.POST)
    if not form.is_valid():
        return _desk(request, shift, form)
    data = form.cleaned_data
    slot = get_object_or_404(shift.slots.select_related("offering"), offering__pk=data.pop("slot"))

    def act() -> str:
        done = services.take_walk_in(slot=slot, by=request.user, at=timezone.now(), **data)
        return f"{done.reservation.person}已登记到场。"

    return _act(request, shift, act, typed=request.POST)


def _managed(request: HttpRequest, pk: int) -> ConsultationShift:
    """Return a duty that this member of staff runs, or 404; what was never arranged has no desk."""
    rows = ConsultationShift.objects.managed_by(request.user).filter(state__in=desk.ARRANGED)
    return get_object_or_404(rows.for_lines().select_related("mentor__user"), pk=pk)


def _reservation(shift: ConsultationShift, pk: int) -> Reservation:
    rows = Reservation.objects.filter(offering__consultation_slot__shift=shift)
    return get_object_or_404(rows.select_related("person"), pk=pk)


def _form(slots: list[desk.DeskSlot], data: object = None) -> DutyWalkInForm:
    choices = [(slot.pk, slot.label) for slot in slots if slot.is_open]
    usual = desk.usual_slot(slots, timezone.now())
    if usual is None:
        choices.insert(0, ("", "请选择时段"))
    return DutyWalkInForm(data, slots=choices, initial={"slot": usual})


def _desk(request: HttpRequest, shift: ConsultationShift, form: DutyWalkInForm | None = None) -> HttpResponse:
    at = timezone.now()
    slots = desk.desk_slots(shift, at)
    context = {
        "section": "desk",
        "shift": shift,
        "slots": slots,
        "is_open": any(slot.is_open for slot in slots),
        "hosting": desk.presence_of(shift),
        "form": form or _form(slots),
    }
    page, fragment = "consultations/duty_desk.html", "consultations/partials/duty_desk_board.html"
    status = 422 if form and form.errors else 200
    return page_or_fragment(request, page, fragment, context, status=status)


def _act(
    request: HttpRequest, shift: ConsultationShift, act: Callable[[], str], typed: object = None
) -> HttpResponse:
    """Do one thing at the desk and show the desk again; a refused form keeps what was typed."""
    try:
        messages.success(request, act())
    except DomainError as refusal:
        if typed:
            form = _form(desk.desk_slots(shift, timezone.now()), typed)
            form.add_error("slot", str(refusal))
            return _desk(request, shift, form)
        messages.error(request, str(refusal))
    if request.htmx:
        return _desk(request, shift)
    return redirect("consultations:duty-desk", shift.pk)
