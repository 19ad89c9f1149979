"""A mentor's duties: declaring, arranging with a room, giving up, calling off."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from consultations import errors
from consultations.models import ConsultationShift, ConsultationSlot, ShiftSeries
from consultations.models.shifts import ConsultationShiftQuerySet
from consultations.rules import duties as rules
from consultations.services import telling
from consultations.wordings import Kind
from mentor_portal import portal_settings
from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.errors import DomainError
from mentor_portal.reservations import services as places
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Venue
from mentor_portal.reservations.services.places import lock_people
from mentor_portal.wording import day, span
from mentors.models import Appointment, Mentor

State = ConsultationShift.State
TITLES = {
    ConsultationShift.Kind.CONSULTATION: "一对一咨询 · {mentor}",
    ConsultationShift.Kind.TALENT: "高端人才洽谈 · {mentor}",
}


@dataclass(frozen=True, kw_only=True)
class DutyPlan:
    """What a mentor declares: wall times of one day, or of the same weekday until another.

    ``exceptions`` are days that are left out.
    """

    kind: ConsultationShift.Kind
    host_unit: HostUnit
    first_on: date
    begins: time
    ends: time
    until_on: date | None = None
    exceptions: Collection[date] = ()
    note: str = ""


@dataclass(frozen=True)
class Arranged:
    """What became of shifts that were arranged together: those with a room, and why the others have none."""

    done: list[ConsultationShift]
    refused: list[tuple[ConsultationShift, str]]


@transaction.atomic
def declare_shifts(*, mentor: Mentor, plan: DutyPlan, by: User, at: datetime) -> list[ConsultationShift]:
    """Declare one duty, or one for each week (notice 三（二）2); all of them or none.

    Raises ShiftInThePast, ShiftTooShort, NoDayLeft, MentorsOnDuty, or ShiftClash, which names each day
    on which the mentor has something else.
    """
    until = plan.until_on or plan.first_on
    days = rules.weekly_days(first=plan.first_on, until=until, exceptions=plan.exceptions)
    if not days:
        raise errors.NoDayLeft
    zone = timezone.get_current_timezone()
    spans = [rules.span_on(each, plan.begins, plan.ends, zone) for each in days]
    _refuse_impossible(spans[0], at)
    _refuse_out_of_office(mentor, days)
    lock_people([mentor.user_id])
    _refuse_clashes(mentor, spans)
    series = None
    if plan.until_on:
        left_out = sorted(each.isoformat() for each in plan.exceptions)
        series = ShiftSeries.objects.create(
            mentor=mentor, first_on=plan.first_on, until_on=until, exceptions=left_out, declared_at=at
        )
    return ConsultationShift.objects.bulk_create(
        ConsultationShift(
            mentor=mentor,
            series=series,
            kind=plan.kind,
            host_unit=plan.host_unit,
            starts_at=starts_at,
            ends_at=ends_at,
            note=plan.note,
            declared_at=at,
        )
        for starts_at, ends_at in spans
    )


def arrange_shifts(*, shifts: Sequence[ConsultationShift], room: Venue, by: User, at: datetime) -> Arranged:
    """Give several duties the same room, each in a transaction of its own; the refused stay as they are."""
    arranged = Arranged([], [])
    for shift in sorted(shifts, key=lambda each: (each.starts_at, each.pk)):
        try:
            arranged.done.append(arrange_shift(shift=shift, room=room, by=by, at=at))
        except DomainError as refusal:
            arranged.refused.append((shift, str(refusal)))
    return arranged


@transaction.atomic
def arrange_shift(*, shift: ConsultationShift, room: Venue, by: User, at: datetime) -> ConsultationShift:
    """Give a declared duty a room and publish its slots; two duties never share a room at a time.

    Raises ShiftDecided, ShiftInThePast, RoomUnfit, ShiftTooShort, VenueClash or HostClash.
    """
    shift = _locked(shift)
    _refuse_if_not(shift, State.SUBMITTED)
    if shift.starts_at <= at:
        raise errors.ShiftInThePast
    if room.kind != shift.kind or not room.is_active or room.host_unit_id != shift.host_unit_id:
        raise errors.RoomUnfit(room=str(room), kind=shift.get_kind_display())
    _open_slots(shift, room, by, at)
    _decide(shift, State.APPROVED, by, at, room=room)
    telling.tell_of_duty(shift, Kind.SHIFT_APPROVED, at)
    return shift


@transaction.atomic
def decline_shift(*, shift: ConsultationShift, by: User, at: datetime, comment: str) -> ConsultationShift:
    """Say no to a declared duty, with a reason. Raises ReasonMissing or ShiftDecided."""
    if not comment.strip():
        raise errors.ReasonMissing
    shift = _locked(shift)
    _refuse_if_not(shift, State.SUBMITTED)
    _decide(shift, State.DECLINED, by, at, comment=comment.strip())
    telling.tell_of_duty(shift, Kind.SHIFT_DECLINED, at)
    return shift


@transaction.atomic
def withdraw_shift(*, shift: ConsultationShift, by: User, at: datetime) -> ConsultationShift:
    """Take back what is not arranged yet; twice is once. Raises ShiftDecided."""
    shift = _locked(shift)
    if shift.state == State.WITHDRAWN:
        return shift
    _refuse_if_not(shift, State.SUBMITTED)
    _decide(shift, State.WITHDRAWN, by, at)
    return shift


@transaction.atomic
def withdraw_series(*, series: ShiftSeries, by: User, at: datetime) -> list[ConsultationShift]:
    """Take back all of a weekly series that is not arranged yet; what is decided stays."""
    waiting = list(_for_update().filter(series=series).submitted().order_by("pk"))
    for shift in waiting:
        _decide(shift, State.WITHDRAWN, by, at)
    return waiting


@transaction.atomic
def cancel_shift(*, shift: ConsultationShift, by: User, at: datetime, reason: str) -> ConsultationShift:
    """Call an arranged duty off: every slot that has not begun, and whoever booked it is told.

    Twice is once. Raises ReasonMissing, ShiftDecided or ShiftOver.
    """
    if not reason.strip():
        raise errors.ReasonMissing
    shift = _locked(shift)
    if shift.state == State.CANCELLED:
        return shift
    _refuse_if_not(shift, State.APPROVED)
    if shift.ends_at <= at:
        raise errors.ShiftOver
    for slot in shift.slots.ahead(at).select_related("offering").order_by("pk"):
        places.cancel_offering(offering=slot.offering, by=by, at=at, reason=reason.strip())
    _decide(shift, State.CANCELLED, by, at, comment=reason.strip())
    if by.pk != shift.mentor.user_id:
        telling.tell_of_duty(shift, Kind.SHIFT_CANCELLED, at)
    return shift


@transaction.atomic
def cancel_slot(*, slot: ConsultationSlot, by: User, at: datetime, reason: str) -> ConsultationSlot:
    """Call one slot off and tell whoever booked it; twice is once. Raises ReasonMissing or SlotBegun."""
    if not reason.strip():
        raise errors.ReasonMissing
    if slot.offering.starts_at <= at and slot.offering.state != Offering.State.CANCELLED:
        raise errors.SlotBegun
    slot.offering = places.cancel_offering(offering=slot.offering, by=by, at=at, reason=reason.strip())
    return slot


@transaction.atomic
def note_duty(*, shift: ConsultationShift, is_present: bool, by: User, at: datetime) -> None:
    """Note whether the mentor was there for the duty (scoring: 咨询值班); it may be corrected.

    Raises ShiftDecided where it was not arranged, NoSlotStands where each slot was called off, DeskClosed
    before it begins and long after.
    """
    shift = _locked(shift)
    _refuse_if_not(shift, State.APPROVED)
    standing = shift.slots.exclude(offering__state=Offering.State.CANCELLED)
    own = shift.mentor.user.hostings.filter(offering__in=standing.values("pk"))
    hostings = list(own.order_by("offering__starts_at"))
    if not hostings:
        raise errors.NoSlotStands
    places.note_presence_in_row(hostings=hostings, is_present=is_present, by=by, at=at)


def _locked(shift: ConsultationShift) -> ConsultationShift:
    return _for_update().get(pk=shift.pk)


def _for_update() -> ConsultationShiftQuerySet:
    rows = ConsultationShift.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("mentor__user", "host_unit", "room__host_unit")


def _refuse_if_not(shift: ConsultationShift, state: State) -> None:
    if shift.state != state:
        raise errors.ShiftDecided(state=shift.get_state_display())


def _refuse_impossible(first: tuple[datetime, datetime], at: datetime) -> None:
    starts_at, ends_at = first
    if starts_at <= at:
        raise errors.ShiftInThePast
    minutes = _slot_minutes()
    if not list(rules.cut(starts_at, ends_at, minutes)):
        raise errors.ShiftTooShort(minutes=minutes)


def _refuse_out_of_office(mentor: Mentor, days: Sequence[date]) -> None:
    terms = Appointment.objects.filter(mentor=mentor, state=Appointment.State.IN_FORCE)
    terms = list(terms.values_list("starts_on", "ends_on"))
    outside = [each for each in days if not any(first <= each <= last for first, last in terms)]
    if outside:
        raise errors.MentorsOnDuty(days="、".join(day(each) for each in outside[:3]))


def _refuse_clashes(mentor: Mentor, spans: Sequence[tuple[datetime, datetime]]) -> None:
    """Name what the mentor has declared, hosts or holds at these times; the person's row is held."""
    first, last = spans[0][0], spans[-1][1]
    own = ConsultationShift.objects.of(mentor).submitted().overlapping(first, last)
    taken = [(each.starts_at, each.ends_at, f"值班（{each.get_kind_display()}）") for each in own]
    busy = Offering.objects.occupying().overlapping(first, last).involving(mentor.user)
    taken += [(each.starts_at, each.ends_at, each.title) for each in busy]
    found = [
        f"{span(begins, ends)}“{title}”"
        for begins, ends, title in rules.joined(taken)
        if any(begins < span_end and ends > span_start for span_start, span_end in spans)
    ]
    if found:
        more = f" 等 {len(found)} 项" if len(found) > 3 else ""
        raise errors.ShiftClash(others="；".join(found[:3]) + more)


