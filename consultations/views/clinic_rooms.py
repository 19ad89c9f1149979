"""The room of a clinic on the day: mentors call the next one and write down what came of it, staff help."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consultations import services
from consultations.forms.clinics import NotesForm
from consultations.models import ClinicTurn, PanelClinic
from consultations.selectors import clinics as selectors
from mentor_portal.accounts.models import User
from mentor_portal.errors import DomainError
from mentors.models import Mentor

MAY_RUN_A_CLINIC = "reservations.change_reservation"


@dataclass(frozen=True)
class Entrance:
    """A clinic and who has come into its room: one of its mentors, or staff (then ``mentor`` is None)."""

    clinic: PanelClinic
    mentor: Mentor | None


@never_cache
@login_required
@require_GET
def clinic_room(request: HttpRequest, pk: int) -> HttpResponse:
    """The queue, and for a mentor the person before them; htmx asks for the queue alone."""
    return _room(request, _enter(request, pk))


@never_cache
@login_required
@require_POST
def clinic_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the next one: to oneself, or for staff to the mentor they name."""
    entrance = _enter(request, pk)
    mentor = entrance.mentor or _named_mentor(request, entrance.clinic)
    _do(request, lambda: _call(request, entrance.clinic, mentor))
    return redirect("clinics:clinic-room", pk)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def clinic_note(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Notes and outcome of somebody the mentor took; done, and if they like with the next one called."""
    entrance = _enter(request, pk)
    turn = _turn(entrance.clinic, number)
    if entrance.mentor is None or turn.mentor_id != entrance.mentor.pk:
        raise Http404
    if request.method == "GET":
        return _note_page(request, entrance, turn, _notes_form(turn))
    form = NotesForm(request.POST)
    if not form.is_valid():
        return _note_page(request, entrance, turn, form)
    return _note(request, entrance, turn, form)


@never_cache
@login_required
@require_POST
def clinic_move(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Somebody is done, goes back into the queue, or has left: staff say so, or the mentor of that person."""
    entrance = _enter(request, pk)
    turn = _turn(entrance.clinic, number)
    if entrance.mentor and turn.mentor_id not in (None, entrance.mentor.pk):
        raise Http404
    steps = {
        "done": (services.finish_turn, "{number} 号已完成。"),
        "back": (services.put_back, "{number} 号已排到队尾。"),
        "left": (services.leave_queue, "{number} 号已离开队伍。"),
    }
    if request.POST.get("step") not in steps:
        raise Http404
    verb, done = steps[request.POST["step"]]

    def act() -> str:
        verb(turn=turn, by=request.user, at=timezone.now())
        return done.format(number=number)

    _do(request, act)
    return redirect("clinics:clinic-room", pk)


def _enter(request: HttpRequest, pk: int) -> Entrance:
    """Return the clinic for one of its mentors or for staff who run it, or 404."""
    rows = PanelClinic.objects.visible().select_related("offering__venue__host_unit")
    # By the offering's own number, which may be larger than the database knows; one's pk may not.
    clinic = get_object_or_404(rows.prefetch_related("mentors"), offering__pk=pk)
    mentor = next((each for each in clinic.mentors.all() if each.user_id == request.user.pk), None)
    if mentor is None and not _may_run(request.user, clinic):
        raise Http404
    return Entrance(clinic, mentor)


def _may_run(user: User, clinic: PanelClinic) -> bool:
    is_of_unit = user.is_provincial or clinic.offering.host_unit_id == user.host_unit_id
    return user.is_staff and is_of_unit and user.has_perm(MAY_RUN_A_CLINIC)


def _named_mentor(request: HttpRequest, clinic: PanelClinic) -> Mentor:
    asked_for = request.POST.get("mentor", "")
    found = [mentor for mentor in clinic.mentors.all() if str(mentor.pk) == asked_for]
    if not found:
        raise Http404
    return found[0]


def _turn(clinic: PanelClinic, number: int) -> ClinicTurn:
    # Numbers are small; the database may not know one as large as an address can hold.
    turns = clinic.turns.select_related("reservation__person", "reservation__consultation", "mentor")
    return get_object_or_404(turns, number=number) if number < 32768 else _nothing()


def _nothing() -> ClinicTurn:
    raise Http404


def _call(request: HttpRequest, clinic: PanelClinic, mentor: Mentor) -> str:
    turn = services.call_next(clinic=clinic, mentor=mentor, by=request.user, at=timezone.now())
    return f"已叫 {turn.number} 号 {turn.reservation.person}，请到{mentor.name}导师处。"


def _note(request: HttpRequest, entrance: Entrance, turn: ClinicTurn, form: NotesForm) -> HttpResponse:
    step = request.POST.get("step", "save")

    def act() -> str:
        services.note_turn(
            turn=turn,
            mentor=entrance.mentor,
            **form.cleaned_data,
            is_done=step in ("done", "next"),
            by=request.user,
            at=timezone.now(),
        )
        return f"{turn.number} 号的记录已保存。"

    if _do(request, act) and step == "next":
        _do(request, lambda: _call(request, entrance.clinic, entrance.mentor))
    return redirect("clinics:clinic-room", entrance.clinic.pk)


def _do(request: HttpRequest, act: Callable[[], str]) -> bool:
    """Do one thing in the room and say what came of it; tells whether it went well."""
    try:
        messages.success(request, act())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def _notes_form(turn: ClinicTurn) -> NotesForm:
    consultation = turn.reservation.consultation
    return NotesForm(initial={"notes": consultation.notes, "outcome": consultation.outcome})


def _room(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    clinic, mentor = entrance.clinic, entrance.mentor
    context = {
        "section": "desk",
        "clinic": clinic,
        "mentor": mentor,
        "room": selectors.room_of(clinic, mentor=mentor, at=timezone.now()),
    }
    if request.htmx and not request.htmx.history_restore_request:
        response = render(request, "consultations/partials/clinic_queue.html", context)
    else:
        turn = _current(clinic, mentor)
        context |= {"turn": turn, "form": _notes_form(turn) if turn else None}
        response = render(request, "consultations/clinic_room.html", context)
    response["Vary"] = "HX-Request"
    return response


def _current(clinic: PanelClinic, mentor: Mentor | None) -> ClinicTurn | None:
    return clinic.turns.called().for_lines().filter(mentor=mentor).first() if mentor else None


def _note_page(request: HttpRequest, entrance: Entrance, turn: ClinicTurn, form: NotesForm) -> HttpResponse:
    context = {"section": "desk", "clinic": entrance.clinic, "turn": turn, "form": form}
    return render(request, "consultations/clinic_note.html", context, status=422 if form.errors else 200)
