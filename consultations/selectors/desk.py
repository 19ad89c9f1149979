"""What the desk of a duty shows to staff: its slots with their people, and the duties of a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q
from django.urls import reverse

from consultations.models import ConsultationShift, ConsultationSlot
from mentor_portal.accounts.models import User
from mentor_portal.reservations.kinds import DeskLine
from mentor_portal.reservations.models import Hosting, Offering, Reservation
from mentor_portal.reservations.selectors import DeskRow, desk_row, with_position
from mentor_portal.reservations.services.attendance import is_desk_open
from mentor_portal.wording import clock

# Those that have or had slots to run.
ARRANGED = (ConsultationShift.State.APPROVED, ConsultationShift.State.CANCELLED)
State = Reservation.State


@dataclass(frozen=True, kw_only=True)
class DeskPerson:
    """Somebody in a slot, and what they ask about."""

    row: DeskRow
    question: str


@dataclass(frozen=True, kw_only=True)
class DeskSlot:
    """A slot at the desk; ``is_open`` while people are checked in there."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    word: str
    is_now: bool
    is_open: bool
    is_occupied: bool
    people: list[DeskPerson]

    @property
    def label(self) -> str:
        """09:00–09:30 空闲, for the form."""
        return f"{clock(self.starts_at)}–{clock(self.ends_at)} {self.word}"


def duty_desks(user: User, start: datetime, end: datetime) -> Iterator[DeskLine]:
    """Yield the duties of a half-open span whose desks this member of staff may run."""
    stands = Q(slots__offering__state__in=[Offering.State.PUBLISHED, Offering.State.FINISHED])
    there = stands & Q(slots__offering__reservations__state=State.ATTENDED)
    booked = stands & Q(
        slots__offering__reservations__state__in=Reservation.COUNTED,
        slots__offering__reservations__is_walk_in=False,
    )
    shifts = ConsultationShift.objects.managed_by(user).filter(
        state=ConsultationShift.State.APPROVED, starts_at__gte=start, starts_at__lt=end
    )
    counted = shifts.annotate(
        arrived=Count("slots__offering__reservations", filter=there),
        booked=Count("slots__offering__reservations", filter=booked),
        open_slots=Count("slots", filter=Q(slots__offering__state=Offering.State.PUBLISHED)),
    )
    for shift in counted.for_lines().order_by("starts_at", "pk"):
        yield DeskLine(
            title=f"{shift.get_kind_display()}值班 · {shift.mentor.name}",
            kind="咨询",
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
            place=str(shift.room),
            arrived=shift.arrived,
            booked=shift.booked,
            is_finished=not shift.open_slots,
            url=reverse("consultations:duty-desk", args=[shift.pk]),
        )


def desk_slots(shift: ConsultationShift, at: datetime) -> list[DeskSlot]:
    """Return a duty's slots in the order of time with who is expected or there, in two queries."""
    people = Reservation.objects.exclude(state=State.CANCELLED).select_related("person", "consultation")
    ordered = with_position(people).order_by("-is_walk_in", "queued_at", "pk")
    rows = shift.slots.select_related("offering").order_by("offering__starts_at")
    return [
        _desk_slot(slot, at) for slot in rows.prefetch_related(Prefetch("offering__reservations", ordered))
    ]


def usual_slot(slots: Sequence[DeskSlot], at: datetime) -> int | None:
    """Return the slot that a walk-in takes unless told otherwise: the next that is not over and nobody's."""
    return next(
        (slot.pk for slot in slots if slot.is_open and not slot.is_occupied and slot.ends_at > at), None
    )


def presence_of(shift: ConsultationShift) -> Hosting | None:
    """Return the mentor's presence as it was noted, the same for every slot."""
    own = Hosting.objects.filter(offering__consultation_slot__shift=shift, person=shift.mentor.user_id)
    standing = own.exclude(offering__state=Offering.State.CANCELLED)
    return standing.order_by("offering__starts_at").first()


def _desk_slot(slot: ConsultationSlot, at: datetime) -> DeskSlot:
    offering = slot.offering
    rows = list(offering.reservations.all())
    return DeskSlot(
        pk=slot.pk,
        starts_at=offering.starts_at,
        ends_at=offering.ends_at,
        word=_word(offering, rows),
        is_now=offering.starts_at <= at < offering.ends_at,
        is_open=is_desk_open(offering, at),
        is_occupied=any(row.state != State.WAITLISTED for row in rows),
        people=[_person(row) for row in rows],
    )


def _word(offering: Offering, rows: Sequence[Reservation]) -> str:
    if offering.state == Offering.State.CANCELLED:
        return "已取消"
    states = {row.state for row in rows}
    if State.ATTENDED in states:
        return "已到"
    if states & set(Reservation.HOLDING):
        return "已约"
    return "未到场" if State.NO_SHOW in states else "空闲"


def _person(row: Reservation) -> DeskPerson:
    record = getattr(row, "consultation", None)
    return DeskPerson(row=desk_row(row), question=record.question if record else "")
