"""An extra class for those who wait (另行开班, notice 三（二）3)."""

from datetime import datetime

from django.db import transaction

from classrooms import errors
from classrooms.models import ClassSession
from classrooms.services import sessions
from classrooms.services.placements import Placement, refuse_bad_placement
from mentor_portal.accounts.models import User
from mentor_portal.reservations import services as places
from mentor_portal.reservations.services.places import lock_offering


@transaction.atomic
def open_extra_class(*, session: ClassSession, placement: Placement, by: User, at: datetime) -> ClassSession:
    """Run the class once more for its waiting list: published at once, offers there in order.

    Raises NobodyWaits, InThePast, SeatsTooMany, and the engine's VenueClash or HostClash.
    """
    source = lock_offering(session.pk)
    if not source.waiting_count:
        raise errors.NobodyWaits(title=source.title)
    refuse_bad_placement(placement, at)
    extra = sessions.plan_session(plan=_plan(session, placement, at), by=by)
    extra.extra_of = session
    extra.application = session.application
    extra.save(update_fields=["extra_of", "application"])
    sessions.publish_session(session=extra, by=by, at=at)
    places.offer_to_waiting(source=source, extra=extra.offering, by=by, at=at)
    return extra


def _plan(session: ClassSession, placement: Placement, at: datetime) -> sessions.SessionPlan:
    return sessions.SessionPlan(
        title=session.offering.title,
        topic_type=session.topic_type,
        category=session.category,
        chains=list(session.chains.all()),
        mentors=list(session.mentors.select_related("user")),
        outline=session.outline,
        audience=session.audience,
        starts_at=placement.starts_at,
        ends_at=placement.ends_at,
        host_unit=placement.venue.host_unit,
        venue=placement.venue,
        capacity=placement.capacity,
        booking_opens_at=at,
        booking_closes_at=placement.starts_at,
    )
