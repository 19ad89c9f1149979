"""A report's way from the author's draft into the reviewers' hands (notice 三（三）)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mentor_portal import portal_settings
from mentor_portal.accounts.models import User
from mentors.models import Mentor
from research import errors, rules
from research.models import ReportStep, ResearchReport, ResearchTrip

State = ResearchReport.State
Action = ReportStep.Action
Kind = ResearchReport.Kind
NO_TITLE = "请填写标题。"


@dataclass(frozen=True, kw_only=True)
class ReportContent:
    """Everything that a mentor says in a report; a draft may lack its title and be short."""

    title: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a page knows of the report on it: the revision it has last heard of.

    Where its author presses a button (``is_deliberate``), the page need not have heard yet of what it
    has kept by itself a moment ago.
    """

    revision: int
    page: UUID | None = None
    is_deliberate: bool = True


@transaction.atomic
def save_report(
    *,
    mentor: Mentor,
    content: ReportContent,
    by: User,
    at: datetime,
    report: ResearchReport | None = None,
    trip: ResearchTrip | None = None,
    key: UUID | None = None,
    seen: Seen | None = None,
) -> ResearchReport:
    """Keep a draft, or amend a returned report; it is not handed in by that.

    A new report is about ``trip``, or free where there is none; ``key`` names the page it is written on,
    so that what the page sends again amends the one report. ``seen`` is what the page knows of the report.
    What is with the reviewers already may be sent once more. Raises ReportNotEditable, ReportChanged where
    another window has kept something since, TripNotAttended, ReportIncomplete where what was returned
    loses its title.
    """
    if report is None:
        report = _begin(mentor, trip, key, at)
    report = _lock(report)
    if report.state == State.SUBMITTED and says(report, content):
        return report
    _refuse_uneditable(report)
    if says(report, content):
        return report
    if seen and not _knows(seen, report):
        raise errors.ReportChanged
    if report.state == State.RETURNED and not content.title.strip():
        raise _incomplete({"title": NO_TITLE})
    report.title, report.body = content.title, content.body
    report.length = rules.text_length(content.body)
    report.revision += 1
    report.kept_from = seen.page if seen else None
    report.changed_at = at
    report.save(update_fields=["title", "body", "length", "revision", "kept_from", "changed_at"])
    return report


@transaction.atomic
def hand_in_report(*, report: ResearchReport, by: User, at: datetime) -> ResearchReport:
    """Hand a draft or an amended report to the reviewers; handing in twice is once.

    Raises ReportNotEditable, TripNotAttended, ReportIncomplete where the title is missing or the text is
    too short (annex 2: 不少于800字; it says how many 字 are missing).
    """
    report = _lock(report)
    if report.state == State.SUBMITTED:
        return report
    _refuse_uneditable(report)
    if report.trip:
        refuse_absent(report.mentor, report.trip)
    _refuse_incomplete(report)
    report.state = State.SUBMITTED
    report.submitted_at = report.changed_at = at
    report.save(update_fields=["state", "submitted_at", "changed_at"])
    ReportStep.objects.create(report=report, action=Action.SUBMITTED, by=by, at=at)
    return report


@transaction.atomic
def withdraw_report(*, report: ResearchReport, by: User, at: datetime) -> ResearchReport:
    """Take a report back before it is accepted; its trip can have another. Withdrawing twice is once.

    Raises ReportNotWithdrawable.
    """
    report = _lock(report)
    if report.state == State.WITHDRAWN:
        return report
    if report.state == State.ACCEPTED:
        raise errors.ReportNotWithdrawable(title=str(report))
    report.state = State.WITHDRAWN
    report.changed_at = at
    report.save(update_fields=["state", "changed_at"])
    ReportStep.objects.create(report=report, action=Action.WITHDRAWN, by=by, at=at)
    return report


def refuse_absent(mentor: Mentor, trip: ResearchTrip) -> None:
    """Raise TripNotAttended where the desk has not noted the mentor's presence."""
    if not ResearchTrip.objects.attended_by(mentor.user).filter(pk=trip.pk).exists():
        raise errors.TripNotAttended(trip=trip.title)


def least_length() -> int:
    """Return how many 字 a report must have, as staff have set it."""
    return portal_settings.read()["REPORT_MIN_LENGTH"]


def says(report: ResearchReport, content: ReportContent) -> bool:
    """Tell whether the report says just this."""
    return (report.title, report.body) == (content.title, content.body)


def _begin(mentor: Mentor, trip: ResearchTrip | None, key: UUID | None, at: datetime) -> ResearchReport:
    """Return the report begun for this trip or on the page of this key, or a new one."""
    plain = {"created_at": at, "changed_at": at}
    if trip is not None:
        refuse_absent(mentor, trip)
        # Not by key: a trip has one report, on whichever page it was begun.
        return ResearchReport.objects.live().get_or_create(
            mentor=mentor, trip=trip, defaults={**plain, "kind": Kind.COLLECTIVE}
        )[0]
    if key is None:
        return ResearchReport.objects.create(mentor=mentor, kind=Kind.FREE, **plain)
    return ResearchReport.objects.get_or_create(
        mentor=mentor, key=key, defaults={**plain, "kind": Kind.FREE}
    )[0]


def _knows(seen: Seen, report: ResearchReport) -> bool:
    """Tell whether whoever writes on that page has seen what is kept."""
    is_own_work = seen.is_deliberate and seen.page is not None and seen.page == report.kept_from
    return seen.revision == report.revision or is_own_work


def _lock(report: ResearchReport) -> ResearchReport:
    """Return the report as it is now, held until the transaction ends."""
    locked = ResearchReport.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("mentor__user").get(pk=report.pk)


def _refuse_uneditable(report: ResearchReport) -> None:
    if not report.is_editable:
        raise errors.ReportNotEditable(title=str(report), state=report.get_state_display())


def _refuse_incomplete(report: ResearchReport) -> None:
    missing = {}
    if not report.title.strip():
        missing["title"] = NO_TITLE
    least = least_length()
    # Counted anew: what was kept under an older rule counts as it would today.
    length = rules.text_length(report.body)
    if short_by := rules.missing_length(length, least):
        missing["body"] = f"正文现有 {length} 字，至少 {least} 字，还差 {short_by} 字。"
    if missing:
        raise _incomplete(missing)


def _incomplete(missing: dict[str, str]) -> errors.ReportIncomplete:
    return errors.ReportIncomplete(what="".join(missing.values()), missing=missing)
