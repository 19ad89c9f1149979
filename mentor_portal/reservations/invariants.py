"""What must always be true of offerings and reservations, looked up in the whole database."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q

from mentor_portal.reservations.models import Hosting, Offering, Reservation

State = Reservation.State


def broken(at: datetime) -> Iterator[str]:
    """Yield one sentence for each broken invariant."""
    yield from _wrong_counts()
    yield from _oversold()
    yield from _waiting_beside_free_places(at)
    yield from _live_in_closed_offerings()
    yield from _venues_in_two_places()
    yield from _hosts_in_two_places()
    yield from _people_in_two_places()
    yield from _skipped_in_line()
    yield from _changed_without_revision()


def _wrong_counts() -> Iterator[str]:
    holding = Q(
        reservations__state__in=Reservation.COUNTED,
        reservations__is_walk_in=False,
    )
    waiting = Q(reservations__state=State.WAITLISTED)
    counted = Offering.objects.order_by("pk").annotate(
        really_taken=Count("reservations", filter=holding),
        really_waiting=Count("reservations", filter=waiting),
    )
    for row in counted.exclude(places_taken=F("really_taken"), waiting_count=F("really_waiting")):
        yield (
            f"offering {row.pk}: {row.places_taken} taken and {row.waiting_count} waiting are noted, "
            f"{row.really_taken} and {row.really_waiting} counted"
        )


def _oversold() -> Iterator[str]:
    for row in Offering.objects.filter(places_taken__gt=F("capacity")).order_by("pk"):
        yield f"offering {row.pk}: {row.places_taken} taken of {row.capacity}"


def _waiting_beside_free_places(at: datetime) -> Iterator[str]:
    rows = Offering.objects.published().filter(
        starts_at__gt=at, waiting_count__gt=0, places_taken__lt=F("capacity")
    )
    for row in rows.order_by("pk"):
        yield f"offering {row.pk}: {row.waiting_count} wait beside {row.places_left} free places"


def _live_in_closed_offerings() -> Iterator[str]:
    closed = Q(offering__state__in=[Offering.State.DRAFT, Offering.State.CANCELLED])
    finished = Q(offering__state=Offering.State.FINISHED) & ~Q(excuse=Reservation.Excuse.ASKED)
    for row in Reservation.objects.live().filter(closed | finished).order_by("pk"):
        yield f"reservation {row.pk}: {row.state} in offering {row.offering_id}, which is not open"


def _venues_in_two_places() -> Iterator[str]:
    other = Offering.objects.occupying().filter(
        venue=OuterRef("venue"),
        pk__gt=OuterRef("pk"),
        starts_at__lt=OuterRef("ends_at"),
        ends_at__gt=OuterRef("starts_at"),
    )
    for row in Offering.objects.occupying().filter(Exists(other), venue__isnull=False).order_by("pk"):
        yield f"offering {row.pk}: its venue {row.venue_id} is taken by another at the same time"


def _hosts_in_two_places() -> Iterator[str]:
    cancelled = Offering.State.CANCELLED
    other = Hosting.objects.filter(
        person=OuterRef("person"),
        pk__gt=OuterRef("pk"),
        offering__starts_at__lt=OuterRef("offering__ends_at"),
        offering__ends_at__gt=OuterRef("offering__starts_at"),
    ).exclude(offering__state=cancelled)
    rows = Hosting.objects.exclude(offering__state=cancelled).filter(Exists(other))
    for row in rows.order_by("pk"):
        yield f"offering {row.offering_id}: host {row.person_id} is elsewhere at the same time"


def _people_in_two_places() -> Iterator[str]:
    """Overlaps that a later move of one of the two made are the person's to solve."""
    standing = Reservation.objects.live().filter(offering__moved_at__isnull=True)
    other = standing.filter(
        person=OuterRef("person"),
        pk__gt=OuterRef("pk"),
        offering__starts_at__lt=OuterRef("offering__ends_at"),
        offering__ends_at__gt=OuterRef("offering__starts_at"),
    )
    for row in standing.filter(Exists(other)).order_by("pk"):
        yield f"reservation {row.pk}: person {row.person_id} holds another at the same time"


def _skipped_in_line() -> Iterator[str]:
    """Nobody is offered a place while someone who came earlier still waits."""
    earlier = Reservation.objects.filter(
        offering=OuterRef("offering"), state=State.WAITLISTED, queued_at__lt=OuterRef("queued_at")
    )
    rows = Reservation.objects.filter(state__in=Reservation.HOLDING, offered_at__isnull=False).filter(
        Exists(earlier)
    )
    for row in rows.order_by("pk"):
        yield f"reservation {row.pk}: was offered a place before someone who came earlier"


def _changed_without_revision() -> Iterator[str]:
    """A calendar keeps showing what has moved or was called off where its revision stays the same."""
    changed = Q(moved_at__isnull=False) | Q(cancelled_at__isnull=False, published_at__isnull=False)
    for row in Offering.objects.filter(changed, revision=0).order_by("pk"):
        yield f"offering {row.pk}: moved or called off, but still in its first revision"
