"""What a reviewer sees beside a report: what else its author has written, and what waits next."""

from research.models import ResearchReport

OTHER_REPORTS = 20


def other_reports(report: ResearchReport) -> list[ResearchReport]:
    """Return the author's other reports that staff may read, the newest first."""
    others = ResearchReport.objects.of(report.mentor).handed_in().exclude(pk=report.pk)
    return list(others.for_lines().order_by("-pk")[:OTHER_REPORTS])


def next_waiting(after: ResearchReport) -> tuple[ResearchReport | None, int]:
    """Return the report that has waited longest for a reviewer, and how many wait."""
    waiting = ResearchReport.objects.submitted().exclude(pk=after.pk)
    return waiting.first(), waiting.count()
