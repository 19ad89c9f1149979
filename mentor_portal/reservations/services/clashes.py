"""Who and what is already taken at a time, across classes, consultations, clinics and trips."""

from collections.abc import Sequence

from django.db import connection

from mentor_portal.accounts.models import User
from mentor_portal.reservations import errors
from mentor_portal.reservations.models import Hosting, Offering, Reservation, Venue
from mentor_portal.wording import span

# Asked at every booking: one statement that starts from the person's own rows, whose few offerings
# are then looked up, however many offerings there are.
_BUSY_WITH = """
    SELECT mine.offering_id FROM reservations_reservation mine
    JOIN reservations_offering other ON other.id = mine.offering_id
    WHERE mine.person_id = %(person)s AND mine.state <> 'cancelled' AND other.state <> 'cancelled'
      AND other.starts_at < %(ends_at)s AND other.ends_at > %(starts_at)s
    UNION
    SELECT mine.offering_id FROM reservations_hosting mine
    JOIN reservations_offering other ON other.id = mine.offering_id
    WHERE mine.person_id = %(person)s AND other.state <> 'cancelled'
      AND other.starts_at < %(ends_at)s AND other.ends_at > %(starts_at)s
"""


def commitments(offering: Offering, person: User) -> list[Offering]:
    """Return what the person holds, waits for or hosts at the offering's time, itself included.

    The caller holds the person's row.
    """
    span_of_time = {
        "starts_at": connection.ops.adapt_datetimefield_value(offering.starts_at),
        "ends_at": connection.ops.adapt_datetimefield_value(offering.ends_at),
    }
    with connection.cursor() as cursor:
        cursor.execute(_BUSY_WITH, {"person": person.pk, **span_of_time})
        found = [pk for (pk,) in cursor.fetchall()]
    return list(Offering.objects.filter(pk__in=found)) if found else []


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
