"""The queue of a clinic on the day: numbers, calling, and what came of it, all under the offering's lock."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from consultations import errors
from consultations.models import ClinicTurn, Consultation, PanelClinic
from consultations.services.bookings import note_outcome
from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.services.places import lock_offering
from mentor_portal.wording import clock
from mentors.models import Mentor

State = ClinicTurn.State


@transaction.atomic
def queue_up(*, reservation: Reservation, at: datetime) -> ClinicTurn:
    """Give a number to whoever is checked in, and to everyone else who is there without one.

    Who had left stands behind those who wait. Twice is once.
    """
    lock_offering(reservation.offering_id)
    _give_numbers(reservation.offering_id)
    turn = ClinicTurn.objects.get(pk=reservation.pk)
    if turn.state == State.LEFT:
        _set(turn, state=State.WAITING, queued_at=at)
    return turn


@transaction.atomic
def leave_queue(*, turn: ClinicTurn, by: User | None, at: datetime) -> ClinicTurn:
    """Take somebody who went away out of the queue; the number stays. Twice is once.

    Raises TurnElsewhere where the person was seen.
    """
    turn = _locked(turn)
    if turn.state == State.LEFT:
        return turn
    _refuse_if_not_in(turn, State.WAITING, State.CALLED)
    return _set(turn, state=State.LEFT, mentor=None, called_at=None)


@transaction.atomic
def put_back(*, turn: ClinicTurn, by: User, at: datetime) -> ClinicTurn:
    """Send somebody who did not answer the call, or came back, to the end of the queue. Twice is once.

    Raises TurnElsewhere where the person was seen, or is no longer checked in.
    """
    turn = _locked(turn)
    if turn.state == State.WAITING:
        return turn
    _refuse_if_not_in(turn, State.CALLED, State.LEFT)
    if turn.reservation.state != Reservation.State.ATTENDED:
        raise errors.TurnElsewhere(number=turn.number, state="签到已撤销")
    return _set(turn, state=State.WAITING, mentor=None, called_at=None, queued_at=at)


@transaction.atomic
def call_next(*, clinic: PanelClinic, mentor: Mentor, by: User, at: datetime) -> ClinicTurn:
    """Call whoever waits longest to a mentor; two mentors never get the same person.

    Raises NotOfClinic, ClinicNotOpen, ClinicNotBegun, StillTaking where the mentor takes somebody,
    NobodyWaits.
    """
    offering = lock_offering(clinic.pk)
    _refuse_if_not_on(offering, at)
    if not clinic.mentors.filter(pk=mentor.pk).exists():
        raise errors.NotOfClinic(mentor=mentor.name)
    taking = clinic.turns.called().filter(mentor=mentor).first()
    if taking:
        raise errors.StillTaking(mentor=mentor.name, number=taking.number)
    _give_numbers(offering.pk)
    turn = clinic.turns.waiting_in_order().select_related("reservation__person").first()
    if turn is None:
        raise errors.NobodyWaits
    return _set(turn, state=State.CALLED, mentor=mentor, called_at=at)


@transaction.atomic
def finish_turn(*, turn: ClinicTurn, by: User, at: datetime) -> ClinicTurn:
    """Note that a mentor has seen the person; twice is once. Raises TurnElsewhere."""
    turn = _locked(turn)
    if turn.state == State.DONE:
        return turn
    _refuse_if_not_in(turn, State.CALLED)
    return _set(turn, state=State.DONE, done_at=at)


@transaction.atomic
def note_turn(
    *, turn: ClinicTurn, mentor: Mentor, notes: str, outcome: str, is_done: bool, by: User, at: datetime
) -> ClinicTurn:
    """Write the private notes and the outcome of somebody the mentor took, and finish where it is done.

    They may be amended afterwards. Raises TurnOfAnother, and what ``note_outcome`` raises.
    """
    turn = _locked(turn)
    if turn.mentor_id != mentor.pk:
        raise errors.TurnOfAnother(number=turn.number)
    note_outcome(
        consultation=turn.reservation.consultation, mentor=mentor, notes=notes, outcome=outcome, by=by, at=at
    )
    return finish_turn(turn=turn, by=by, at=at) if is_done else turn


@transaction.atomic
def withdraw_from_queue(*, reservation: Reservation, at: datetime) -> None:
    """Take out whoever was checked in by mistake. Raises AlreadySeen where a mentor has called."""
    lock_offering(reservation.offering_id)
    turn = ClinicTurn.objects.select_related("mentor").filter(pk=reservation.pk).first()
    if turn is None:
        return
    if turn.mentor:
        raise errors.AlreadySeen(number=turn.number, mentor=turn.mentor.name)
    _set(turn, state=State.LEFT)


def _give_numbers(clinic_id: int) -> None:
    """Number those who are there without a turn in the order of their check-in; the offering is locked."""
    there = Reservation.objects.filter(
        offering_id=clinic_id, state=Reservation.State.ATTENDED, clinic_turn=None
    )
    new = list(there.order_by("checked_in_at", "pk"))
    if not new:
        return
    last = ClinicTurn.objects.filter(clinic_id=clinic_id).aggregate(last=Max("number"))["last"] or 0
    ClinicTurn.objects.bulk_create(
        ClinicTurn(reservation=row, clinic_id=clinic_id, number=number, queued_at=row.checked_in_at)
        for number, row in enumerate(new, start=last + 1)
    )
    asked = set(Consultation.objects.filter(reservation__in=new).values_list("pk", flat=True))
    Consultation.objects.bulk_create(Consultation(reservation=row) for row in new if row.pk not in asked)


def _locked(turn: ClinicTurn) -> ClinicTurn:
    """Return the turn as it is now that its offering is locked."""
    lock_offering(turn.clinic_id)
    rows = ClinicTurn.objects.select_related("reservation__person", "reservation__consultation", "mentor")
    return rows.get(pk=turn.pk)


def _set(turn: ClinicTurn, **values: object) -> ClinicTurn:
    for name, value in values.items():
        setattr(turn, name, value)
    turn.save(update_fields=list(values))
    return turn


def _refuse_if_not_in(turn: ClinicTurn, *states: State) -> None:
    if turn.state not in states:
        raise errors.TurnElsewhere(number=turn.number, state=turn.get_state_display())


def _refuse_if_not_on(offering: Offering, at: datetime) -> None:
    if offering.state in (Offering.State.DRAFT, Offering.State.CANCELLED):
        raise errors.ClinicNotOpen(state=offering.get_state_display())
    if at < offering.starts_at:
        raise errors.ClinicNotBegun(starts=clock(offering.starts_at))
