"""What a mentor's desk shows of research; the page that shows it belongs to an upper floor."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from mentor_portal.reservations.models import Reservation
from mentors.models import Mentor
from research.models import ResearchReport, ResearchTrip
from research.selectors.reports import Prompt, ReportLine, prompts_of, report_line
from research.selectors.trips import TripCard, trip_cards

# More than so many are left to the pages behind the desk.
TRIPS_ON_DESK = 10
REPORTS_ON_DESK = 20


@dataclass(frozen=True, kw_only=True)
class DeskPanel:
    """Everything about research on a mentor's desk; each line brings its own address."""

    own_trips: list[TripCard]
    open_trips: list[TripCard]
    prompts: list[Prompt]
    returned: list[ReportLine]
    drafts: list[ReportLine]
    home_url: str
    reports_url: str
    new_url: str

    @property
    def to_do_count(self) -> int:
        return len(self.prompts) + len(self.returned) + len(self.drafts)


def desk_panel(mentor: Mentor, at: datetime) -> DeskPanel:
    """Return what a mentor's desk shows of research at a moment, in a fixed number of queries.

    ``own_trips`` are coming ones with a place or a place in the queue; ``open_trips`` those that one can
    sign up for now, or soon; ``prompts`` attended trips that wait for a report.
    """
    own = Reservation.objects.of(mentor.user).live().values("offering")
    coming = ResearchTrip.objects.coming(at).for_cards()
    open_trips = coming.exclude(offering__in=own).filter(offering__booking_closes_at__gt=at)
    unsent = ResearchReport.objects.of(mentor).filter(state__in=ResearchReport.EDITABLE)
    lines = [
        (report.state, report_line(report))
        for report in unsent.for_lines().order_by("-changed_at", "-pk")[:REPORTS_ON_DESK]
    ]
    return DeskPanel(
        own_trips=trip_cards(coming.filter(offering__in=own)[:TRIPS_ON_DESK], person=mentor.user, at=at),
        open_trips=trip_cards(open_trips[:TRIPS_ON_DESK], person=mentor.user, at=at),
        prompts=prompts_of(mentor),
        returned=[line for state, line in lines if state == ResearchReport.State.RETURNED],
        drafts=[line for state, line in lines if state == ResearchReport.State.DRAFT],
        home_url=reverse("research:home"),
        reports_url=reverse("research:report-list"),
        new_url=reverse("research:report-new"),
    )
