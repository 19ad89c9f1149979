"""A research trip: planning, publishing, moving, calling off, signing up, and too few who did."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.reservations import errors as engine
from mentor_portal.reservations import services as places
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.services.places import lock_offering
from mentor_portal.wording import moment
from mentors.models import Mentor
from research import errors
from research.models import ResearchTheme, ResearchTrip
from research.services import telling

# What a plan says of the trip itself; the rest is its offering's.
OWN_FIELDS = ("theme", "minimum", "gathering", "notes")


@dataclass(frozen=True, kw_only=True)
class TripPlan:
    """Everything that staff decide about a trip."""

    theme: ResearchTheme
    title: str
    starts_at: datetime
    ends_at: datetime
    gathering: str
    capacity: int
    minimum: int
    booking_opens_at: datetime
    booking_closes_at: datetime
    notes: str = ""

    def offering_plan(self) -> places.OfferingPlan:
        """The province runs every trip; nobody of the portal must be there, and no room is taken."""
        return places.OfferingPlan(
            title=self.title,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            host_unit=HostUnit.objects.get(kind=HostUnit.Kind.PROVINCE),
            venue=None,
            hosts=[],
            capacity=self.capacity,
            booking_opens_at=self.booking_opens_at,
            booking_closes_at=self.booking_closes_at,
        )


@transaction.atomic
def plan_trip(*, plan: TripPlan, by: User) -> ResearchTrip:
    """Make a draft trip (notice 三（三）). Raises MinimumTooLarge."""
    _refuse_minimum(plan)
    offering = places.create_offering(kind=OfferingKind.TRIP, plan=plan.offering_plan(), by=by)
    trip = ResearchTrip(offering=offering)
    _apply(trip, plan)
    trip.save(force_insert=True)
    return trip


@transaction.atomic
def change_trip(*, trip: ResearchTrip, plan: TripPlan, by: User, at: datetime) -> ResearchTrip:
    """Bring a trip in line with the plan; who has signed up is told where it moves or gathers elsewhere.

    Where sign-up goes on, staff are told anew should it end below the minimum. Raises MinimumTooLarge,
    CapacityTooSmall, OfferingCancelled or OfferingFinished.
    """
    _refuse_minimum(plan)
    lock_offering(trip.pk)
    gathered_at = ResearchTrip.objects.values_list("gathering", flat=True).get(pk=trip.pk)
    # First what the messages name, then the move that they are about.
    _apply(trip, plan)
    if plan.booking_closes_at > at:
        trip.short_told_at = None
    trip.save(update_fields=[*OWN_FIELDS, "short_told_at"])
    trip.offering = places.change_offering(offering=trip.offering, plan=plan.offering_plan(), by=by, at=at)
    is_moved = trip.offering.moved_at == at
    if trip.offering.state == Offering.State.PUBLISHED and gathered_at != trip.gathering and not is_moved:
        telling.tell_gathering(trip, at)
    return trip


@transaction.atomic
def publish_trip(*, trip: ResearchTrip, by: User, at: datetime) -> None:
    """Show a trip to everyone; publishing twice is once.

    Raises ThemeNotPublished, InThePast, OfferingCancelled or OfferingFinished.
    """
    offering = lock_offering(trip.pk)
    if offering.state == Offering.State.DRAFT:
        theme = ResearchTheme.objects.get(pk=trip.theme_id)
        if theme.published_at is None:
            raise errors.ThemeNotPublished(theme=theme.title)
        if offering.starts_at <= at:
            raise errors.InThePast
    trip.offering = places.publish_offering(offering=offering, by=by, at=at)


def cancel_trip(*, trip: ResearchTrip, by: User, at: datetime, reason: str) -> None:
    """Call a trip off and tell everyone who holds or waits. Raises OfferingFinished."""
    trip.offering = places.cancel_offering(offering=trip.offering, by=by, at=at, reason=reason)


def sign_up(*, trip: ResearchTrip, person: User, by: User, at: datetime) -> places.Outcome:
    """Give a mentor a place, or a place in the queue: first come, first served.

    Raises MentorsOnly, SignUpNotOpen, SignUpClosed, and what else the engine's ``reserve`` raises.
    """
    if not may_sign_up(person, at):
        raise errors.MentorsOnly
    title = f"“{trip.offering.title}”"
    try:
        return places.reserve(offering=trip.offering, person=person, by=by, at=at)
    except engine.BookingClosed:
        raise errors.SignUpClosed(title=title) from None
    except engine.OfferingNotOpen:
        opens = moment(trip.offering.booking_opens_at)
        raise errors.SignUpNotOpen(title=title, opens=opens) from None


def may_sign_up(person: User, at: datetime) -> bool:
    """Tell whether a person is a mentor in office at that moment."""
    return Mentor.objects.appointed(timezone.localtime(at).date()).filter(user_id=person.pk).exists()


def tell_short_trips(*, at: datetime) -> int:
    """Tell staff, once, of each trip whose sign-up ended below its minimum; returns of how many."""
    short = ResearchTrip.objects.short(at).filter(short_told_at__isnull=True)
    return sum(_tell_if_short(pk, at) for pk in list(short.values_list("pk", flat=True)))


@transaction.atomic
def _tell_if_short(pk: int, at: datetime) -> bool:
    """The guarded update lets one of several workers through."""
    short = ResearchTrip.objects.filter(pk__in=ResearchTrip.objects.short(at).values("pk"))
    if not short.filter(pk=pk, short_told_at__isnull=True).update(short_told_at=at):
        return False
    telling.tell_short(ResearchTrip.objects.select_related("offering").get(pk=pk), at)
    return True


def _apply(trip: ResearchTrip, plan: TripPlan) -> None:
    for name in OWN_FIELDS:
        setattr(trip, name, getattr(plan, name))


def _refuse_minimum(plan: TripPlan) -> None:
    if plan.minimum > plan.capacity:
        raise errors.MinimumTooLarge(capacity=plan.capacity)
