"""Which classes ask for an extra one, and when and where it could take place."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import F, Q

from classrooms.models import ClassSession
from classrooms.services import Placement
from mentor_portal import portal_settings
from mentor_portal.reservations.models import Hosting, Offering, Reservation
from mentor_portal.reservations.rules import overlaps

DAYS_AHEAD = 14
DAY = timedelta(days=1)
# The first suggestion leaves people a day to answer.
NOTICE = timedelta(hours=24)

Span = tuple[datetime, datetime]


def is_crowded(at: datetime) -> Q:
    """Return the condition for coming classes whose waiting list asks for an extra one (notice 三（二）3)."""
    values = portal_settings.read()
    many = Q(offering__waiting_count__gte=values["WAITING_MANY"])
    share = Q(offering__waiting_count__gt=0) & Q(
        offering__waiting_count__gte=F("offering__capacity") * values["WAITING_MANY_PERCENT"] / 100.0
    )
    return Q(offering__state=Offering.State.PUBLISHED, offering__starts_at__gt=at) & (many | share)


def suggest_extra(session: ClassSession, at: datetime) -> Placement:
    """Return the next day on which venue and mentors are free at the class's own time of day.

    Where there is none within two weeks the day after the class is suggested, and the clash is told.
    """
    offering = session.offering
    candidates = list(_same_time_on_later_days(offering, at))
    busy = _busy_spans(session, candidates[0][0], candidates[-1][1])
    free = (span for span in candidates if not any(overlaps(*span, *other) for other in busy))
    starts_at, ends_at = next(free, candidates[0])
    return Placement(
        starts_at=starts_at,
        ends_at=ends_at,
        venue=offering.venue,
        capacity=min(offering.venue.seats, max(offering.waiting_count, offering.capacity)),
    )


def _same_time_on_later_days(offering: Offering, at: datetime) -> Iterator[Span]:
    """Yield the class's time on each of the coming days; Shanghai has no summer time."""
    start = offering.starts_at
    while start <= at + NOTICE:
        start += DAY
    length = offering.ends_at - offering.starts_at
    for number in range(DAYS_AHEAD):
        yield start + number * DAY, start + number * DAY + length


def _busy_spans(session: ClassSession, first: datetime, last: datetime) -> list[Span]:
    """Return when the venue or a mentor is taken, in three queries."""
    occupying = Offering.objects.occupying().overlapping(first, last)
    hosts = list(session.mentors.values_list("user_id", flat=True))
    hosting = Hosting.objects.filter(person__in=hosts).values("offering")
    attending = Reservation.objects.live().filter(person__in=hosts).values("offering")
    found = (
        occupying.filter(venue=session.offering.venue),
        occupying.filter(pk__in=hosting),
        occupying.filter(pk__in=attending),
    )
    return [span for rows in found for span in rows.values_list("starts_at", "ends_at")]
