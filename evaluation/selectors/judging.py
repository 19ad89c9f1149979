"""What judges see: their sheets of a year, how far they are, and the work that is judged.

Where the year hides authors, nothing here tells whose a courseware is until the result is shown; its title
does not either, since the title leads through the schedule to the class and so to its mentor.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.urls import reverse

from classrooms.models import CoursewareVersion
from classrooms.selectors import kind_word, preview_of
from evaluation.models import EvaluationYear, RubricItem, ScoreSheet
from evaluation.rules.sheets import without_names
from evaluation.rules.stages import is_shown
from evaluation.scoring import PANEL
from evaluation.selectors.countables import classes
from mentor_portal.accounts.models import User
from mentor_portal.files import suffix_of
from mentor_portal.wording import moment, plain

State = ScoreSheet.State
Reading = CoursewareVersion.Reading
# What is longer than that is read in the file.
MOST_TEXT = 20_000
COURSEWARE, TEACHING = "课件", "课堂组织能力"


@dataclass(frozen=True)
class SheetLine:
    """A sheet in its judge's list."""

    url: str
    subject: str
    tone: str
    word: str
    told: str
    reason: str
    is_left: bool


@dataclass(frozen=True)
class Progress:
    """How many of a kind of sheets are submitted, of those that the judge has not stepped back from."""

    name: str
    submitted: int
    count: int

    @property
    def left(self) -> int:
        return self.count - self.submitted


@dataclass(frozen=True)
class Work:
    """A courseware as its judge may see it; title, author and url are empty where the year hides them."""

    title: str
    author: str
    url: str
    kind_word: str
    size: int
    preview: str
    file_url: str
    file_name: str
    text: str
    is_cut: bool
    text_state: str


@dataclass(frozen=True)
class Lesson:
    """A class of the year that the mentor gave."""

    title: str
    url: str
    starts_at: datetime


def judged_years(person: User) -> list[EvaluationYear]:
    """Return the years whose judging this judge is or was a part of, the newest first."""
    began = EvaluationYear.objects.filter(judging_began_at__isnull=False, judges__person=person)
    return list(began.order_by("-year"))


def year_to_judge(years: Iterable[EvaluationYear]) -> EvaluationYear | None:
    """Return the year that is being judged, else the newest."""
    years = list(years)
    going_on = [year for year in years if year.stage == EvaluationYear.Stage.JUDGING]
    return next(iter(going_on or years), None)


def is_late(year: EvaluationYear, today: date) -> bool:
    """Tell whether the judging goes on although its last day has passed."""
    due = year.judging_due_on
    return year.stage == EvaluationYear.Stage.JUDGING and due is not None and today > due


def left_of(person: User) -> int:
    """Return how many sheets this judge still owes, of the years that are being judged."""
    return ScoreSheet.objects.of(person).unfinished().filter(year__stage=EvaluationYear.Stage.JUDGING).count()


def progress_of(person: User, year: EvaluationYear) -> list[Progress]:
    """Return how far the judge is with each kind of sheets that there are."""
    standing = ScoreSheet.objects.of(person).standing().filter(year=year)
    kinds = {COURSEWARE: Q(entry__isnull=False), TEACHING: Q(mentor__isnull=False)}
    is_done = Q(state=State.SUBMITTED)
    counts = standing.aggregate(
        **{f"{name}_all": Count("pk", filter=kind) for name, kind in kinds.items()},
        **{f"{name}_done": Count("pk", filter=kind & is_done) for name, kind in kinds.items()},
    )
    found = [Progress(name, counts[f"{name}_done"], counts[f"{name}_all"]) for name in kinds]
    return [each for each in found if each.count]


def sheets_of(person: User, year: EvaluationYear) -> QuerySet[ScoreSheet]:
    """Return a judge's sheets of a year: courseware first, and of each kind first what is left."""
    turns = [
        When(state=state, then=Value(turn))
        for turn, state in enumerate((State.RETURNED, State.OPEN, State.SUBMITTED))
    ]
    is_teaching = Case(When(entry__isnull=True, then=Value(1)), default=Value(0))
    own = ScoreSheet.objects.of(person).filter(year=year).select_related("entry", "mentor")
    order = [is_teaching, Case(*turns, default=Value(len(turns))), "entry__number", "mentor__name", "pk"]
    return own.with_scored().order_by(*order)


