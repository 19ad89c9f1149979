"""What must always be true of themes, trips and reports, looked up in the whole database."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef

from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Reservation
from research.models import ReportStep, ResearchReport, ResearchTrip
from research.rules import text_length


def broken() -> Iterator[str]:
    """Yield one sentence for each broken invariant."""
    for row in ResearchTrip.objects.exclude(offering__kind=OfferingKind.TRIP).order_by("pk"):
        yield f"trip {row.pk}: its offering is not a trip"
    orphans = Offering.objects.filter(kind=OfferingKind.TRIP, research_trip__isnull=True)
    for row in orphans.order_by("pk"):
        yield f"offering {row.pk}: is a trip without its research"
    for row in ResearchTrip.objects.filter(minimum__gt=F("offering__capacity")).order_by("pk"):
        yield f"trip {row.pk}: needs {row.minimum} people, more than it has places"
    for row in ResearchTrip.objects.visible().filter(theme__published_at__isnull=True).order_by("pk"):
        yield f"trip {row.pk}: is public, but its theme is not"
    yield from _held_by_others_than_mentors()
    yield from _reports_without_presence()
    yield from _decisions_without_a_step()
    yield from _wrong_lengths()


def _held_by_others_than_mentors() -> Iterator[str]:
    """Places are for mentors; who walks in takes none."""
    rows = Reservation.objects.filter(
        offering__kind=OfferingKind.TRIP, person__mentor__isnull=True, is_walk_in=False
    )
    for row in rows.exclude(state=Reservation.State.CANCELLED).order_by("pk"):
        yield f"reservation {row.pk}: person {row.person_id} of trip {row.offering_id} is no mentor"


def _reports_without_presence() -> Iterator[str]:
    there = Reservation.objects.filter(
        offering=OuterRef("trip_id"),
        person=OuterRef("mentor__user_id"),
        state=Reservation.State.ATTENDED,
    )
    rows = ResearchReport.objects.accepted().filter(~Exists(there), trip__isnull=False)
    for row in rows.order_by("pk"):
        yield f"report {row.pk}: was accepted, but its author was not on trip {row.trip_id}"


def _decisions_without_a_step() -> Iterator[str]:
    step = ReportStep.objects.filter(
        report=OuterRef("pk"), action=OuterRef("state"), at=OuterRef("decided_at")
    )
    decided = ResearchReport.objects.filter(state__in=ResearchReport.DECIDED)
    for row in decided.filter(~Exists(step)).order_by("pk"):
        yield f"report {row.pk}: {row.state}, but no step says who decided"


def _wrong_lengths() -> Iterator[str]:
    rows = ResearchReport.objects.order_by("pk").values_list("pk", "body", "length")
    for pk, body, length in rows.iterator(chunk_size=200):
        if text_length(body) != length:
            yield f"report {pk}: {length} characters are noted, {text_length(body)} counted"
