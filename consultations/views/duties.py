"""A mentor's own duties: declaring, taking back, calling off, and what came of each consultation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from consultations import services
from consultations.forms.duties import CallOffForm, DutyForm, OutcomeForm
from consultations.models import Consultation, ConsultationShift, ConsultationSlot
from consultations.selectors import duties
from mentor_portal.errors import DomainError
from mentor_portal.reservations.selectors import told_count
from mentors.models import Mentor

PAGE_SIZE = 20
# Under which field a refusal of the service is shown.
FIELD_OF_REFUSAL = {
    "not_appointed_then": "first_on",
    "shift_in_the_past": "first_on",
    "shift_too_short": "ends",
    "no_day_left": "exceptions",
}


@login_required
@require_GET
def shift_list(request: HttpRequest) -> HttpResponse:
    """One's own duties: those to come by day, or those that are over."""
    mentor, at = _mentor(request), timezone.now()
    tab = "past" if request.GET.get("tab") == "past" else "coming"
    rows = duties.past_duties(mentor, at) if tab == "past" else duties.coming_duties(mentor, at)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "section": "desk",
        "tab": tab,
        "page_obj": page,
        "duties": [duties.duty_line(shift, at) for shift in page],
    }
    return render(request, "consultations/duty_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def shift_new(request: HttpRequest) -> HttpResponse:
    """Declare one duty, or one for each week, with everything filled in from the last one."""
    mentor = _mentor(request)
    if request.method == "GET":
        return _form_page(request, DutyForm(initial=duties.usual_duty(mentor, timezone.localdate())))
    if request.POST.get("act") == "days":
        return _days(request)
    form = DutyForm(request.POST)
    declared = _declare(request, form, mentor) if form.is_valid() else []
    if not declared:
        return _form_page(request, form, status=422)
    many = f" {len(declared)} 次" if len(declared) > 1 else ""
    messages.success(request, f"已申报{many}值班。工作人员安排好房间后，会在“我的消息”里告诉您。")
    return redirect("consultations:shift-list" if many else declared[0])


@login_required
@require_GET
def shift_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own duty: where it stands, its slots, and who comes."""
    shift, at = _own(request, pk), timezone.now()
    context = {
        "section": "desk",
        "shift": shift,
        "line": duties.duty_line(shift, at),
        "slots": duties.slot_lines(shift, at),
    }
    return render(request, "consultations/duty_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def shift_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then take back what is not arranged yet."""
    shift, at = _own(request, pk), timezone.now()
    if request.method == "POST" and shift.series and request.POST.get("scope") == "series":
        taken_back = services.withdraw_series(series=shift.series, by=request.user, at=at)
        messages.success(request, f"已撤回这个系列里待安排的 {len(taken_back)} 次值班。")
        return redirect("consultations:shift-list")
    if request.method == "POST":
        services.withdraw_shift(shift=shift, by=request.user, at=at)
        messages.success(request, "已撤回这次值班。")
        return redirect(shift)
    line = duties.duty_line(shift, at)
    if not line.can_withdraw:
        messages.info(request, f"这个值班现在是“{line.word}”，不能撤回。")
        return redirect(shift)
    waiting = shift.series.shifts.submitted().count() if shift.series else 1
    context = {"section": "desk", "line": line, "waiting": waiting}
    return render(request, "consultations/duty_withdraw.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def shift_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who will be told, ask for the reason, and call an arranged duty off."""
    shift, at = _own(request, pk), timezone.now()
    line = duties.duty_line(shift, at)
    if not line.can_cancel:
        messages.info(request, f"这个值班现在是“{line.word}”，不能取消。")
        return redirect(shift)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.cancel_shift(shift=shift, by=request.user, at=at, reason=form.cleaned_data["reason"])
        messages.success(request, "已取消这次值班，已通知预约的人。")
        return redirect(shift)
    offerings = [slot.offering for slot in shift.slots.ahead(at).select_related("offering")]
    what = {
        "heading": "取消值班",
        "lead": "还没有开始的时段都会取消，预约的人会收到消息，不算爽约。",
        "title": line.kind,
        "starts_at": line.starts_at,
        "ends_at": line.ends_at,
        "place": line.place,
        "slot_count": len(offerings),
    }
    return _call_off_page(request, shift, what, told_count(offerings), form)


@login_required
@require_http_methods(["GET", "POST"])
def slot_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who will be told, ask for the reason, and call one slot off."""
    slot, at = _own_slot(request, pk), timezone.now()
    offering = slot.offering
    if not ConsultationSlot.objects.ahead(at).filter(pk=slot.pk).exists():
        messages.info(request, "这个时段已经开始或已取消，不能再取消。")
        return redirect(slot.shift)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.cancel_slot(slot=slot, by=request.user, at=at, reason=form.cleaned_data["reason"])
        messages.success(request, "已取消这个时段。")
        return redirect(slot.shift)
    what = {
        "heading": "取消时段",
        "lead": "只取消这一个时段，其他时段不变。",
        "title": offering.title,
        "starts_at": offering.starts_at,
        "ends_at": offering.ends_at,
        "place": str(offering.venue or ""),
        "slot_count": 1,
    }
    return _call_off_page(request, slot.shift, what, told_count([offering]), form)


@login_required
@require_http_methods(["GET", "POST"])
def consultation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's consultation: the question, and what the mentor writes about it."""
    mentor, at = _mentor(request), timezone.now()
    reservation = get_object_or_404(duties.bookings_of(mentor), pk=pk)
    record = Consultation.objects.filter(reservation=reservation).select_related("resume").first()
    initial = {"outcome": record.outcome, "notes": record.notes} if record else None
    form = OutcomeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        record = services.record_of(reservation=reservation)
        services.note_outcome(consultation=record, mentor=mentor, by=request.user, at=at, **form.cleaned_data)
        messages.success(request, "已保存。")
        return redirect("consultations:consultation-detail", pk)
    context = {
        "section": "desk",
        "reservation": reservation,
        "line": duties.booking_line(reservation),
        "record": record,
        "resume": getattr(record, "resume", None),
        "shift": reservation.offering.consultation_slot.shift,
        "form": form,
        "can_write": reservation.offering.starts_at <= at,
    }
    status = 422 if form.errors else 200
    return render(request, "consultations/consultation_detail.html", context, status=status)


def _mentor(request: HttpRequest) -> Mentor:
    """Return the mentor who asks; for others these pages are not there."""
    return get_object_or_404(Mentor, user=request.user)


def _own(request: HttpRequest, pk: int) -> ConsultationShift:
    """Return one's own duty, or 404."""
    own = ConsultationShift.objects.filter(mentor__user=request.user)
    return get_object_or_404(own.for_lines().with_slot_counts().select_related("series"), pk=pk)


def _own_slot(request: HttpRequest, pk: int) -> ConsultationSlot:
    """Return a slot of one's own duty, or 404."""
    own = ConsultationSlot.objects.filter(shift__mentor__user=request.user)
    # By the offering's own number, which may be larger than the database knows; one's pk may not.
    return get_object_or_404(own.select_related("shift", "offering__venue__host_unit"), offering__pk=pk)


def _declare(request: HttpRequest, form: DutyForm, mentor: Mentor) -> list[ConsultationShift]:
    """Return what the service declared, or nothing with the refusal on the form."""
    try:
        return services.declare_shifts(mentor=mentor, plan=form.plan(), by=request.user, at=timezone.now())
    except DomainError as refusal:
        form.add_error(FIELD_OF_REFUSAL.get(refusal.code), str(refusal))
        return []


def _days(request: HttpRequest) -> HttpResponse:
    """Show the days that would be declared: alone to htmx, else in the form as it was typed."""
    typed = {name: request.POST.get(name) for name in DutyForm.base_fields if name in request.POST}
    form = DutyForm(initial={**typed, "exceptions": request.POST.getlist("exceptions")})
    if request.htmx:
        return render(request, "consultations/partials/duty_days.html", {"form": form})
    return _form_page(request, form)


def _form_page(request: HttpRequest, form: DutyForm, status: int = 200) -> HttpResponse:
    has_rooms = form.fields["host_unit"].queryset.exists()
    context = {"section": "desk", "form": form, "has_rooms": has_rooms}
    return render(request, "consultations/duty_form.html", context, status=status)


def _call_off_page(
    request: HttpRequest, shift: ConsultationShift, what: dict[str, object], told: object, form: CallOffForm
) -> HttpResponse:
    context = {"section": "desk", "shift": shift, "what": what, "told": told, "form": form}
    status = 422 if form.errors else 200
    return render(request, "consultations/duty_cancel.html", context, status=status)
