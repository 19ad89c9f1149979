"""Reports as lists and pages show them, and the trips that wait for one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse

from mentor_portal.wording import moment
from mentors.models import Mentor
from research.models import (
    ReportFile,
    ReportStep,
    ResearchReport,
    ResearchReportQuerySet,
    ResearchTrip,
)
from research.services.reports import least_length

State = ResearchReport.State
# As many trips without a report are shown at once.
PROMPTS = 20


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A trip that the mentor attended and has not begun to write about."""

    title: str
    starts_at: datetime
    destination: str
    url: str


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """A report as its author sees it: where it stands, since when, by whom, and what was said."""

    pk: int
    title: str
    url: str
    edit_url: str
    kind_word: str
    about: str
    length: str
    tone: str
    word: str
    told: str
    comment: str
    is_excellent: bool


def own_reports(mentor: Mentor) -> ResearchReportQuerySet:
    """All of a mentor's reports, the last touched first."""
    return ResearchReport.objects.of(mentor).for_lines().order_by("-changed_at", "-pk")


def published_reports() -> ResearchReportQuerySet:
    return ResearchReport.objects.published().in_public_order().for_lines()


def live_report(mentor: Mentor, trip: ResearchTrip) -> ResearchReport | None:
    """Return the report that a mentor writes or has written about a trip."""
    return ResearchReport.objects.of(mentor).live().filter(trip=trip).for_lines().first()


def begun_report(mentor: Mentor, trip: ResearchTrip | None, key: UUID | None) -> ResearchReport | None:
    """Return the report that was begun for a trip, or else on the page of this key, if one was."""
    if trip:
        return live_report(mentor, trip)
    return ResearchReport.objects.of(mentor).filter(key=key).for_lines().first() if key else None


def prompts_of(mentor: Mentor) -> list[Prompt]:
    """Return the attended trips that wait for the mentor's report, the latest first."""
    written = ResearchReport.objects.of(mentor).live().filter(trip=OuterRef("pk"))
    trips = ResearchTrip.objects.attended_by(mentor.user).filter(~Exists(written))
    found = trips.select_related("offering", "theme").order_by("-offering__starts_at", "-pk")[:PROMPTS]
    return [
        Prompt(
            title=trip.title,
            starts_at=trip.offering.starts_at,
            destination=trip.theme.destination,
            url=f"{reverse('research:report-new')}?trip={trip.pk}",
        )
        for trip in found
    ]


def report_line(report: ResearchReport) -> ReportLine:
    """Return a report loaded with ``for_lines`` as its author sees it."""
    is_told = report.state in ResearchReport.DECIDED
    return ReportLine(
        pk=report.pk,
        title=str(report),
        url=report.get_absolute_url(),
        edit_url=reverse("research:report-edit", args=[report.pk]) if report.is_editable else "",
        kind_word=report.get_kind_display(),
        about=report.trip.title if report.trip else "",
        length=f"{report.length} / {least_length()} 字" if report.is_editable else f"{report.length} 字",
        tone=_TONES[report.state],
        word="已公开" if report.is_published else report.get_state_display(),
        told=_told(report),
        comment=report.comment if is_told else "",
        is_excellent=report.is_excellent,
    )


def steps_of(report: ResearchReport) -> list[ReportStep]:
    """Return what was done with a report, the first step first."""
    return list(report.steps.select_related("by"))


def pictures_and_papers(report: ResearchReport) -> tuple[list[ReportFile], list[ReportFile]]:
    """Return the photos of a report, and its other files."""
    files = list(report.files.all())
    return [file for file in files if file.is_picture], [file for file in files if not file.is_picture]


_TONES = {
    State.DRAFT: "draft",
    State.SUBMITTED: "waitlisted",
    State.RETURNED: "offered",
    State.ACCEPTED: "confirmed",
    State.WITHDRAWN: "cancelled",
}


def _told(report: ResearchReport) -> str:
    """Return who moved it last and when: 刘静怡 3月12日 14:05."""
    match report.state:
        case State.SUBMITTED:
            return f"{moment(report.submitted_at)} 提交，请等待审核"
        case State.DRAFT:
            return f"{moment(report.changed_at)} 保存，还没有提交"
        case State.WITHDRAWN:
            return f"{moment(report.changed_at)} 撤回"
        case _:
            return f"{report.decided_by} {moment(report.decided_at)}"
