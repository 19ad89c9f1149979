"""Every write about classes: planning, publishing, calling off, booking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from classrooms.models import ClassSession
from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.reservations import services as places
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Venue
from mentors.models import Category, IndustrialChain, Mentor, TopicType


@dataclass(frozen=True, kw_only=True)
class SessionPlan:
    """Everything that staff decide about a class session."""

    title: str
    topic_type: TopicType
    category: Category
    chains: Sequence[IndustrialChain]
    mentors: Sequence[Mentor]
    outline: str
    audience: str
    starts_at: datetime
    ends_at: datetime
    host_unit: HostUnit
    venue: Venue
    capacity: int
    booking_opens_at: datetime
    booking_closes_at: datetime

    def offering_plan(self) -> places.OfferingPlan:
        return places.OfferingPlan(
            title=self.title,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            host_unit=self.host_unit,
            venue=self.venue,
            hosts=[mentor.user for mentor in self.mentors],
            capacity=self.capacity,
            booking_opens_at=self.booking_opens_at,
            booking_closes_at=self.booking_closes_at,
        )


@transaction.atomic
def plan_session(*, plan: SessionPlan, by: User) -> ClassSession:
    """Make a draft session (notice 三（二）1). Raises VenueClash or HostClash."""
    offering = places.create_offering(kind=OfferingKind.CLASS, plan=plan.offering_plan(), by=by)
    session = ClassSession(offering=offering)
    _apply(session, plan)
    session.save(force_insert=True)
    _set_people_and_chains(session, plan)
    return session


@transaction.atomic
def change_session(*, session: ClassSession, plan: SessionPlan, by: User, at: datetime) -> ClassSession:
    """Bring a session in line with the plan; those concerned are told where it moves.

    Raises VenueClash, HostClash, CapacityTooSmall, OfferingCancelled or OfferingFinished.
    """
    session.offering = places.change_offering(
        offering=session.offering, plan=plan.offering_plan(), by=by, at=at
    )
    _apply(session, plan)
    session.save(update_fields=["topic_type", "category", "outline", "audience"])
    _set_people_and_chains(session, plan)
    return session


def publish_session(*, session: ClassSession, by: User, at: datetime) -> None:
    """Show a session on the schedule. Raises OfferingCancelled or OfferingFinished."""
    places.publish_offering(offering=session.offering, by=by, at=at)


def cancel_session(*, session: ClassSession, by: User, at: datetime, reason: str) -> None:
    """Call a session off and tell everyone who holds or waits. Raises OfferingFinished."""
    places.cancel_offering(offering=session.offering, by=by, at=at, reason=reason)


def book_session(*, session: ClassSession, person: User, by: User, at: datetime) -> places.Outcome:
    """Book a seat or a place in the queue. Raises what the engine's ``reserve`` raises."""
    return places.reserve(offering=session.offering, person=person, by=by, at=at)


def _apply(session: ClassSession, plan: SessionPlan) -> None:
    for name in ("topic_type", "category", "outline", "audience"):
        setattr(session, name, getattr(plan, name))


def _set_people_and_chains(session: ClassSession, plan: SessionPlan) -> None:
    session.mentors.set(plan.mentors)
    session.chains.set(plan.chains)
