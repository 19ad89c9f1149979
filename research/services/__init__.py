"""Every write about research: the year's plan, trips, reports and their files."""

from research.services.files import attach_file, remove_file
from research.services.plans import publish_plan
from research.services.reports import (
    ReportContent,
    Seen,
    hand_in_report,
    save_report,
    withdraw_report,
)
from research.services.reviews import (
    decide_report,
    hide_report,
    mark_excellent,
    publish_report,
)
from research.services.trips import (
    TripPlan,
    cancel_trip,
    change_trip,
    plan_trip,
    publish_trip,
    sign_up,
    tell_short_trips,
)

__all__ = [
    "ReportContent",
    "Seen",
    "TripPlan",
    "attach_file",
    "cancel_trip",
    "change_trip",
    "decide_report",
    "hand_in_report",
    "hide_report",
    "mark_excellent",
    "plan_trip",
    "publish_plan",
    "publish_report",
    "publish_trip",
    "remove_file",
    "save_report",
    "sign_up",
    "tell_short_trips",
    "withdraw_report",
]
