"""Who and what is already taken at a time, across classes, consultations, clinics and trips."""

from collections.abc import Sequence

from django.db.models import Q

from mentor_portal.accounts.models import User
from mentor_portal.reservations import errors
from mentor_portal.reservations.models import Hosting, Offering, Reservation, Venue
from mentor_portal.wording import span


def refuse_if_person_is_busy(offering: Offering, person: User, others: Sequence[Reservation]) -> None:
    """Raise where the person holds, waits for or hosts something at the offering's time.

    ``others`` are the person's live reservations that overlap it, with their offerings.

    Raises PersonClash, which names the other thing, or CannotHostAndAttend.
    """
    if others:
        raise _person_clash(others[0].offering)
    hosted = (
        Hosting.objects.filter(person=person, offering__in=_overlapping(offering))
        .select_related("offering")
        .first()
    )
    if hosted and hosted.offering_id == offering.pk:
        raise errors.CannotHostAndAttend
    if hosted:
        raise _person_clash(hosted.offering)


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


def own_and_overlapping(offering: Offering, person: User) -> list[Reservation]:
    """Return the person's standing reservation for the offering and the live ones that overlap it."""
    return list(
        Reservation.objects.of(person)
        .filter(
            (Q(offering=offering) & ~Q(state=Reservation.State.CANCELLED))
            | Q(
                state__in=Reservation.LIVE,
                offering__starts_at__lt=offering.ends_at,
                offering__ends_at__gt=offering.starts_at,
            )
        )
        .select_related("offering")
    )


def _overlapping(offering: Offering):
    return Offering.objects.occupying().overlapping(offering.starts_at, offering.ends_at)


def _person_clash(other: Offering) -> errors.PersonClash:
    return errors.PersonClash(when=span(other.starts_at, other.ends_at), other=other.title)
