"""Each broken invariant of research is named; a whole database has none."""

import pytest
from django.utils import timezone

from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Reservation
from research.models import ReportStep, ResearchReport, ResearchTheme, ResearchTrip
from tests import offerings, trips

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(mentor_user, staff):
    """An accepted report about a trip, beside a coming trip with people on it."""
    trips.hold(trips.trip(staff), trips.make_mentors(7))
    mentor = mentor_user.mentor
    return trips.accepted(mentor, staff, trips.attended(staff, [mentor]))


def named():
    return offerings.broken_invariants()


def test_whole_research_breaks_nothing(report):
    assert named() == []


def test_offering_of_another_kind_is_named_both_ways(report):
    trip = ResearchTrip.objects.get(pk=report.trip_id)
    Offering.objects.filter(pk=trip.pk).update(kind=OfferingKind.CLASS)
    assert f"trip {trip.pk}: its offering is not a trip" in named()
    session = offerings.make_session()
    Offering.objects.filter(pk=session.pk).update(kind=OfferingKind.TRIP)
    assert f"offering {session.pk}: is a trip without its research" in named()


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        (lambda report: ResearchTrip.objects.update(minimum=99), "more than it has places"),
        (lambda report: ResearchTheme.objects.update(published_at=None), "but its theme is not"),
        (
            lambda report: Reservation.objects.filter(offering=report.trip_id).update(
                state="no_show", checked_in_at=None
            ),
            "but its author was not on trip",
        ),
        (lambda report: ReportStep.objects.filter(action="accepted").delete(), "no step says who decided"),
        (lambda report: ResearchReport.objects.update(length=5), "5 characters are noted"),
    ],
    ids=["minimum", "theme", "presence", "step", "length"],
)
def test_broken_invariant_is_named(report, breaks, said):
    breaks(report)
    assert any(said in sentence for sentence in named())


def test_place_held_by_a_job_seeker_is_named(report, job_seeker):
    Reservation.objects.filter(state="waitlisted").update(person=job_seeker)
    assert any("is no mentor" in sentence for sentence in named())


def test_job_seeker_who_walks_in_is_welcome(report, job_seeker):
    at = timezone.now()
    Reservation.objects.create(
        offering_id=report.trip_id,
        person=job_seeker,
        state="attended",
        is_walk_in=True,
        checked_in_at=at,
        queued_at=at,
    )
    assert named() == []
