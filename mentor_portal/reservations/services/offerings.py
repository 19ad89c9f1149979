"""What is offered: making, changing, publishing and cancelling an offering."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.reservations import errors
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Hosting, Offering, Reservation, Venue
from mentor_portal.reservations.services import clashes, places
from mentor_portal.reservations.signals import Change, Event


@dataclass(frozen=True, kw_only=True)
class OfferingPlan:
    """Everything that staff decide about an offering."""

    title: str
    starts_at: datetime
    ends_at: datetime
    host_unit: HostUnit
    venue: Venue | None
    hosts: Sequence[User]
    capacity: int
    booking_opens_at: datetime
    booking_closes_at: datetime

    def apply_to(self, offering: Offering) -> None:
        for name in PLAN_FIELDS:
            setattr(offering, name, getattr(self, name))


# Those that are columns of the offering itself.
PLAN_FIELDS = (
    "title",
    "starts_at",
    "ends_at",
    "host_unit",
    "venue",
    "capacity",
    "booking_opens_at",
    "booking_closes_at",
)
REVISION = ("revision", "revised_at")


@transaction.atomic
def create_offering(*, kind: OfferingKind, plan: OfferingPlan, by: User) -> Offering:
    """Make a draft. Raises VenueClash or HostClash, which name the other thing."""
    offering = Offering(kind=kind)
    plan.apply_to(offering)
    _refuse_clashes(offering, plan)
    offering.save(force_insert=True)
    Hosting.objects.bulk_create(Hosting(offering=offering, person=host) for host in plan.hosts)
    return offering


@transaction.atomic
def open_row(
    *,
    kind: OfferingKind,
    plans: Sequence[OfferingPlan],
    by: User,
    at: datetime,
    needs_approval: bool = False,
) -> list[Offering]:
    """Publish offerings that follow each other in one venue with the same hosts, at one stroke.

    ``plans`` are in the order of time. Looked at as one span: raises VenueClash or HostClash, which
    name the other thing, and then none is made.
    """
    state = Offering.State.PUBLISHED
    row = [Offering(kind=kind, state=state, published_at=at, needs_approval=needs_approval) for _ in plans]
    for offering, plan in zip(row, plans, strict=True):
        plan.apply_to(offering)
    _refuse_clashes(Offering(starts_at=plans[0].starts_at, ends_at=plans[-1].ends_at), plans[0])
    Offering.objects.bulk_create(row)
    hosts = plans[0].hosts
    Hosting.objects.bulk_create(Hosting(offering=each, person=host) for each in row for host in hosts)
    return row


@transaction.atomic
def change_offering(*, offering: Offering, plan: OfferingPlan, by: User, at: datetime) -> Offering:
    """Bring an offering in line with the plan and tell those concerned where it moves.

    More places go to the waiting list at once. Raises VenueClash, HostClash, CapacityTooSmall,
    OfferingCancelled or OfferingFinished.
    """
    offering = places.lock_offering(offering.pk)
    _refuse_if_closed(offering)
    if plan.capacity < offering.places_taken:
        raise errors.CapacityTooSmall(taken=offering.places_taken)
    before, title_before = _when_and_where(offering), offering.title
    plan.apply_to(offering)
    _refuse_clashes(offering, plan)
    has_moved = before != _when_and_where(offering)
    has_other_hosts = _set_hosts(offering, plan.hosts)
    is_public = offering.state == Offering.State.PUBLISHED
    changes = []
    if is_public and (has_moved or has_other_hosts or title_before != offering.title):
        _revise(offering, at)
    if before[0] != offering.starts_at:
        offering.day_reminded_at = offering.soon_reminded_at = None
    if has_moved and is_public:
        offering.moved_at = at
        live = offering.reservations.live().select_related("person")
        changes = [Change(reservation, Event.MOVED, at) for reservation in live]
    changes += places.settle(offering, at)
    marks = ("moved_at", "day_reminded_at", "soon_reminded_at")
    offering.save(update_fields=[*PLAN_FIELDS, *marks, *REVISION, "places_taken", "waiting_count"])
    places.announce(offering, changes)
    return offering


@transaction.atomic
def publish_offering(*, offering: Offering, by: User, at: datetime) -> Offering:
    """Open a draft to the public; publishing twice is once. Raises OfferingCancelled or OfferingFinished."""
    offering = places.lock_offering(offering.pk)
    _refuse_if_closed(offering)
    if offering.state == Offering.State.DRAFT:
        offering.state = Offering.State.PUBLISHED
        offering.published_at = at
        offering.save(update_fields=["state", "published_at"])
    return offering


@transaction.atomic
def close_booking(*, offering: Offering, by: User, at: datetime) -> Offering:
    """End booking now where it is open: somebody at the desk has taken the place."""
    offering = places.lock_offering(offering.pk)
    if offering.booking_opens_at < at < offering.booking_closes_at:
        offering.booking_closes_at = at
        offering.save(update_fields=["booking_closes_at"])
    return offering


@transaction.atomic
def reopen_booking(*, offering: Offering, until: datetime, at: datetime) -> Offering:
    """Let people book again until a moment still ahead: the desk has taken back what closed it."""
    offering = places.lock_offering(offering.pk)
    if offering.state == Offering.State.PUBLISHED and offering.booking_closes_at <= at < until:
        offering.booking_closes_at = until
        offering.save(update_fields=["booking_closes_at"])
    return offering


@transaction.atomic
def cancel_offering(*, offering: Offering, by: User, at: datetime, reason: str) -> Offering:
    """Call an offering off and tell everyone who holds or waits; calling off twice is once.

    It never counts against them. Raises OfferingFinished.
    """
    offering = places.lock_offering(offering.pk)
    if offering.state == Offering.State.CANCELLED:
        return offering
    _refuse_if_closed(offering)
    live = list(offering.reservations.live().select_related("person"))
    for reservation in live:
        places.end_reservation(
            offering,
            reservation,
            cause=Reservation.Cause.OFFERING_CANCELLED,
            by=by,
            at=at,
            note=reason,
        )
    offering.state = Offering.State.CANCELLED
    offering.cancelled_at = at
    offering.cancel_reason = reason
    if offering.published_at:
        _revise(offering, at)
    offering.save(
        update_fields=[
            *("state", "cancelled_at", "cancel_reason", *REVISION),
            *("places_taken", "waiting_count"),
        ]
    )
    places.announce(offering, [Change(reservation, Event.OFFERING_CANCELLED, at) for reservation in live])
    return offering


def _refuse_if_closed(offering: Offering) -> None:
    title = f"“{offering.title}”"
    if offering.state == Offering.State.CANCELLED:
        raise errors.OfferingCancelled(title=title)
    if offering.state == Offering.State.FINISHED:
        raise errors.OfferingFinished(title=title)


def _refuse_clashes(offering: Offering, plan: OfferingPlan) -> None:
    """Hold the venue, then the hosts, and refuse what is already taken."""
    if plan.venue:
        Venue.objects.select_for_update(no_key=True, of=("self",)).get(pk=plan.venue.pk)
    places.lock_people([host.pk for host in plan.hosts])
    clashes.refuse_if_venue_is_taken(offering, plan.venue)
    clashes.refuse_if_hosts_are_busy(offering, plan.hosts)


def _when_and_where(offering: Offering) -> tuple[datetime, datetime, int | None]:
    return offering.starts_at, offering.ends_at, offering.venue_id


def _revise(offering: Offering, at: datetime) -> None:
    """Note that calendars show something outdated; the caller stores it."""
    offering.revision += 1
    offering.revised_at = at


def _set_hosts(offering: Offering, hosts: Sequence[User]) -> bool:
    """Let exactly these people be the hosts; returns whether they are others than before."""
    known = set(offering.hostings.values_list("person_id", flat=True))
    wanted = {host.pk for host in hosts}
    offering.hostings.filter(person_id__in=known - wanted).delete()
    Hosting.objects.bulk_create(Hosting(offering=offering, person_id=pk) for pk in sorted(wanted - known))
    return wanted != known
