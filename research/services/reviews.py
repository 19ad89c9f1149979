"""What staff make of reports: accepting, returning, marking the excellent, showing them to everyone."""

from datetime import datetime

from django.db import transaction

from mentor_portal.accounts.models import User
from mentor_portal.wording import moment
from research import errors
from research.models import ReportStep, ResearchReport
from research.rules import Decision
from research.services import telling
from research.services.reports import refuse_absent
from research.wordings import Kind

State = ResearchReport.State
Action = ReportStep.Action
TOLD = {Decision.ACCEPT: Kind.REPORT_ACCEPTED, Decision.RETURN: Kind.REPORT_RETURNED}


@transaction.atomic
def decide_report(
    *,
    report: ResearchReport,
    decision: Decision,
    by: User,
    at: datetime,
    comment: str = "",
    seen_at: datetime | None = None,
) -> ResearchReport:
    """Accept or return a report that was handed in, and tell the author.

    ``seen_at`` is the moment of submission that the reviewer has read. Raises CommentMissing,
    ReportDecided (which says what the first reviewer decided), ReportNotSubmitted, ReportResubmitted,
    TripNotAttended where the author's presence was taken back since.
    """
    if decision.needs_comment and not comment.strip():
        raise errors.CommentMissing
    report = _lock(report)
    _refuse_undecidable(report, seen_at)
    if decision is Decision.ACCEPT and report.trip:
        refuse_absent(report.mentor, report.trip)
    report.state = State(decision)
    report.decided_at, report.decided_by = at, by
    report.comment = comment.strip()
    report.save(update_fields=["state", "decided_at", "decided_by", "comment"])
    _note(report, Action(decision), by, at, report.comment)
    telling.tell_author(report, TOLD[decision], at)
    return report


@transaction.atomic
def mark_excellent(*, report: ResearchReport, is_excellent: bool, by: User, at: datetime) -> ResearchReport:
    """Mark an accepted report as excellent, or no longer; twice is once. Raises ReportNotAccepted."""
    report = _accepted(report)
    if report.is_excellent != is_excellent:
        report.is_excellent = is_excellent
        report.save(update_fields=["is_excellent"])
        _note(report, Action.EXCELLENT if is_excellent else Action.PLAIN, by, at)
    return report


@transaction.atomic
def publish_report(*, report: ResearchReport, by: User, at: datetime) -> ResearchReport:
    """Show an accepted report to everyone and tell the author; twice is once. Raises ReportNotAccepted."""
    report = _accepted(report)
    if not report.is_published:
        report.published_at = at
        report.save(update_fields=["published_at"])
        _note(report, Action.PUBLISHED, by, at)
        telling.tell_author(report, Kind.REPORT_PUBLISHED, at)
    return report


@transaction.atomic
def hide_report(*, report: ResearchReport, by: User, at: datetime) -> ResearchReport:
    """Show a report to nobody but author and staff again; twice is once. Raises ReportNotAccepted."""
    report = _accepted(report)
    if report.is_published:
        report.published_at = None
        report.save(update_fields=["published_at"])
        _note(report, Action.HIDDEN, by, at)
    return report


def _lock(report: ResearchReport) -> ResearchReport:
    """Return the report as it is now, held until the transaction ends."""
    locked = ResearchReport.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("mentor__user", "decided_by").get(pk=report.pk)


def _accepted(report: ResearchReport) -> ResearchReport:
    report = _lock(report)
    if report.state != State.ACCEPTED:
        raise errors.ReportNotAccepted(title=str(report), state=report.get_state_display())
    return report


def _refuse_undecidable(report: ResearchReport, seen_at: datetime | None) -> None:
    if report.state in ResearchReport.DECIDED:
        raise errors.ReportDecided(
            who=str(report.decided_by),
            when=moment(report.decided_at),
            title=str(report),
            state=report.get_state_display(),
            comment=f"（{report.comment}）" if report.comment else "",
        )
    if report.state != State.SUBMITTED:
        raise errors.ReportNotSubmitted(title=str(report), state=report.get_state_display())
    if seen_at and seen_at != report.submitted_at:
        raise errors.ReportResubmitted(title=str(report))


def _note(
    report: ResearchReport, action: ReportStep.Action, by: User, at: datetime, comment: str = ""
) -> None:
    ReportStep.objects.create(report=report, action=action, by=by, at=at, comment=comment)
