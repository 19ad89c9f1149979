"""What counts, as rows: the score counts them, the score card lists them, the statistics add them up.

Each function returns the rows whose activity lies in the span in Asia/Shanghai: in the year of annex 2,
or in the months that a report is about. What belongs to a span goes by the activity's own date, never by when
it was noted. What makes a row count is said once, by the conditions below.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db.models import Exists, OuterRef, Q, QuerySet

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

_OF_CLASS = Q(offering__kind=OfferingKind.CLASS, offering__state__in=STANDS)
_OF_TALK = Q(offering__kind__in=[OfferingKind.CONSULTATION, OfferingKind.CLINIC], offering__state__in=STANDS)
_THERE = Q(state=Reservation.State.ATTENDED)
# Conditions on reservations. Whoever walked in attended, and did not book.
BOOKING = _OF_CLASS & Q(state__in=BOOKED, is_walk_in=False)
ATTENDANCE = _OF_CLASS & _THERE
# One-to-ones and clinics, whoever walked in too.
CONSULTED = _OF_TALK & _THERE
SERVED = ATTENDANCE | CONSULTED
# On hostings: a mentor who was there.
PRESENT = Q(presence=Hosting.Presence.PRESENT, offering__state__in=STANDS)


class Span(Protocol):
    """Some time of whole days in Asia/Shanghai: an ``EvaluationYear``, or a ``Period`` of months."""

    @property
    def starts_at(self) -> datetime:
        """The first moment."""

    @property
    def ends_at(self) -> datetime:
        """The first moment after it."""

    @property
    def first_on(self) -> date: ...

    @property
    def last_on(self) -> date: ...


@dataclass(frozen=True)
class Countable:
    """A kind of rows: how they are found, which path leads to the mentor, and what of them counts once."""

    rows: Callable[[EvaluationYear], QuerySet]
    mentor: str
    once: str = "pk"


def classes(span: Span) -> QuerySet[Hosting]:
    """Classes that took place with the mentor's presence confirmed; two mentors in one count one each."""
    return presences(span).filter(offering__kind=OfferingKind.CLASS)


def clinics(span: Span) -> QuerySet[Hosting]:
    """Clinics (集中诊断) at which the mentor was present: a consultation duty each."""
    return presences(span).filter(offering__kind=OfferingKind.CLINIC)


def presences(span: Span) -> QuerySet[Hosting]:
    """Mentors' confirmed presences at what took place, of any kind."""
    return Hosting.objects.filter(PRESENT, **within("offering__starts_at", span))


def duties(year: EvaluationYear) -> QuerySet[ConsultationShift]:
    """Declared shifts in a consultation room at which the mentor was present, however many came."""
    attended = ConsultationSlot.objects.filter(
        shift=OuterRef("pk"),
        offering__state__in=STANDS,
        offering__hostings__presence=Hosting.Presence.PRESENT,
        offering__hostings__person=OuterRef("mentor__user"),
    )
    return ConsultationShift.objects.filter(Exists(attended), **within("starts_at", year))


def placements(span: Span) -> QuerySet[Placement]:
    """Verified placements that began in the span; each job seeker counts once for a mentor."""
    return Placement.objects.verified().filter(started_on__range=(span.first_on, span.last_on))


def likes(year: EvaluationYear) -> QuerySet[Like]:
    return Like.objects.of_year(year.year)


def bookings(span: Span) -> QuerySet[Reservation]:
    """Bookings of classes that stand."""
    return reservations(span).filter(BOOKING)


def reservations(span: Span) -> QuerySet[Reservation]:
    """All reservations of what lies in the span; the conditions above say what they count as."""
    return Reservation.objects.filter(**within("offering__starts_at", span))


def surveys(span: Span) -> QuerySet[SurveyResult]:
    return SurveyResult.objects.filter(**within("session__offering__starts_at", span))


def collective_reports(year: EvaluationYear) -> QuerySet[ResearchReport]:
    """Accepted reports of trips of the year that the mentor attended; the database lets a trip have one."""
    attended = Reservation.objects.filter(
        offering=OuterRef("trip"), person=OuterRef("mentor__user"), state=Reservation.State.ATTENDED
    )
    reports = _long_enough(year).filter(kind=ResearchReport.Kind.COLLECTIVE)
    return reports.filter(Exists(attended), **within("trip__offering__starts_at", year))


def free_reports(year: EvaluationYear) -> QuerySet[ResearchReport]:
    """Accepted reports about research of the mentor's own, by the day they were handed in."""
    return _long_enough(year).filter(kind=ResearchReport.Kind.FREE, **within("submitted_at", year))


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


def _long_enough(year: EvaluationYear) -> QuerySet[ResearchReport]:
    return ResearchReport.objects.accepted().filter(length__gte=year.report_length)


def within(field: str, span: Span) -> dict[str, datetime]:
    """Return what a moment must satisfy to lie in the span, as keyword arguments of a filter."""
    return {f"{field}__gte": span.starts_at, f"{field}__lt": span.ends_at}
