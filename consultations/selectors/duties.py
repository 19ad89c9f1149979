"""What a mentor sees of the own duties: lines, slots with the people in them, the panel of the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from consultations.models import Consultation, ConsultationShift, ConsultationSlot
from consultations.models.shifts import ConsultationShiftQuerySet
from consultations.rules import duties as rules
from mentor_portal.accounts.models import HostUnit
from mentor_portal.moments import midnight
from mentor_portal.reservations.models import Offering, Reservation
from mentors.models import Mentor

DUTIES_ON_DESK = 3
BOOKINGS_ON_DESK = 30
# What was held longer ago is not asked after any more.
OUTCOMES_ASKED_FOR = timedelta(days=60)
USUAL_HOURS = (time(9), time(12))
USUAL_WEEKS = 3

State = ConsultationShift.State


@dataclass(frozen=True, kw_only=True)
class DutyLine:
    """A duty as its mentor sees it; ``tone`` is the state of a status line."""

    pk: int
    url: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    place: str
    slots: str
    tone: str
    word: str
    next_step: str
    comment: str
    is_weekly: bool
    can_withdraw: bool
    can_cancel: bool


@dataclass(frozen=True, kw_only=True)
class BookingLine:
    """One person's consultation as the mentor sees it."""

    pk: int
    url: str
    name: str
    starts_at: datetime
    ends_at: datetime
    place: str
    tone: str
    word: str
    question: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class SlotLine:
    """A slot of a duty, with whoever has booked it or came."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    tone: str
    word: str
    waiting: int
    people: list[BookingLine]
    can_cancel: bool


@dataclass(frozen=True, kw_only=True)
class DutyPanel:
    """Everything about consultations on a mentor's desk."""

    coming: list[DutyLine]
    today: list[BookingLine]
    to_write: list[BookingLine]


def desk_panel(mentor: Mentor, at: datetime) -> DutyPanel:
    """Return the next duties, today's bookings and the outcomes still to write, in three queries."""
    ahead = coming_duties(mentor, at).filter(state__in=ConsultationShift.STANDING)
    day = midnight(timezone.localtime(at).date())
    own = bookings_of(mentor)
    today = own.filter(offering__starts_at__gte=day, offering__starts_at__lt=day + timedelta(days=1))
    unwritten = Q(consultation__isnull=True) | Q(consultation__outcome=Consultation.Outcome.NONE)
    to_write = own.filter(
        unwritten, state=Reservation.State.ATTENDED, offering__starts_at__gt=at - OUTCOMES_ASKED_FOR
    )
    return DutyPanel(
        coming=[duty_line(shift, at) for shift in ahead[:DUTIES_ON_DESK]],
        today=[booking_line(row) for row in today[:BOOKINGS_ON_DESK]],
        to_write=[booking_line(row) for row in to_write[:BOOKINGS_ON_DESK]],
    )


def usual_duty(mentor: Mentor, today: date) -> dict[str, object]:
    """Return what a new duty begins with: the last one's room, unit and hours, on the next working day."""
    last = ConsultationShift.objects.of(mentor).order_by("-declared_at", "-pk").first()
    begins, ends = USUAL_HOURS
    if last:
        begins, ends = (timezone.localtime(each).time() for each in (last.starts_at, last.ends_at))
    first_on = rules.next_working_day(today)
    return {
        "kind": last.kind if last else ConsultationShift.Kind.CONSULTATION.value,
        "host_unit": last.host_unit_id if last else _province(),
        "first_on": first_on,
        "begins": begins,
        "ends": ends,
        "repeat": "once",
        "until_on": first_on + timedelta(weeks=USUAL_WEEKS),
    }


def coming_duties(mentor: Mentor, at: datetime) -> ConsultationShiftQuerySet:
    """What has not ended and was not taken back, the next one first, loaded for ``duty_line``."""
    return _loaded(mentor).coming(at).exclude(state=State.WITHDRAWN)


def past_duties(mentor: Mentor, at: datetime) -> ConsultationShiftQuerySet:
    """What has ended or was taken back, the last one first, loaded for ``duty_line``."""
    over = Q(ends_at__lte=at) | Q(state=State.WITHDRAWN)
    return _loaded(mentor).filter(over).order_by("-starts_at", "-pk")


def duty_line(shift: ConsultationShift, at: datetime) -> DutyLine:
    """Return a duty loaded with ``for_lines`` and ``with_slot_counts`` as its mentor sees it."""
    tone, word, next_step = _standing(shift, at)
    is_ahead = shift.ends_at > at
    return DutyLine(
        pk=shift.pk,
        url=shift.get_absolute_url(),
        kind=shift.get_kind_display(),
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        place=str(shift.room or shift.host_unit),
        slots=f"已约 {shift.taken_count} / {shift.slot_count} 个时段" if shift.slot_count else "",
        tone=tone,
        word=word,
        next_step=next_step,
        comment=shift.comment,
        is_weekly=shift.series_id is not None,
        can_withdraw=shift.state == State.SUBMITTED,
        can_cancel=shift.state == State.APPROVED and is_ahead,
    )


