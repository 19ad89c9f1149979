"""What classes do when the engine announces something, in the same transaction."""

from datetime import datetime

from django.dispatch import receiver

from classrooms.services.ratings import refuse_undo
from classrooms.services.telling import ask_for_feedback
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.signals import attendance_changed, offering_finished


@receiver(offering_finished, dispatch_uid="classes-ask-for-feedback")
def ask_who_attended(sender: type, offering: Offering, at: datetime, **_: object) -> None:
    """Everybody who was there is asked what they thought of the class."""
    if offering.kind == OfferingKind.CLASS:
        attended = offering.reservations.filter(state=Reservation.State.ATTENDED)
        ask_for_feedback(offering, attended, at)


@receiver(attendance_changed, dispatch_uid="classes-feedback")
def follow_attendance(
    sender: type, offering: Offering, reservation: Reservation, at: datetime, **_: object
) -> None:
    """Whoever is noted after the end is asked then; whoever has answered stays checked in."""
    if offering.kind != OfferingKind.CLASS:
        return
    if reservation.state != Reservation.State.ATTENDED:
        refuse_undo(reservation=reservation)
    elif offering.state == Offering.State.FINISHED:
        ask_for_feedback(offering, [reservation], at)
