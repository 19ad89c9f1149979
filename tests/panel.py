"""Makes the panel of a year for tests: judges, courseware that takes part, classes that count."""

import itertools
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from classrooms.models import Courseware
from evaluation import services
from evaluation.models import CoursewareEntry, EvaluationYear, PanelJudge, ScoreSheet, SheetScore
from evaluation.selectors.sheets import rubric_of
from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Hosting
from mentor_portal.reservations.services import note_presence
from mentors.models import Appointment, Mentor
from tests import courseware, offerings

_phones = itertools.count(16_000_000_001)


def this_year() -> EvaluationYear:
    """Return the year of today, with the rubrics that the portal begins with."""
    year, _ = EvaluationYear.objects.get_or_create(year=timezone.localdate().year)
    if not year.items.exists():
        for item in EvaluationYear.objects.earliest("year").items.all():
            item.pk, item.year = None, year
            item.save()
    return year


def judging(year: EvaluationYear) -> EvaluationYear:
    """Set a year to judging as it is, without what advancing it asks for."""
    year.stage, year.judging_began_at = EvaluationYear.Stage.JUDGING, timezone.now()
    year.save(update_fields=["stage", "judging_began_at"])
    return year


def make_judge(year: EvaluationYear, by: User, employer: str = "湖南师范大学", name: str = "") -> PanelJudge:
    number = next(_phones)
    name = name or f"专家{number % 100}"
    person = User.objects.create_user(str(number), name=name, is_judge=True)
    return appointed(person, year, by, employer)


def appointed(person: User, year: EvaluationYear, by: User, employer: str = "湖南师范大学") -> PanelJudge:
    return services.appoint_judge(year=year, person=person, employer=employer, by=by, at=timezone.now())


def make_courseware(mentor: Mentor | None = None, title: str = "面试前的三天") -> Courseware:
    """Make a courseware of this year with one version."""
    return courseware.kept(mentor or offerings.make_mentor(), title=title)


def nominated(by: User, mentor: Mentor | None = None, **fields: str) -> CoursewareEntry:
    made = make_courseware(mentor, **fields)
    return services.nominate(courseware=made, year=this_year(), by=by, at=timezone.now())


def confirmed(by: User, mentor: Mentor | None = None, **fields: str) -> CoursewareEntry:
    return entered(make_courseware(mentor, **fields), by)


def entered(made: Courseware, by: User) -> CoursewareEntry:
    """Let a courseware take part in the year."""
    entry = services.nominate(courseware=made, year=this_year(), by=by, at=timezone.now())
    return services.confirm_entry(entry=entry, by=by, at=timezone.now())


def taught(mentor: Mentor, by: User) -> None:
    """Let a mentor of the year have given a class that counts."""
    today = timezone.localdate()
    term = {"starts_on": today - timedelta(days=300), "ends_on": today + timedelta(days=300)}
    Appointment.objects.get_or_create(mentor=mentor, number=f"聘{mentor.pk}", defaults=term)
    offering = courseware.finished_class(mentor, days_ago=0).offering
    hosting = Hosting.objects.get(offering=offering, person=mentor.user)
    note_presence(hosting=hosting, is_present=True, by=by, at=offering.starts_at)


def sheet_of(
    by: User,
    judge: PanelJudge | None = None,
    mentor: Mentor | None = None,
    made: Courseware | None = None,
) -> ScoreSheet:
    """Give out one sheet of a courseware of the year, whose judging goes on."""
    year = this_year()
    EvaluationYear.objects.filter(pk=year.pk).update(stage="preparation")
    entry = entered(made or make_courseware(mentor), by)
    judge = judge or make_judge(year, by)
    judging(year)
    return given(judge, by, entry=entry)


def teaching_sheet_of(by: User, judge: PanelJudge | None = None, mentor: Mentor | None = None) -> ScoreSheet:
    """Give out one sheet of the 课堂组织能力 of a mentor who taught in the year, whose judging goes on."""
    year = this_year()
    mentor = mentor or offerings.make_mentor()
    taught(mentor, by)
    judge = judge or make_judge(year, by)
    judging(year)
    return given(judge, by, mentor=mentor)


def given(judge: PanelJudge, by: User, **subject: object) -> ScoreSheet:
    """Give a judge the sheet of an ``entry`` or a ``mentor``."""
    return ScoreSheet.objects.create(
        year=judge.year, judge=judge, assigned_at=timezone.now(), assigned_by=by, **subject
    )


def full_points(sheet: ScoreSheet) -> dict[int, Decimal]:
    """Return the maximum of each row of a sheet, by the key of the row."""
    return {item.pk: item.maximum for item in rubric_of(sheet)}


def give(sheet: ScoreSheet, share: str = "1", is_submitted: bool = True) -> ScoreSheet:
    """Fill a sheet with the maximum of each row, or a part of it in steps of a half."""
    items = list(rubric_of(sheet))
    points = [_halves(float(item.maximum) * float(share)) for item in items]
    rows = zip(items, points, strict=True)
    SheetScore.objects.bulk_create([SheetScore(sheet=sheet, item=item, points=each) for item, each in rows])
    if is_submitted:
        sheet.state, sheet.total, sheet.submitted_at = ScoreSheet.State.SUBMITTED, sum(points), timezone.now()
        sheet.save(update_fields=["state", "total", "submitted_at"])
    return sheet


def _halves(points: float) -> float:
    return int(points * 2) / 2


def changed(sheet: ScoreSheet, **fields: str) -> None:
    """Set a sheet to another state as it is, without what the service asks for."""
    moments = {"returned": "returned_at", "recused": "recused_at"}
    ScoreSheet.objects.filter(pk=sheet.pk).update(**fields, **{moments[fields["state"]]: timezone.now()})
