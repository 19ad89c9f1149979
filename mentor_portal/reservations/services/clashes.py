"""Who and what is already taken at a time, across classes, consultations, clinics and trips."""

from collections.abc import Sequence

from django.db.models import Q

from mentor_portal.accounts.models import User
from mentor_portal.reservations import errors
from mentor_portal.reservations.models import Hosting, Offering, Reservation, Venue
from mentor_portal.wording import span


def commitments(offering: Offering, person: User) -> list[Offering]:
    """Return what the person holds, waits for or hosts at the offering's time, itself included.

    The caller holds the person's row.
    """
    held = Reservation.objects.of(person).exclude(state=Reservation.State.CANCELLED)
    hosted = Hosting.objects.filter(person=person)
    return list(
        _overlapping(offering).filter(Q(pk__in=held.values("offering")) | Q(pk__in=hosted.values("offering")))
    )


def refuse_if_person_is_busy(offering: Offering, busy_with: Sequence[Offering]) -> None:
    """Raise PersonClash, which names the other thing, or CannotHostAndAttend.

    ``busy_with`` are the person's ``commitments`` at the offering's time.
    """
    for other in busy_with:
        if other.pk == offering.pk:
            raise errors.CannotHostAndAttend
        raise errors.PersonClash(when=span(other.starts_at, other.ends_at), other=other.title)


def refuse_if_venue_is_taken(offering: Offering, venue: Venue | None) -> None:
    """Raise VenueClash where something else takes place in the venue at the offering's time.

    The caller holds the venue's row.
    """
    if venue is None:
        return
    other = _overlapping(offering).exclude(pk=offering.pk).filter(venue=venue).first()
    if other:
        raise errors.VenueClash(
            venue=str(venue), when=span(other.starts_at, other.ends_at), other=other.title
        )


def refuse_if_hosts_are_busy(offering: Offering, hosts: Sequence[User]) -> None:
    """Raise HostClash where a host hosts or attends something else at the offering's time.

    The caller holds the hosts' rows.
    """
    elsewhere = _overlapping(offering).exclude(pk=offering.pk)
    hosting = (
        Hosting.objects.filter(person__in=hosts, offering__in=elsewhere)
        .select_related("person", "offering")
        .first()
    )
    taken = (
        hosting
        or Reservation.objects.live()
        .filter(person__in=hosts, offering__in=elsewhere)
        .select_related("person", "offering")
        .first()
    )
    if taken:
        raise errors.HostClash(
            host=str(taken.person),
            when=span(taken.offering.starts_at, taken.offering.ends_at),
            other=taken.offering.title,
        )


def _overlapping(offering: Offering):
    return Offering.objects.occupying().overlapping(offering.starts_at, offering.ends_at)
