"""Pairings (结对帮扶): one page for the two of them, each with a view of their own; others find none."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from consultations import errors, services
from consultations.forms import pairings as forms
from consultations.models import Pairing, PlacementProof
from consultations.rules.pairings import Act, Side
from consultations.selectors import pairings as selectors
from mentor_portal.errors import DomainError
from mentor_portal.files import file_response
from mentor_portal.reservations.models import Reservation
from mentors.models import Mentor

PAGE_SIZE = 20
PROPOSED = "已发出结对邀请，对方接受后会通知您。"
ACCEPTED = "已接受结对，导师会与您联系。"
DECLINED = "已告诉导师，这次不结对。"
LOGGED = "联系已登记。"
CLAIMED = "结果已上报，请求职者确认后由工作人员核实。"
CONFIRMED = "已确认，工作人员核实后会通知您。"
DISPUTED = "已告诉导师，请等待核对。"
ENDED = "结对已结束，已告诉对方。"
# Under which field of the outcome a refusal stands.
FIELD_OF_REFUSAL = {
    errors.EmployerUnnamed.code: "name",
    errors.StartedTooEarly.code: "started_on",
    errors.StartedTooLate.code: "started_on",
    errors.ProofMissing.code: "proof",
    "file_refused": "proof",
}


@login_required
@require_GET
def pairing_list(request: HttpRequest) -> HttpResponse:
    """A mentor's own pairings, live ones first."""
    mentor = get_object_or_404(Mentor, user=request.user)
    page = Paginator(selectors.pairings_of(mentor), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [selectors.line_for(pairing, Side.MENTOR) for pairing in page]
    context = {"section": "desk", "page_obj": page, "lines": lines}
    return render(request, "consultations/pairing_list.html", context)


@login_required
@require_GET
def pairing_own(request: HttpRequest) -> HttpResponse:
    """The pairings in which one is the job seeker, live ones first."""
    found = Paginator(selectors.pairings_with(request.user), PAGE_SIZE)
    page = found.get_page(request.GET.get("page"))
    lines = [selectors.line_for(pairing, Side.SEEKER) for pairing in page]
    context = {"section": "me", "page_obj": page, "lines": lines}
    return render(request, "consultations/pairing_own.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def pairing_start(request: HttpRequest, reservation_pk: int) -> HttpResponse:
    """Ask somebody whom one has advised to go on together."""
    mentor = get_object_or_404(Mentor, user=request.user)
    found = selectors.consulted_by(mentor, timezone.now())
    reservation = get_object_or_404(found, pk=reservation_pk)
    live = Pairing.objects.of(mentor).live().filter(job_seeker=reservation.person_id).first()
    if live:
        messages.info(request, "你们已有一个进行中的结对。")
        return redirect(live)
    form = forms.GoalForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (pairing := _propose(request, mentor, reservation, form)):
        messages.success(request, PROPOSED)
        return redirect(pairing)
    context = {"section": "desk", "form": form, "reservation": reservation, "person": reservation.person}
    return render(request, "consultations/pairing_form.html", context, status=_status(form))


@login_required
@never_cache
@require_GET
def pairing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A pairing as its mentor or its job seeker sees it."""
    return _page(request, _visible(request, pk))


@login_required
@require_POST
def pairing_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The job seeker accepts or declines."""
    pairing = _of_seeker(request, pk)
    step = {"pairing": pairing, "by": request.user, "at": timezone.now()}
    answer = request.POST.get("answer")
    if answer == "accept":
        services.accept_pairing(**step)
        messages.success(request, ACCEPTED)
        return redirect(pairing)
    form = forms.DeclineForm(request.POST)
    if answer != "decline" or not form.is_valid():
        return _page(request, pairing, decline_form=form)
    services.decline_pairing(**step, reason=form.cleaned_data["reason"])
    messages.success(request, DECLINED)
    return redirect(pairing)


@login_required
@require_POST
def pairing_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """The mentor notes that the two were in touch."""
    pairing = _of_mentor(request, pk)
    form = forms.ContactForm(request.POST)
    if form.is_valid():
        try:
            services.log_contact(pairing=pairing, by=request.user, at=timezone.now(), **form.cleaned_data)
        except errors.ContactNotPossible as refusal:
            form.add_error("contacted_on", str(refusal))
        else:
            messages.success(request, LOGGED)
            return redirect(pairing)
    return _page(request, pairing, contact_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def pairing_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """The mentor reports work or a business, with its proof."""
    pairing = _of_mentor(request, pk)
    if request.method == "GET" and not pairing.may(Act.CLAIM, request.user):
        messages.info(request, f"这次结对现在是“{pairing.get_state_display()}”，不能上报结果。")
        return redirect(pairing)
    placement = getattr(pairing, "placement", None)
    has_proof = PlacementProof.objects.filter(placement__pairing=pairing).exists()
    form = forms.OutcomeForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        initial=forms.first_of(placement, timezone.localdate()),
        has_proof=has_proof,
    )
    if form.is_valid() and _claim(request, pairing, form):
        messages.success(request, CLAIMED)
        return redirect(pairing)
    context = {"section": "desk", "form": form, "pairing": pairing, "line": _line(pairing, Side.MENTOR)}
    return render(request, "consultations/pairing_outcome.html", context, status=_status(form))


@login_required
@require_POST
def pairing_check(request: HttpRequest, pk: int) -> HttpResponse:
    """The job seeker says whether the outcome is true."""
    pairing = _of_seeker(request, pk)
    step = {"pairing": pairing, "by": request.user, "at": timezone.now()}
    answer = request.POST.get("answer")
    read = forms.ConfirmForm(request.POST)
    if answer == "confirm" and read.is_valid():
        services.confirm_outcome(**step, **read.cleaned_data)
        messages.success(request, CONFIRMED)
        return redirect(pairing)
    form = forms.DisputeForm(request.POST)
    if answer != "dispute" or not form.is_valid():
        return _page(request, pairing, dispute_form=form)
    services.dispute_outcome(**step, reason=form.cleaned_data["reason"])
    messages.success(request, DISPUTED)
    return redirect(pairing)


@login_required
@require_http_methods(["GET", "POST"])
def pairing_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Either of the two ends a pairing without work."""
    pairing = _visible(request, pk)
    if request.method == "GET" and not pairing.may(Act.STOP, request.user):
        messages.info(request, f"这次结对现在是“{pairing.get_state_display()}”，不能结束。")
        return redirect(pairing)
    form_class = forms.EndForm if pairing.may(Act.GIVE_UP, request.user) else forms.StopForm
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_valid() and _end(request, pairing, form):
        messages.success(request, ENDED)
        return redirect(pairing)
    side = _side(request, pairing)
    context = {"section": _section(side), "form": form, "pairing": pairing, "line": _line(pairing, side)}
    return render(request, "consultations/pairing_end.html", context, status=_status(form))


# Browsers show a PDF file by a plugin of their own. Whoever is not signed in hears what strangers hear.
@require_safe
@never_cache
@csp_replace({"object-src": [SELF]})
def pairing_proof(request: HttpRequest, pk: int) -> FileResponse:
    """The proof of a pairing's outcome, for the two of them; staff open it in the admin."""
    visible = Pairing.objects.visible_to(request.user)
    proofs = PlacementProof.objects.filter(placement__pairing__in=visible)
    return file_response(get_object_or_404(proofs, placement__pairing__pk=pk))


def _visible(request: HttpRequest, pk: int) -> Pairing:
    """Return a pairing that this person is a part of, loaded for its page, or 404."""
    return get_object_or_404(Pairing.objects.visible_to(request.user).for_lines(), pk=pk)


def _of_mentor(request: HttpRequest, pk: int) -> Pairing:
    return get_object_or_404(Pairing.objects.filter(mentor__user=request.user).for_lines(), pk=pk)


def _of_seeker(request: HttpRequest, pk: int) -> Pairing:
    return get_object_or_404(Pairing.objects.filter(job_seeker=request.user).for_lines(), pk=pk)


def _side(request: HttpRequest, pairing: Pairing) -> Side:
    return Side.MENTOR if pairing.mentor.user_id == request.user.pk else Side.SEEKER


def _section(side: Side) -> str:
    return "desk" if side == Side.MENTOR else "me"


def _line(pairing: Pairing, side: Side) -> selectors.PairingLine:
    return selectors.line_for(pairing, side)


def _page(
    request: HttpRequest,
    pairing: Pairing,
    *,
    contact_form: forms.ContactForm | None = None,
    decline_form: forms.DeclineForm | None = None,
    dispute_form: forms.DisputeForm | None = None,
) -> HttpResponse:
    """Show the pairing; a form that was refused stands on it with what was typed."""
    side = _side(request, pairing)
    refused = [each for each in (contact_form, decline_form, dispute_form) if each]
    placement = getattr(pairing, "placement", None)
    context = {
        "section": _section(side),
        "pairing": pairing,
        "is_mentor_side": side == Side.MENTOR,
        "line": _line(pairing, side),
        "may": selectors.acts_of(pairing, request.user),
        "contacts": selectors.contacts_of(pairing, side),
        "steps": selectors.steps_of(pairing),
        "placement": placement,
        # What was disputed or returned is for the mentor to report anew.
        "has_outcome": placement is not None and pairing.state != Pairing.State.ACTIVE,
        "proof": getattr(placement, "proof", None),
        "contact_form": contact_form or forms.ContactForm(initial={"contacted_on": timezone.localdate()}),
        "decline_form": decline_form or forms.DeclineForm(),
        "dispute_form": dispute_form or forms.DisputeForm(),
    }
    status = 422 if refused else 200
    return render(request, "consultations/pairing_detail.html", context, status=status)


def _propose(
    request: HttpRequest, mentor: Mentor, reservation: Reservation, form: forms.GoalForm
) -> Pairing | None:
    """Carry the proposal out; a refusal stands on the form."""
    try:
        return services.propose_pairing(
            mentor=mentor,
            job_seeker=reservation.person,
            goal=form.cleaned_data["goal"],
            started_from=reservation,
            by=request.user,
            at=timezone.now(),
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return None


def _claim(request: HttpRequest, pairing: Pairing, form: forms.OutcomeForm) -> bool:
    """Carry the claim out; a refusal stands under its field."""
    try:
        services.claim_outcome(pairing=pairing, outcome=form.outcome(), by=request.user, at=timezone.now())
    except DomainError as refusal:
        form.add_error(FIELD_OF_REFUSAL.get(refusal.code), str(refusal))
        return False
    return True


def _end(request: HttpRequest, pairing: Pairing, form: forms.StopForm) -> bool:
    """Carry the end out; a refusal stands on the form."""
    is_given_up = form.cleaned_data.get("how") == forms.EndForm.UNSUCCESSFUL
    end = services.end_unsuccessful if is_given_up else services.stop_pairing
    try:
        end(pairing=pairing, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _status(form: object) -> int:
    return 422 if form.errors else 200
