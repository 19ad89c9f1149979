"""What mentors and staff are told about research, in the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.notifications.services import Note, say
from mentor_portal.wording import span
from research.models import ResearchReport, ResearchTrip
from research.wordings import Kind


def tell_plan(year: int, count: int, people: Iterable[int], at: datetime) -> None:
    """Every mentor hears that the year's plan is out, or has grown."""
    path = f"{reverse('research:home')}?year={year}"
    say(
        notes=[
            Note(
                person_id=person,
                key=f"research-plan:{year}:{person}:{at.isoformat()}",
                kind=Kind.PLAN_PUBLISHED,
                words={"year": str(year), "count": str(count)},
                path=path,
                at=at,
            )
            for person in people
        ]
    )


def tell_short(trip: ResearchTrip, at: datetime) -> None:
    """The province's staff hear that sign-up ended below the minimum."""
    offering = trip.offering
    say(
        notes=[
            Note(
                person_id=person,
                key=f"research-trip:{trip.pk}:short:{person}:{at.isoformat()}",
                kind=Kind.TRIP_SHORT,
                words={
                    "trip": offering.title,
                    "when": span(offering.starts_at, offering.ends_at),
                    "taken": str(offering.places_taken),
                    "minimum": str(trip.minimum),
                },
                path=reverse("admin:research_researchtrip_change", args=[trip.pk]),
                at=at,
                expires_at=offering.ends_at,
            )
            for person in _provincial_staff()
        ]
    )


def tell_gathering(trip: ResearchTrip, at: datetime) -> None:
    """Whoever holds or waits hears that a trip gathers elsewhere, at the same time."""
    offering = trip.offering
    people = offering.reservations.live().order_by("pk").values_list("person_id", flat=True)
    say(
        notes=[
            Note(
                person_id=person,
                key=f"research-trip:{trip.pk}:gathering:{person}:{at.isoformat()}",
                kind=Kind.TRIP_GATHERS_ELSEWHERE,
                words={
                    "trip": offering.title,
                    "when": span(offering.starts_at, offering.ends_at),
                    "gathering": trip.gathering,
                },
                path=trip.get_absolute_url(),
                at=at,
                expires_at=offering.ends_at,
            )
            for person in people
        ]
    )


def tell_author(report: ResearchReport, kind: Kind, at: datetime) -> None:
    """The author hears what became of a report."""
    note = Note(
        person_id=report.mentor.user_id,
        key=f"research-report:{report.pk}:{kind}:{at.isoformat()}",
        kind=kind,
        # The sentence around it has a full stop of its own.
        words={"report": report.title, "comment": report.comment.rstrip("。")},
        path=report.get_absolute_url(),
        at=at,
    )
    say(notes=[note])


def _provincial_staff() -> list[int]:
    of_the_province = Q(host_unit__isnull=True) | Q(host_unit__kind=HostUnit.Kind.PROVINCE)
    staff = User.objects.filter(of_the_province, is_staff=True, is_active=True)
    return list(staff.order_by("pk").values_list("pk", flat=True))
