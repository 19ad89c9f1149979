"""The demo's year-end: events that earn extra points, courseware nominated and confirmed, a panel at work.

All of it is told by the services, as mentors, staff and judges would have done it.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import cycle
from random import Random
from typing import Any

from classrooms.models import Courseware
from evaluation import services
from evaluation.models import STEP, BonusEvent, EvaluationYear, RubricItem, ScoreSheet
from evaluation.selectors.sheets import rubric_of
from mentor_portal.accounts.models import User
from mentor_portal.home.demo import words
from mentor_portal.home.demo.decks import Deck, Slide, as_pdf
from mentor_portal.home.demo.people import JUDGE, JUDGES, STAFF
from mentors.models import Mentor

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
JUDGING_LASTS = 10 * DAY
# How many sheets the judge of the sign-ins has submitted; the next two are returned and begun.
SUBMITTED_BY_THE_JUDGE = 3
# What the others have left to do: the last sheets of each.
LEFT_BY_OTHERS = (0, 4)


def tell(at: datetime, mentor: Mentor) -> None:
    """Bring the year of this moment into its judging, once; a year that is not opened stays so."""
    year = EvaluationYear.objects.filter(year=at.year, stage=EvaluationYear.Stage.PREPARATION).first()
    if year is None or year.entries.exists():
        return
    said = words.read("year_end")
    staff = User.objects.get(phone=STAFF)
    _tell_bonus(said, mentor, staff, at)
    _nominate(year, at)
    _decide(year, said, staff, at)
    for phone, employer in said["employers"].items():
        person = User.objects.get(phone=phone)
        services.appoint_judge(year=year, person=person, employer=employer, by=staff, at=at - 6 * DAY)
    year.judging_due_on = (at + JUDGING_LASTS).date()
    year.save(update_fields=["judging_due_on"])
    services.assign_sheets(year=year, by=staff, at=at - 6 * DAY)
    if not year.sheets.of_courseware().exists():
        return
    services.advance_year(
        year=year, to=EvaluationYear.Stage.JUDGING, by=staff, at=at - 5 * DAY, despite_doubts=True
    )
    _judge(year, said, staff, at)


def _tell_bonus(said: dict[str, Any], mentor: Mentor, staff: User, at: datetime) -> None:
    """Events of the mentor of the sign-ins and of others; the last waits for the staff."""
    others = Mentor.objects.exclude(pk=mentor.pk).order_by("pk")[:1]
    for each, whose in zip(said["bonus"], cycle([mentor, *others]), strict=False):
        held_on = (at - each["days_ago"] * DAY).date()
        if held_on.year != at.year:
            continue
        deck = Deck(
            each["title"], f"邀请 {whose.name} 老师", (Slide("邀请函", (f"{held_on:%Y年%m月%d日}",)),)
        )
        event = services.enter_bonus(
            mentor=whose,
            title=each["title"],
            held_on=held_on,
            proof=as_pdf(deck, "邀请函"),
            by=staff,
            at=at - 8 * DAY,
        )
        if each["state"] == BonusEvent.State.VERIFIED:
            services.verify_bonus(event=event, by=staff, at=at - 7 * DAY)


def _nominate(year: EvaluationYear, at: datetime) -> None:
    """Mentors nominate what is fit: nothing withdrawn, nothing that staff found to be a copy."""
    fit = (
        Courseware.objects.standing().filter(year=year.year).exclude(pk__in=Courseware.objects.plagiarised())
    )
    for courseware in fit.select_related("mentor__user").order_by("pk"):
        services.nominate(courseware=courseware, year=year, by=courseware.mentor.user, at=at - 8 * DAY)


def _decide(year: EvaluationYear, said: dict[str, Any], staff: User, at: datetime) -> None:
    """Of two by one mentor the later is declined."""
    known: set[int] = set()
    for entry in year.entries.select_related("courseware").order_by("pk"):
        step = {"entry": entry, "by": staff, "at": at - 7 * DAY}
        if entry.courseware.mentor_id in known:
            services.decline_entry(reason=said["declined"], **step)
        else:
            services.confirm_entry(**step)
        known.add(entry.courseware.mentor_id)


def _judge(year: EvaluationYear, said: dict[str, Any], staff: User, at: datetime) -> None:
    """The judge of the sign-ins has begun, one is done, one is not quite."""
    remarks = cycle(said["remarks"])
    mine = _sheets(year, JUDGE)
    begun = [_fill(sheet, next(remarks), at) for sheet in mine[: SUBMITTED_BY_THE_JUDGE + 1]]
    for sheet in begun:
        _submit(sheet, at)
    if len(begun) > SUBMITTED_BY_THE_JUDGE:
        services.return_sheet(sheet=begun[-1], reason=said["returned"], by=staff, at=at - 20 * HOUR)
    for phone, left in zip([phone for phone in JUDGES if phone != JUDGE], LEFT_BY_OTHERS, strict=True):
        sheets = _sheets(year, phone)
        for sheet in sheets[: len(sheets) - left]:
            _submit(_fill(sheet, next(remarks) if sheet.entry_id else "", at), at)


def _sheets(year: EvaluationYear, phone: str) -> list[ScoreSheet]:
    """The sheets of a judge, those of courseware first."""
    sheets = year.sheets.filter(judge__person__phone=phone)
    return [*sheets.of_courseware().order_by("entry__number"), *sheets.of_mentors().order_by("mentor")]


def _fill(sheet: ScoreSheet, remark: str, at: datetime) -> ScoreSheet:
    """Give each row between three quarters of its maximum and all of it; the same sheet the same points."""
    chance = Random(f"{sheet.judge_id} {sheet.entry_id} {sheet.mentor_id}")
    points = {item.pk: _points(item, chance) for item in rubric_of(sheet)}
    return services.save_sheet(
        sheet=sheet,
        points=points,
        remark=remark,
        revision=sheet.revision,
        by=sheet.judge.person,
        at=at - 2 * DAY,
    )


def _submit(sheet: ScoreSheet, at: datetime) -> None:
    services.submit_sheet(sheet=sheet, revision=sheet.revision, by=sheet.judge.person, at=at - 2 * DAY)


def _points(item: RubricItem, chance: Random) -> Decimal:
    steps = int(item.maximum / STEP)
    return chance.randint(steps * 3 // 4, steps) * STEP
