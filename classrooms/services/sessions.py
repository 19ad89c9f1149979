"""A class session: planning, publishing, moving, calling off, booking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from classrooms import errors
from classrooms.models import ClassSession, HostEvent
from classrooms.services import events, moves, telling
from classrooms.wordings import Kind
from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.reservations import services as places
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Venue
from mentor_portal.reservations.services.places import lock_offering
from mentors.models import Category, IndustrialChain, Mentor, TopicType

# What a plan says of the session itself; the rest is its offering's.
OWN_FIELDS = ("topic_type", "category", "outline", "audience", "host_event")


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
    host_event: HostEvent | None = None

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
    """Bring a session in line with the plan; everyone concerned is told where it moves.

    A move settles the mentors' requests for one; a draft that moves is proposed to the mentor anew.
    Raises VenueClash, HostClash, CapacityTooSmall, OfferingCancelled or OfferingFinished.
    """
    before = _when_and_where(lock_offering(session.pk))
    session.refresh_from_db(fields=["host_event"])
    event_before = session.host_event
    session.offering = places.change_offering(
        offering=session.offering, plan=plan.offering_plan(), by=by, at=at
    )
    _apply(session, plan)
    session.save(update_fields=OWN_FIELDS)
    _set_people_and_chains(session, plan)
    if event_before != plan.host_event:
        _note_event(session, event_before, by, at)
    if before != _when_and_where(session.offering):
        _after_move(session, by, at)
    return session


@transaction.atomic
def publish_session(*, session: ClassSession, by: User, at: datetime) -> None:
    """Show a session on the schedule; publishing twice is once.

    Raises PlacementDeclined, PlacementNotAccepted, OfferingCancelled or OfferingFinished.
    """
    was_draft = lock_offering(session.pk).state == Offering.State.DRAFT
    session.refresh_from_db(fields=["answer", "answer_comment", "is_outside_windows", "host_event"])
    if was_draft:
        _refuse_without_the_mentor(session)
    session.offering = places.publish_offering(offering=session.offering, by=by, at=at)
    if was_draft:
        telling.tell_mentors(session, Kind.CLASS_PUBLISHED, at)
        if session.host_event:
            events.note_arranged(session.host_event, by, at)


@transaction.atomic
def cancel_session(*, session: ClassSession, by: User, at: datetime, reason: str) -> None:
    """Call a session off and tell the mentors and everyone who holds or waits. Raises OfferingFinished."""
    was_cancelled = lock_offering(session.pk).state == Offering.State.CANCELLED
    session.refresh_from_db(fields=["host_event"])
    session.offering = places.cancel_offering(offering=session.offering, by=by, at=at, reason=reason)
    if not was_cancelled:
        telling.tell_mentors(session, Kind.CLASS_CANCELLED, at, note=reason)
        moves.settle_moves_of(session, by, at)
        if session.host_event:
            events.note_called_off(session.host_event)


def book_session(*, session: ClassSession, person: User, by: User, at: datetime) -> places.Outcome:
    """Book a seat or a place in the queue. Raises what the engine's ``reserve`` raises."""
    return places.reserve(offering=session.offering, person=person, by=by, at=at)


def _apply(session: ClassSession, plan: SessionPlan) -> None:
    for name in OWN_FIELDS:
        setattr(session, name, getattr(plan, name))


def _set_people_and_chains(session: ClassSession, plan: SessionPlan) -> None:
    session.mentors.set(plan.mentors)
    session.chains.set(plan.chains)


def _note_event(session: ClassSession, before: HostEvent | None, by: User, at: datetime) -> None:
    """A published class went over from one event to another, or to none."""
    if session.offering.state != Offering.State.PUBLISHED:
        return
    if before:
        events.note_called_off(before)
    if session.host_event:
        events.note_arranged(session.host_event, by, at)


def _when_and_where(offering: Offering) -> tuple[datetime, datetime, int | None]:
    return offering.starts_at, offering.ends_at, offering.venue_id


def _after_move(session: ClassSession, by: User, at: datetime) -> None:
    moves.settle_moves_of(session, by, at)
    if session.offering.state == Offering.State.PUBLISHED:
        telling.tell_mentors(session, Kind.CLASS_MOVED, at)
    elif session.answer:
        session.answer, session.answered_at, session.answer_comment = ClassSession.Answer.ASKED, None, ""
        session.save(update_fields=["answer", "answered_at", "answer_comment"])
        telling.tell_placement(session, at)


def _refuse_without_the_mentor(session: ClassSession) -> None:
    names = "、".join(session.mentors.values_list("name", flat=True))
    if session.answer == ClassSession.Answer.DECLINED:
        comment = f"（{session.answer_comment}）" if session.answer_comment else ""
        raise errors.PlacementDeclined(mentor=names, title=session.title, comment=comment)
    if session.is_outside_windows and session.answer != ClassSession.Answer.ACCEPTED:
        raise errors.PlacementNotAccepted(mentor=names, title=session.title)
