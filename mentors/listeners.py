"""What mentors do when the engine announces something, in the same transaction."""

from django.dispatch import receiver

from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.signals import attendance_changed
from mentors.services.likes import drop_unfounded


@receiver(attendance_changed, dispatch_uid="likes-of-who-attended")
def drop_likes(sender: type, offering: Offering, reservation: Reservation, **_: object) -> None:
    """A check-in taken back takes the likes that stood on it."""
    if reservation.state != Reservation.State.ATTENDED:
        drop_unfounded(reservation=reservation)
