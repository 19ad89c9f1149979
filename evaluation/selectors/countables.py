"""What counts for a mentor in a year (annex 2), as rows: the score counts them, the score card lists them.

Each function returns the rows of every mentor whose activity lies in the year in Asia/Shanghai; what
belongs to a year goes by the activity's own date, never by when it was noted.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from classrooms.models import Courseware, SurveyResult
from consultations.models import ConsultationShift, ConsultationSlot, Placement
from evaluation.models import BonusEvent, EvaluationYear
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Hosting, Offering, Reservation
from mentors.models import Like
from research.models import ResearchReport

# An offering that was published and not called off; whether somebody was there says the presence.
STANDS = (Offering.State.PUBLISHED, Offering.State.FINISHED)
# A booking that stands: neither cancelled, nor waiting, nor a place that is only offered.
BOOKED = (Reservation.State.CONFIRMED, Reservation.State.ATTENDED, Reservation.State.NO_SHOW)


@dataclass(frozen=True)
class Countable:
    """A kind of rows: how they are found, which path leads to the mentor, and what of them counts once."""

    rows: Callable[[EvaluationYear], QuerySet]
    mentor: str
    once: str = "pk"


def classes(year: EvaluationYear) -> QuerySet[Hosting]:
    """Classes that took place with the mentor's presence confirmed; two mentors in one count one each."""
    return _present_at(OfferingKind.CLASS, year)


def clinics(year: EvaluationYear) -> QuerySet[Hosting]:
    """Clinics (集中诊断) at which the mentor was present: a consultation duty each."""
    return _present_at(OfferingKind.CLINIC, year)


def duties(year: EvaluationYear) -> QuerySet[ConsultationShift]:
    """Declared shifts in a consultation room at which the mentor was present, however many came."""
    attended = ConsultationSlot.objects.filter(
        shift=OuterRef("pk"),
        offering__state__in=STANDS,
        offering__hostings__presence=Hosting.Presence.PRESENT,
        offering__hostings__person=OuterRef("mentor__user"),
    )
    return ConsultationShift.objects.filter(Exists(attended), **_within("starts_at", year))


def placements(year: EvaluationYear) -> QuerySet[Placement]:
    """Verified placements that began in the year; each job seeker counts once for a mentor."""
    return Placement.objects.verified().filter(started_on__year=year.year)


def likes(year: EvaluationYear) -> QuerySet[Like]:
    return Like.objects.of_year(year.year)


def bookings(year: EvaluationYear) -> QuerySet[Reservation]:
    """Bookings of the mentor's classes that stand; whoever walked in did not book."""
    of_classes = Reservation.objects.filter(
        offering__kind=OfferingKind.CLASS,
        offering__state__in=STANDS,
        **_within("offering__starts_at", year),
    )
    return of_classes.filter(state__in=BOOKED, is_walk_in=False)


def surveys(year: EvaluationYear) -> QuerySet[SurveyResult]:
    return SurveyResult.objects.filter(**_within("session__offering__starts_at", year))


def collective_reports(year: EvaluationYear) -> QuerySet[ResearchReport]:
    """Accepted reports of trips of the year that the mentor attended; the database lets a trip have one."""
    attended = Reservation.objects.filter(
        offering=OuterRef("trip"), person=OuterRef("mentor__user"), state=Reservation.State.ATTENDED
    )
    reports = _long_enough(year).filter(kind=ResearchReport.Kind.COLLECTIVE)
    return reports.filter(Exists(attended), **_within("trip__offering__starts_at", year))


def free_reports(year: EvaluationYear) -> QuerySet[ResearchReport]:
    """Accepted reports about research of the mentor's own, by the day they were handed in."""
    return _long_enough(year).filter(kind=ResearchReport.Kind.FREE, **_within("submitted_at", year))


def bonus_events(year: EvaluationYear) -> QuerySet[BonusEvent]:
    """Verified events that earn extra points, by the day they were held."""
    return BonusEvent.objects.verified().filter(held_on__year=year.year)


def plagiarised(year: EvaluationYear) -> QuerySet[Courseware]:
    """Courseware of the year that staff confirmed to be somebody else's, also where it was withdrawn."""
    return Courseware.objects.plagiarised().filter(year=year.year)


COUNTS = {
    "classes": Countable(classes, "person__mentor"),
    "clinics": Countable(clinics, "person__mentor"),
    "duties": Countable(duties, "mentor"),
    "placements": Countable(placements, "pairing__mentor", once="person"),
    "likes": Countable(likes, "mentor"),
    "bookings": Countable(bookings, "offering__class_session__mentors"),
    "collective_reports": Countable(collective_reports, "mentor"),
    "free_reports": Countable(free_reports, "mentor"),
    "bonus_events": Countable(bonus_events, "mentor"),
    "plagiarised": Countable(plagiarised, "mentor"),
}
SURVEYS = Countable(surveys, "session__mentors")


def _present_at(kind: OfferingKind, year: EvaluationYear) -> QuerySet[Hosting]:
    there = Hosting.objects.filter(presence=Hosting.Presence.PRESENT, offering__kind=kind)
    return there.filter(offering__state__in=STANDS, **_within("offering__starts_at", year))


def _long_enough(year: EvaluationYear) -> QuerySet[ResearchReport]:
    return ResearchReport.objects.accepted().filter(length__gte=year.report_length)


def _within(field: str, year: EvaluationYear) -> dict[str, object]:
    return {f"{field}__gte": year.starts_at, f"{field}__lt": year.ends_at}
