"""Research (notice, section 三（三）): the year's themes, the trips, and the reports written about them."""

from research.models.reports import ReportFile, ReportStep, ResearchReport, ResearchReportQuerySet
from research.models.themes import ResearchTheme, ResearchThemeQuerySet
from research.models.trips import ResearchTrip, ResearchTripQuerySet

__all__ = [
    "ReportFile",
    "ReportStep",
    "ResearchReport",
    "ResearchReportQuerySet",
    "ResearchTheme",
    "ResearchThemeQuerySet",
    "ResearchTrip",
    "ResearchTripQuerySet",
]