def _open_slots(shift: ConsultationShift, room: Venue, by: User, at: datetime) -> None:
    minutes = _slot_minutes()
    opens_days_before = portal_settings.read()["SLOT_DAYS_AHEAD"]
    plans = [
        places.OfferingPlan(
            title=TITLES[shift.kind].format(mentor=shift.mentor.name),
            starts_at=starts_at,
            ends_at=ends_at,
            host_unit=shift.host_unit,
            venue=room,
            hosts=[shift.mentor.user],
            capacity=1,
            booking_opens_at=rules.opens_at(starts_at, opens_days_before, timezone.get_current_timezone()),
            booking_closes_at=starts_at,
        )
        for starts_at, ends_at in rules.cut(shift.starts_at, shift.ends_at, minutes)
    ]
    if not plans:
        raise errors.ShiftTooShort(minutes=minutes)
    row = places.open_row(
        kind=OfferingKind.CONSULTATION, plans=plans, by=by, at=at, needs_approval=shift.needs_approval
    )
    ConsultationSlot.objects.bulk_create(ConsultationSlot(offering=each, shift=shift) for each in row)


def _slot_minutes() -> int:
    return portal_settings.read()["SLOT_MINUTES"]


def _decide(shift: ConsultationShift, state: State, by: User, at: datetime, **values: object) -> None:
    values |= {"state": state, "decided_by": by, "decided_at": at}
    for name, value in values.items():
        setattr(shift, name, value)
    shift.save(update_fields=list(values))
