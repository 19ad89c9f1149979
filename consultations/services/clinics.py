"""A clinic (集中诊断): planning, publishing, moving, calling off, booking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from consultations import errors
from consultations.models import Consultation, PanelClinic
from consultations.services import telling
from consultations.wordings import Kind
from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.reservations import services as places
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Venue
from mentor_portal.reservations.services.places import lock_offering
from mentors.models import Category, IndustrialChain, Mentor

# What a plan says of the clinic itself; the rest is its offering's.
OWN_FIELDS = ("category", "introduction", "audience")
LEAST_MENTORS = 2


@dataclass(frozen=True, kw_only=True)
class ClinicPlan:
    """Everything that staff decide about a clinic."""

    title: str
    category: Category
    chains: Sequence[IndustrialChain]
    mentors: Sequence[Mentor]
    introduction: str
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
def plan_clinic(*, plan: ClinicPlan, by: User) -> PanelClinic:
    """Make a draft clinic (notice 三（二）2). Raises TooFewMentors, VenueClash or HostClash."""
    _refuse_too_few(plan)
    offering = places.create_offering(kind=OfferingKind.CLINIC, plan=plan.offering_plan(), by=by)
    clinic = PanelClinic(offering=offering)
    _apply(clinic, plan)
    clinic.save(force_insert=True)
    _set_people_and_chains(clinic, plan)
    return clinic


@transaction.atomic
def change_clinic(*, clinic: PanelClinic, plan: ClinicPlan, by: User, at: datetime) -> PanelClinic:
    """Bring a clinic in line with the plan; everyone concerned is told where it moves.

    Raises TooFewMentors, MentorHasTurns, VenueClash, HostClash, CapacityTooSmall, OfferingCancelled
    or OfferingFinished.
    """
    _refuse_too_few(plan)
    before = _when_and_where(lock_offering(clinic.pk))
    mentors_before = list(clinic.mentors.all())
    _refuse_to_lose_who_has_turns(clinic, plan)
    clinic.offering = places.change_offering(
        offering=clinic.offering, plan=plan.offering_plan(), by=by, at=at
    )
    _apply(clinic, plan)
    clinic.save(update_fields=OWN_FIELDS)
    _set_people_and_chains(clinic, plan)
    if clinic.offering.state == Offering.State.PUBLISHED:
        _tell_of_changes(clinic, mentors_before, before != _when_and_where(clinic.offering), at)
    return clinic


@transaction.atomic
def publish_clinic(*, clinic: PanelClinic, by: User, at: datetime) -> None:
    """Show a clinic to everyone; publishing twice is once. Raises OfferingCancelled or OfferingFinished."""
    was_draft = lock_offering(clinic.pk).state == Offering.State.DRAFT
    clinic.offering = places.publish_offering(offering=clinic.offering, by=by, at=at)
    if was_draft:
        telling.tell_clinic_mentors(clinic, clinic.mentors.all(), Kind.CLINIC_PUBLISHED, at)


@transaction.atomic
def cancel_clinic(*, clinic: PanelClinic, by: User, at: datetime, reason: str) -> None:
    """Call a clinic off and tell the mentors and everyone who holds or waits.

    Twice is once. Raises ReasonMissing or OfferingFinished.
    """
    if not reason.strip():
        raise errors.ReasonMissing
    was_cancelled = lock_offering(clinic.pk).state == Offering.State.CANCELLED
    clinic.offering = places.cancel_offering(offering=clinic.offering, by=by, at=at, reason=reason.strip())
    if not was_cancelled:
        note = clinic.offering.cancel_reason
        telling.tell_clinic_mentors(clinic, clinic.mentors.all(), Kind.CLINIC_CANCELLED, at, note)


@transaction.atomic
def book_clinic(
    *, clinic: PanelClinic, person: User, question: str, by: User, at: datetime
) -> places.Outcome:
    """Book a place, or one in the queue for it, with a line about the question.

    Raises what the engine's ``reserve`` raises.
    """
    outcome = places.reserve(offering=clinic.offering, person=person, by=by, at=at)
    if outcome.is_new:
        Consultation.objects.create(reservation=outcome.reservation, question=question)
    return outcome


def _apply(clinic: PanelClinic, plan: ClinicPlan) -> None:
    for name in OWN_FIELDS:
        setattr(clinic, name, getattr(plan, name))


def _set_people_and_chains(clinic: PanelClinic, plan: ClinicPlan) -> None:
    clinic.mentors.set(plan.mentors)
    clinic.chains.set(plan.chains)


def _refuse_too_few(plan: ClinicPlan) -> None:
    if len(plan.mentors) < LEAST_MENTORS:
        raise errors.TooFewMentors(least=LEAST_MENTORS)


def _refuse_to_lose_who_has_turns(clinic: PanelClinic, plan: ClinicPlan) -> None:
    kept = [mentor.pk for mentor in plan.mentors]
    taken = clinic.turns.exclude(mentor=None).exclude(mentor__in=kept).select_related("mentor").first()
    if taken:
        raise errors.MentorHasTurns(mentor=taken.mentor.name)


def _when_and_where(offering: Offering) -> tuple[datetime, datetime, int | None]:
    return offering.starts_at, offering.ends_at, offering.venue_id


def _tell_of_changes(
    clinic: PanelClinic, mentors_before: Sequence[Mentor], has_moved: bool, at: datetime
) -> None:
    """Who is new at it, who need not come any more, and where it moves, who is still at it."""
    mentors = list(clinic.mentors.all())
    new = [mentor for mentor in mentors if mentor not in mentors_before]
    released = [mentor for mentor in mentors_before if mentor not in mentors]
    telling.tell_clinic_mentors(clinic, new, Kind.CLINIC_PUBLISHED, at)
    telling.tell_clinic_mentors(clinic, released, Kind.CLINIC_RELEASED, at)
    if has_moved:
        stayed = [mentor for mentor in mentors if mentor in mentors_before]
        telling.tell_clinic_mentors(clinic, stayed, Kind.CLINIC_MOVED, at)
