"""What people are told about the 两优, in the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from evaluation.models import (
    Award,
    CoursewareEntry,
    EvaluationYear,
    Objection,
    PanelJudge,
    RankingRun,
    ScoreSheet,
)
from evaluation.wordings import Kind
from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.notifications.services import Note, say
from mentor_portal.wording import day, end_of_day


def tell_judging(year: EvaluationYear, at: datetime) -> None:
    """Each judge hears how many sheets wait, and until when."""
    unfinished = Q(sheets__state__in=[ScoreSheet.State.OPEN, ScoreSheet.State.RETURNED])
    judges = year.judges.annotate(left=Count("sheets", filter=unfinished)).filter(left__gt=0)
    say(
        notes=[
            Note(
                person_id=judge.person_id,
                key=f"evaluation:{year.year}:judging:{judge.pk}:{at.isoformat()}",
                kind=Kind.JUDGING_BEGAN,
                words={"year": str(year.year), "count": str(judge.left), "until": until_words(year)},
                path=reverse("judging:sheet-list"),
                at=at,
            )
            for judge in judges.order_by("pk")
        ]
    )


def tell_sheets_added(year: EvaluationYear, judges: Iterable[PanelJudge], at: datetime) -> None:
    """Judges who were given sheets while the judging goes on hear how many wait now (``left``)."""
    _tell_left(year, judges, Kind.SHEETS_ADDED, at.isoformat(), at)


def tell_nudged(year: EvaluationYear, judges: Iterable[PanelJudge], at: datetime) -> None:
    """Judges who owe sheets are reminded of how many (``left``), once a day."""
    _tell_left(year, judges, Kind.JUDGE_NUDGED, timezone.localtime(at).date().isoformat(), at)


def _tell_left(
    year: EvaluationYear, judges: Iterable[PanelJudge], kind: Kind, once: str, at: datetime
) -> None:
    say(
        notes=[
            Note(
                person_id=judge.person_id,
                key=f"evaluation:{year.year}:{kind}:{judge.pk}:{once}",
                kind=kind,
                words={"year": str(year.year), "count": str(judge.left), "until": until_words(year)},
                path=reverse("judging:sheet-list"),
                at=at,
            )
            for judge in judges
        ]
    )


def tell_returned(sheet: ScoreSheet, at: datetime) -> None:
    """The judge hears which sheet was returned, and why."""
    note = Note(
        person_id=sheet.judge.person_id,
        key=f"evaluation:sheet:{sheet.pk}:returned:{sheet.revision}",
        kind=Kind.SHEET_RETURNED,
        words={
            "year": str(sheet.year.year),
            "subject": sheet.subject,
            "reason": sheet.reason.rstrip("。"),
        },
        path=sheet.get_absolute_url(),
        at=at,
    )
    say(notes=[note])


def tell_entry(entry: CoursewareEntry, kind: Kind, at: datetime) -> None:
    """The author hears whether a courseware takes part."""
    note = Note(
        person_id=entry.courseware.mentor.user_id,
        key=f"evaluation:entry:{entry.pk}:{kind}:{at.isoformat()}",
        kind=kind,
        words={
            "year": str(entry.year.year),
            "courseware": entry.courseware.title,
            "reason": entry.reason.rstrip("。"),
        },
        path=entry.courseware.get_absolute_url(),
        at=at,
    )
    say(notes=[note])


def until_words(year: EvaluationYear) -> str:
    """Return until when sheets are to be submitted, as the middle of a sentence."""
    return f"请在{day(year.judging_due_on)}前提交" if year.judging_due_on else "请尽快提交"


def tell_shown(year: EvaluationYear, at: datetime) -> None:
    """Every mentor of the result hears that it is shown, and until when objections are taken."""
    cards = year.runs.get(is_result=True).cards.order_by("mentor")
    words = {"year": str(year.year), "until": end_of_day(year.objections_until)}
    say(
        notes=[
            Note(
                person_id=person,
                key=f"evaluation:{year.year}:shown:{person}:{at.isoformat()}",
                kind=Kind.RESULT_SHOWN,
                words=words,
                path=reverse("awards:year-detail", args=[year.year]),
                at=at,
                expires_at=year.objections_until,
            )
            for person in cards.values_list("mentor__user", flat=True).iterator()
        ]
    )


def tell_final(year: EvaluationYear, run: RankingRun, awards: Iterable[Award], at: datetime) -> None:
    """Every mentor of the result hears the own final score, and who was awarded that too."""
    cards = run.cards.order_by("mentor").values_list("mentor__user", "total", "rank")
    score = f"{reverse('evaluation:own-card')}?year={year.year}"
    notes = [
        Note(
            person_id=person,
            key=f"evaluation:{year.year}:final:{person}",
            kind=Kind.RESULT_FINAL,
            words={"year": str(year.year), "total": str(total), "rank": str(rank)},
            path=score,
            at=at,
        )
        for person, total, rank in cards.iterator()
    ]
    say(notes=[*notes, *(_of_award(year, award, at) for award in awards)])


def _of_award(year: EvaluationYear, award: Award, at: datetime) -> Note:
    what = f"您的课件“{award.entry}”" if award.entry else "您"
    return Note(
        person_id=award.mentor.user_id,
        key=f"evaluation:{year.year}:award:{award.kind}:{award.entry_id or award.mentor_id}",
        kind=Kind.AWARDED,
        words={"year": str(year.year), "award": award.get_kind_display(), "what": what},
        path=reverse("awards:year-detail", args=[year.year]),
        at=at,
    )


def tell_raised(objection: Objection, at: datetime) -> None:
    """The province's staff hear that somebody objects."""
    say(
        notes=[
            Note(
                person_id=person,
                key=f"evaluation:objection:{objection.pk}:raised:{person}",
                kind=Kind.OBJECTION_RAISED,
                words={"year": str(objection.year.year), "name": objection.name},
                path=reverse("admin:evaluation_objection_change", args=[objection.pk]),
                at=at,
            )
            for person in provincial_staff()
        ]
    )


def tell_answered(objection: Objection, at: datetime) -> None:
    """Who signed in to object hears the answer."""
    if objection.person_id is None:
        return
    note = Note(
        person_id=objection.person_id,
        key=f"evaluation:objection:{objection.pk}:answered",
        kind=Kind.OBJECTION_ANSWERED,
        words={
            "year": str(objection.year.year),
            "outcome": objection.get_outcome_display(),
            "answer": objection.answer,
        },
        path=reverse("awards:year-detail", args=[objection.year.year]),
        at=at,
    )
    say(notes=[note])


def provincial_staff() -> list[int]:
    """Return the keys of the members of staff who run the 两优."""
    of_the_province = Q(host_unit__isnull=True) | Q(host_unit__kind=HostUnit.Kind.PROVINCE)
    staff = User.objects.filter(of_the_province, is_staff=True, is_active=True)
    return list(staff.order_by("pk").values_list("pk", flat=True))
