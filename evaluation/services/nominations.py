"""What takes part in 优秀课件 (notice 三（四）): nominated by its mentor or by staff, decided by staff."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from classrooms.models import Courseware
from evaluation import errors
from evaluation.models import CoursewareEntry, EvaluationYear, SheetScore
from evaluation.selectors.nominations import unfit_reason
from evaluation.services import telling
from evaluation.services.stages import hold_year
from evaluation.wordings import Kind
from mentor_portal.accounts.models import User

State = CoursewareEntry.State
NOMINATION = ["version", "state", "nominated_at", "nominated_by", "reason", "decided_at", "decided_by"]


@transaction.atomic
def nominate(*, courseware: Courseware, year: EvaluationYear, by: User, at: datetime) -> CoursewareEntry:
    """Nominate the newest version of a courseware of the year; twice is once.

    A mentor nominates the own, and anew only what was taken back; staff may nominate any. Raises PanelClosed,
    CoursewareNotOwn, CoursewareUnfit, NominationDeclined.
    """
    held = hold_in_preparation(year)
    if not by.is_provincial and courseware.mentor.user_id != by.pk:
        raise errors.CoursewareNotOwn
    entry = held.entries.filter(courseware=courseware).first()
    if entry and entry.state in (State.NOMINATED, State.CONFIRMED):
        return entry
    if entry and entry.state == State.DECLINED and not by.is_provincial:
        raise errors.NominationDeclined(reason=entry.reason.rstrip("。"))
    _refuse_unfit(courseware, held)
    nomination = {
        "version": courseware.current,
        "state": State.NOMINATED,
        "nominated_at": at,
        "nominated_by": by,
        "reason": "",
        "decided_at": None,
        "decided_by": None,
    }
    if entry is None:
        return CoursewareEntry.objects.create(year=held, courseware=courseware, **nomination)
    for name, value in nomination.items():
        setattr(entry, name, value)
    entry.save(update_fields=NOMINATION)
    return entry


@transaction.atomic
def withdraw_nomination(*, entry: CoursewareEntry, by: User, at: datetime) -> None:
    """Take a nomination back that is not decided yet, by the mentor whose it is; twice is once.

    Raises PanelClosed, CoursewareNotOwn, NominationDecided.
    """
    hold_in_preparation(entry.year)
    held = _hold(entry)
    if held.courseware.mentor.user_id != by.pk:
        raise errors.CoursewareNotOwn
    if held.state == State.WITHDRAWN:
        return
    if held.state != State.NOMINATED:
        raise errors.NominationDecided(state=held.get_state_display())
    held.state = State.WITHDRAWN
    held.save(update_fields=["state"])


@transaction.atomic
def confirm_entry(*, entry: CoursewareEntry, by: User, at: datetime) -> CoursewareEntry:
    """Let a nominated courseware take part, under the next number of the year and with its newest version.

    The author is told; twice is once. Raises PanelClosed, NominationDecided, CoursewareUnfit.
    """
    year = hold_in_preparation(entry.year)
    held = _hold(entry)
    if held.state == State.CONFIRMED:
        return held
    if held.state != State.NOMINATED:
        raise errors.NominationDecided(state=held.get_state_display())
    _refuse_unfit(held.courseware, year)
    held.state, held.version = State.CONFIRMED, held.courseware.current
    held.number = held.number or _next_number(year)
    held.decided_at, held.decided_by = at, by
    held.save(update_fields=["state", "version", "number", "decided_at", "decided_by"])
    telling.tell_entry(held, Kind.ENTRY_CONFIRMED, at)
    return held


@transaction.atomic
def decline_entry(*, entry: CoursewareEntry, reason: str, by: User, at: datetime) -> None:
    """Keep a courseware from taking part, also a confirmed one that nobody has given points; twice is once.

    Its sheets go; the author is told. Raises DeclineUnexplained, PanelClosed, NominationDecided, EntryJudged.
    """
    if not reason.strip():
        raise errors.DeclineUnexplained
    hold_in_preparation(entry.year)
    held = _hold(entry)
    if held.state == State.DECLINED:
        return
    if held.state == State.WITHDRAWN:
        raise errors.NominationDecided(state=held.get_state_display())
    if SheetScore.objects.filter(sheet__entry=held).exists():
        raise errors.EntryJudged
    held.sheets.unfinished().delete()
    held.state, held.reason = State.DECLINED, reason.strip()
    held.decided_at, held.decided_by = at, by
    held.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    telling.tell_entry(held, Kind.ENTRY_DECLINED, at)


def hold_in_preparation(year: EvaluationYear) -> EvaluationYear:
    """Return the year, held. Raises PanelClosed once its judging has begun."""
    held = hold_year(year)
    if held.stage != EvaluationYear.Stage.PREPARATION:
        raise errors.PanelClosed(year=held.year, stage=held.get_stage_display())
    return held


def _hold(entry: CoursewareEntry) -> CoursewareEntry:
    rows = CoursewareEntry.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("courseware__mentor", "year").get(pk=entry.pk)


def _refuse_unfit(courseware: Courseware, year: EvaluationYear) -> None:
    if why := unfit_reason(courseware, year):
        raise errors.CoursewareUnfit(courseware=courseware, why=why)


def _next_number(year: EvaluationYear) -> int:
    return (year.entries.aggregate(last=Max("number"))["last"] or 0) + 1
