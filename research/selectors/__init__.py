"""What pages show of research: the plan, trips, reports, a mentor's own part, ready-made texts."""

from research.selectors.desk import DeskPanel, desk_panel
from research.selectors.plan import Month, months_of, years_with_a_plan
from research.selectors.reports import (
    Prompt,
    ReportLine,
    begun_report,
    live_report,
    own_reports,
    pictures_and_papers,
    prompts_of,
    published_reports,
    report_line,
    steps_of,
)
from research.selectors.reviewing import next_waiting, other_reports
from research.selectors.texts import plan_text, trip_text
from research.selectors.trips import TripCard, seats_of_trip, trip_cards

__all__ = [
    "DeskPanel",
    "Month",
    "Prompt",
    "ReportLine",
    "TripCard",
    "begun_report",
    "desk_panel",
    "live_report",
    "months_of",
    "next_waiting",
    "other_reports",
    "own_reports",
    "pictures_and_papers",
    "plan_text",
    "prompts_of",
    "published_reports",
    "report_line",
    "seats_of_trip",
    "steps_of",
    "trip_cards",
    "trip_text",
    "years_with_a_plan",
]