def slot_lines(shift: ConsultationShift, at: datetime) -> list[SlotLine]:
    """Return a duty's slots in the order of time, with their people, in two queries."""
    people = Reservation.objects.filter(state__in=Reservation.COUNTED)
    people = people.select_related("person", "consultation")
    rows = shift.slots.select_related("offering__venue__host_unit")
    loaded = rows.prefetch_related(Prefetch("offering__reservations", people.order_by("queued_at", "pk")))
    return [_slot_line(slot, at) for slot in loaded.order_by("offering__starts_at")]


def bookings_of(mentor: Mentor) -> QuerySet[Reservation]:
    """Those who come or came to the mentor's slots, by time, loaded for ``booking_line``."""
    rows = Reservation.objects.filter(
        offering__consultation_slot__shift__mentor=mentor, state__in=Reservation.COUNTED
    ).exclude(offering__state=Offering.State.CANCELLED)
    loaded = rows.select_related(
        "person", "consultation", "offering__venue__host_unit", "offering__consultation_slot__shift"
    )
    return loaded.order_by("offering__starts_at", "pk")


def booking_line(reservation: Reservation) -> BookingLine:
    """Return a reservation loaded with person, offering and consultation as the mentor sees it."""
    record = getattr(reservation, "consultation", None)
    offering = reservation.offering
    return BookingLine(
        pk=reservation.pk,
        url=reverse("consultations:consultation-detail", args=[reservation.pk]),
        name=str(reservation.person),
        starts_at=offering.starts_at,
        ends_at=offering.ends_at,
        place=str(offering.venue or ""),
        tone=_TONES_OF_PEOPLE.get(reservation.state, reservation.state),
        word="现场" if reservation.is_walk_in else reservation.get_state_display(),
        question=record.question if record else "",
        outcome=record.get_outcome_display() if record and record.outcome else "",
    )


_TONES_OF_PEOPLE = {Reservation.State.REQUESTED: "waitlisted"}


def _loaded(mentor: Mentor) -> ConsultationShiftQuerySet:
    return ConsultationShift.objects.of(mentor).for_lines().with_slot_counts()


def _province() -> int | None:
    return HostUnit.objects.filter(kind=HostUnit.Kind.PROVINCE).values_list("pk", flat=True).first()


def _standing(shift: ConsultationShift, at: datetime) -> tuple[str, str, str]:
    """Return the tone, the word and the next step of a duty."""
    if shift.state == State.APPROVED:
        if shift.ends_at <= at:
            return "attended", "已结束", ""
        if shift.starts_at <= at:
            return "confirmed", "正在值班", ""
        return "confirmed", "已安排", "不能到场请尽早取消"
    if shift.has_lapsed(at):
        return "no_show", "未安排", "到时间还没有安排房间"
    if shift.state == State.SUBMITTED:
        return "waitlisted", "待安排", "安排好房间后，求职者就可以预约"
    return _ENDED[shift.state]


_ENDED = {
    State.DECLINED: ("no_show", "未安排", "欢迎申报其他时间"),
    State.WITHDRAWN: ("cancelled", "已撤回", ""),
    State.CANCELLED: ("cancelled", "已取消", ""),
}


def _slot_line(slot: ConsultationSlot, at: datetime) -> SlotLine:
    offering = slot.offering
    people = list(offering.reservations.all())
    for row in people:
        row.offering = offering
    is_ahead = offering.state == Offering.State.PUBLISHED and offering.starts_at > at
    tone, word = _slot_word(offering, people, at)
    return SlotLine(
        pk=slot.pk,
        starts_at=offering.starts_at,
        ends_at=offering.ends_at,
        tone=tone,
        word=word,
        waiting=offering.waiting_count,
        people=[booking_line(row) for row in people],
        can_cancel=is_ahead,
    )


def _slot_word(offering: Offering, people: Iterable[Reservation], at: datetime) -> tuple[str, str]:
    if offering.state == Offering.State.CANCELLED:
        return "cancelled", f"已取消：{offering.cancel_reason}" if offering.cancel_reason else "已取消"
    if people:
        return "confirmed", ""
    if offering.ends_at <= at:
        return "attended", "无人预约"
    if at < offering.booking_opens_at:
        return "draft", "尚未开放预约"
    return "draft", "空闲"
