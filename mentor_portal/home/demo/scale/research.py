"""The research of the scaled year: trips of neighbours, their reports, and free ones; and bonus events."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from evaluation.models import BonusEvent
from mentor_portal.home.demo.scale.cast import ScaledCast, ScaledMentor
from mentor_portal.home.demo.scale.classes import attended_row, finished_offering
from mentor_portal.home.demo.scale.plan import DAY, HOUR, MENTORS_PER_TRIP, trips_of
from mentor_portal.moments import midnight
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Reservation
from research.models import ReportStep, ResearchReport, ResearchTheme, ResearchTrip
from research.rules import text_length

LASTS = 7 * HOUR
BODY = "规模测试的报告，不是真实调研。" * 60
LENGTH = text_length(BODY)
# One collective report in so many still waits for a reviewer.
WAITS_EVERY = 8

Kind, State = ResearchReport.Kind, ResearchReport.State


@dataclass
class _Trip:
    offering: Offering
    mentors: Sequence[ScaledMentor]


def ensure_themes(cast: ScaledCast) -> dict[int, ResearchTheme]:
    """Return the year's themes by month, made where they are missing."""
    year = cast.calendar.year
    themes = {each.month: each for each in ResearchTheme.objects.of_year(year)}
    missing = [
        ResearchTheme(
            year=year,
            month=month,
            title=f"规模测试主题{month}",
            destination="规模测试单位",
            published_at=cast.staff.date_joined,
        )
        for month in range(1, 13)
        if month not in themes
    ]
    return themes | {each.month: each for each in ResearchTheme.objects.bulk_create(missing)}


def make_research(
    cast: ScaledCast, themes: dict[int, ResearchTheme], mentors: Sequence[ScaledMentor]
) -> list[Reservation]:
    """Let neighbours go on trips together and write about them and alone; return the reservations."""
    trips = list(_trips(cast, mentors))
    Offering.objects.bulk_create(each.offering for each in trips)
    ResearchTrip.objects.bulk_create(
        ResearchTrip(
            offering=each.offering,
            theme=themes[timezone.localtime(each.offering.starts_at).month],
            minimum=1,
            gathering="规模测试",
        )
        for each in trips
    )
    rows = Reservation.objects.bulk_create(
        attended_row(each.offering, mentor.person) for each in trips for mentor in each.mentors
    )
    reports = [*_collective(cast, trips), *_free(cast, mentors)]
    ResearchReport.objects.bulk_create(report for report, _ in reports)
    ReportStep.objects.bulk_create(step for each in reports for step in _steps(cast, *each))
    return rows


def _trips(cast: ScaledCast, mentors: Sequence[ScaledMentor]) -> Iterator[_Trip]:
    for first in range(0, len(mentors), MENTORS_PER_TRIP):
        group = mentors[first : first + MENTORS_PER_TRIP]
        place = group[0].plan.place // MENTORS_PER_TRIP
        for number in range(trips_of(place)):
            starts_at = cast.calendar.trip_at(place, number)
            title = f"规模调研第{place + 1}-{number + 1}期"
            offering = finished_offering(
                OfferingKind.TRIP,
                title,
                starts_at,
                LASTS,
                code=f"scale-trip-{place}-{number}",
                host_unit=cast.province,
                capacity=MENTORS_PER_TRIP,
                places_taken=len(group),
            )
            yield _Trip(offering, group)


def _collective(cast: ScaledCast, trips: Sequence[_Trip]) -> Iterator[tuple[ResearchReport, ScaledMentor]]:
    for each in trips:
        for mentor in each.mentors:
            at = each.offering.ends_at + 2 * DAY
            waits = mentor.plan.place % WAITS_EVERY == 0
            fields = {"kind": Kind.COLLECTIVE, "trip_id": each.offering.pk}
            yield _report(cast, mentor, at, State.SUBMITTED if waits else State.ACCEPTED, **fields), mentor


def _free(cast: ScaledCast, mentors: Sequence[ScaledMentor]) -> Iterator[tuple[ResearchReport, ScaledMentor]]:
    for mentor in mentors:
        for number in range(mentor.plan.free_reports):
            at = midnight(cast.calendar.day_of(mentor.plan.place + 97 * number)) + 9 * HOUR
            yield _report(cast, mentor, at, State.ACCEPTED, kind=Kind.FREE), mentor


def _report(
    cast: ScaledCast, mentor: ScaledMentor, at: datetime, state: State, **fields: object
) -> ResearchReport:
    is_decided = state == State.ACCEPTED
    return ResearchReport(
        mentor_id=mentor.pk,
        title="规模测试报告",
        body=BODY,
        length=LENGTH,
        state=state,
        revision=1,
        created_at=at,
        changed_at=at,
        submitted_at=at,
        decided_at=at + DAY if is_decided else None,
        decided_by=cast.staff if is_decided else None,
        **fields,
    )


def _steps(cast: ScaledCast, report: ResearchReport, mentor: ScaledMentor) -> Iterator[ReportStep]:
    Action = ReportStep.Action
    yield ReportStep(report=report, action=Action.SUBMITTED, by_id=mentor.person, at=report.submitted_at)
    if report.decided_at:
        yield ReportStep(report=report, action=Action.ACCEPTED, by=cast.staff, at=report.decided_at)


def make_bonus_events(cast: ScaledCast, mentors: Sequence[ScaledMentor]) -> None:
    """Note the mentors' verified events, each with its proof."""
    BonusEvent.objects.bulk_create(
        BonusEvent(
            mentor_id=mentor.pk,
            title=f"规模测试活动{number + 1}",
            held_on=day,
            state=BonusEvent.State.VERIFIED,
            entered_at=midnight(day) + DAY,
            entered_by=cast.staff,
            decided_at=midnight(day) + 2 * DAY,
            decided_by=cast.staff,
            **cast.file_fields(),
        )
        for mentor in mentors
        for number in range(mentor.plan.bonus_events)
        for day in [cast.calendar.day_of(mentor.plan.place + 31 * number)]
    )