def sheet_groups(
    sheets: Iterable[ScoreSheet], year: EvaluationYear, is_late: bool
) -> list[tuple[str, list[SheetLine]]]:
    """Return sheets from ``sheets_of`` as lines under the names of their kinds."""
    items = RubricItem.objects.filter(year=year, maximum__gt=0)
    rows = {COURSEWARE: items.of_courseware().count(), TEACHING: items.filter(key__in=PANEL).count()}
    groups: dict[str, list[SheetLine]] = {}
    for sheet in sheets:
        kind = COURSEWARE if sheet.entry_id else TEACHING
        groups.setdefault(kind, []).append(_line(sheet, rows[kind], is_late))
    return list(groups.items())


def state_of(sheet: ScoreSheet) -> tuple[str, str, str]:
    """Return the tone, the word and what else is told about a sheet that is not a draft any more."""
    if sheet.state == State.SUBMITTED:
        return "confirmed", "已提交", f"{plain(sheet.total)} 分 · {moment(sheet.submitted_at)}"
    if sheet.state == State.RECUSED:
        return "cancelled", "已回避", moment(sheet.recused_at)
    return ("no_show", "退回修改", "") if sheet.state == State.RETURNED else ("draft", "待评分", "")


def hides_author(sheet: ScoreSheet) -> bool:
    """Tell whether its judge must not learn whose courseware it is."""
    return sheet.year.hides_authors and not is_shown(sheet.year.stage)


def file_of(sheet: ScoreSheet) -> CoursewareVersion:
    """Return the file that takes part, without its text."""
    return CoursewareVersion.objects.without_text().get(pk=sheet.entry.version_id)


def file_name(sheet: ScoreSheet, version: CoursewareVersion) -> str:
    """Return the name under which a judge is given the file: 课件07.pptx."""
    return f"{sheet.entry.label.replace(' ', '')}{suffix_of(version.content_type)}"


def work_of(sheet: ScoreSheet) -> Work:
    """Return the courseware of a sheet as its judge may see it."""
    version = CoursewareVersion.objects.defer("sketch").get(pk=sheet.entry.version_id)
    courseware, is_hidden = sheet.entry.courseware, hides_author(sheet)
    author = courseware.mentor
    text = without_names(version.text, [author.name, author.employer]) if is_hidden else version.text
    return Work(
        title="" if is_hidden else courseware.title,
        author="" if is_hidden else author.name,
        url="" if is_hidden else courseware.get_absolute_url(),
        kind_word=kind_word(version),
        size=version.size,
        preview=preview_of(version),
        file_url=reverse("judging:sheet-file", args=[sheet.pk]),
        file_name=file_name(sheet, version),
        text=text[:MOST_TEXT].strip(),
        is_cut=len(text) > MOST_TEXT,
        text_state=version.reading,
    )


def lessons_of(sheet: ScoreSheet) -> list[Lesson]:
    """Return the classes of the year by which a mentor's 课堂组织能力 is judged, the latest first."""
    rows = classes(sheet.year).filter(person=sheet.mentor.user_id).select_related("offering")
    found = [
        Lesson(row.offering.title, row.offering.get_absolute_url(), row.offering.starts_at) for row in rows
    ]
    return sorted(found, key=lambda lesson: lesson.starts_at, reverse=True)


def _line(sheet: ScoreSheet, rows: int, is_late: bool) -> SheetLine:
    tone, word, told = state_of(sheet)
    if sheet.is_open:
        told = f"已填 {sheet.scored} / {rows} 项" if sheet.scored else ""
        told = "，".join(part for part in (told, "已逾期" if is_late else "") if part)
    reason = sheet.reason if sheet.state in (State.RETURNED, State.RECUSED) else ""
    return SheetLine(sheet.get_absolute_url(), sheet.subject, tone, word, told, reason, sheet.is_open)
