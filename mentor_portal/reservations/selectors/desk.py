"""What the desk at the door, the sheet on paper and the staff's previews show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Offering, Reservation

State = Reservation.State
MOST_ROWS = 200
LAST_DIGITS = 4


@dataclass(frozen=True, kw_only=True)
class Told:
    """Who hears of a move or a cancellation, by where they stand."""

    confirmed: int
    offered: int
    waiting: int

    @property
    def people(self) -> int:
        return self.confirmed + self.offered + self.waiting


@dataclass(frozen=True, kw_only=True)
class DeskCounts:
    """How an offering's attendance stands."""

    booked: int
    checked_in: int
    walk_ins: int
    no_shows: int

    @property
    def present(self) -> int:
        return self.checked_in + self.walk_ins


def told_count(offerings: Iterable[Offering]) -> Told:
    """Return how many people are told when these offerings move or are called off, in one query."""
    rows = Reservation.objects.live().filter(offering__in=list(offerings))
    return Told(
        **rows.aggregate(
            confirmed=Count("pk", filter=Q(state=State.CONFIRMED)),
            offered=Count("pk", filter=Q(state=State.OFFERED)),
            waiting=Count("pk", filter=Q(state=State.WAITLISTED)),
        )
    )


def desks_of_today(staff: User, at: datetime) -> QuerySet[Offering]:
    """Return what takes place today (in Shanghai) and is this member of staff's to run."""
    start = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Offering.objects.managed_by(staff).filter(
        state__in=(Offering.State.PUBLISHED, Offering.State.FINISHED),
        starts_at__gte=start,
        starts_at__lt=start + timedelta(days=1),
    )
    present = Count("reservations", filter=Q(reservations__state=State.ATTENDED))
    loaded = today.select_related("venue__host_unit").annotate(present=present)
    return loaded.order_by("starts_at", "pk")[:MOST_ROWS]


def desk_counts(offering: Offering) -> DeskCounts:
    """Return how many have booked, came, walked in and did not come."""
    booked = Q(state__in=(State.CONFIRMED, State.OFFERED, State.ATTENDED, State.NO_SHOW), is_walk_in=False)
    return DeskCounts(
        **offering.reservations.aggregate(
            booked=Count("pk", filter=booked),
            checked_in=Count("pk", filter=Q(state=State.ATTENDED, is_walk_in=False)),
            walk_ins=Count("pk", filter=Q(state=State.ATTENDED, is_walk_in=True)),
            no_shows=Count("pk", filter=Q(state=State.NO_SHOW)),
        )
    )


def desk_rows(offering: Offering, query: str) -> QuerySet[Reservation]:
    """Return whom the desk can check in, by the last four digits or part of the name; those to come first."""
    rows = offering.reservations.exclude(state=State.CANCELLED).select_related("person")
    if query.isdecimal() and len(query) == LAST_DIGITS:
        rows = rows.filter(person__phone__endswith=query)
    elif query:
        rows = rows.filter(person__name__icontains=query.replace("\0", ""))
    to_come = Case(
        When(state=State.CONFIRMED, then=Value(0)),
        When(state=State.ATTENDED, then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return rows.order_by(to_come, "person__name", "pk")[:MOST_ROWS]


def sheet_rows(offering: Offering) -> QuerySet[Reservation]:
    """Return who holds a place, for the sheet on paper."""
    held = offering.reservations.filter(
        state__in=(State.CONFIRMED, State.ATTENDED, State.NO_SHOW), is_walk_in=False
    )
    return held.select_related("person").order_by("person__name", "pk")
