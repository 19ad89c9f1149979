"""What everyone sees of the 两优: the years whose result is shown, and the names of each; no scores."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from classrooms.models import Courseware
from evaluation.models import Award, EvaluationYear, Objection
from evaluation.rules.stages import OBJECTION_WORKDAYS
from evaluation.selectors.results import Winner, awarded_in, result_of_year, shown_years, winners_of
from mentor_portal.accounts.models import User
from mentor_portal.wording import end_of_day
from mentors.models import Mentor

Kind = Award.Kind


@dataclass(frozen=True)
class YearRow:
    """A year in the list: how it stands, in words."""

    year: EvaluationYear
    word: str


@dataclass(frozen=True)
class Honour:
    """A name on the page of a year; each address is "" where this reader finds no such page."""

    winner: Winner
    is_shared: bool
    mentor_url: str = ""
    courseware_url: str = ""


@dataclass(frozen=True)
class ShownResult:
    """The page of a year: both lists, since when they are as they are, and whether objections are taken.

    ``is_corrected`` says that another list stood here before while the result was open to objections.
    """

    year: EvaluationYear
    since: datetime | None
    is_corrected: bool
    is_open: bool
    courseware: list[Honour] = field(default_factory=list)
    mentors: list[Honour] = field(default_factory=list)

    @property
    def until(self) -> str:
        return end_of_day(self.year.objections_until)

    @property
    def workdays(self) -> int:
        return OBJECTION_WORKDAYS


def year_rows() -> list[YearRow]:
    """Return the years whose result is shown, the newest first."""
    years = shown_years().annotate(
        of_courseware=Count("awards", filter=Q(awards__kind=Kind.COURSEWARE)),
        of_mentors=Count("awards", filter=Q(awards__kind=Kind.MENTOR)),
    )
    return [YearRow(year, _word(year)) for year in years]


def result_shown(year: EvaluationYear, reader: User | AnonymousUser, at: datetime, on: date) -> ShownResult:
    """Return what a reader sees of a year whose result is shown, in a fixed number of queries."""
    winners = awarded_in(year) if year.is_final else _chosen(year)
    honours = _honours(winners, reader, on)
    step = year.steps.filter(after=year.stage).first()
    return ShownResult(
        year,
        since=step.taken_at if step else None,
        is_corrected=bool(step) and step.before == step.after,
        is_open=year.takes_objections(at),
        courseware=[each for each in honours if each.winner.kind == Kind.COURSEWARE],
        mentors=[each for each in honours if each.winner.kind == Kind.MENTOR],
    )


def objections_by(person: User | AnonymousUser, year: EvaluationYear) -> QuerySet[Objection]:
    """Return the objections that a person raised in a year, the newest first; nobody else's."""
    if not person.is_authenticated:
        return Objection.objects.none()
    return year.objections.filter(person=person).order_by("-raised_at", "-pk")


def _word(year: EvaluationYear) -> str:
    if not year.is_final:
        return f"公示中，{end_of_day(year.objections_until)} 截止"
    return f"优秀课件 {year.of_courseware} 件 · 优秀职业导师 {year.of_mentors} 位"


def _chosen(year: EvaluationYear) -> list[Winner]:
    run = result_of_year(year)
    return winners_of(run) if run else []


def _honours(winners: Iterable[Winner], reader: User | AnonymousUser, on: date) -> list[Honour]:
    found = list(winners)
    sharing = Counter((each.kind, each.rank) for each in found)
    mentors = _visible(Mentor.objects.visible_to(reader, on), {each.mentor.pk for each in found})
    courseware = _visible(
        Courseware.objects.visible_to(reader), {each.entry.courseware_id for each in found if each.entry}
    )
    return [
        Honour(
            each,
            is_shared=sharing[each.kind, each.rank] > 1,
            mentor_url=_mentor_url(each.mentor) if each.mentor.pk in mentors else "",
            courseware_url=_courseware_url(each, courseware),
        )
        for each in found
    ]


def _visible(rows: QuerySet, among: set[int]) -> set[int]:
    return set(rows.filter(pk__in=among).order_by().values_list("pk", flat=True))


def _mentor_url(mentor: Mentor) -> str:
    return reverse("mentors:mentor-detail", args=[mentor.pk])


def _courseware_url(winner: Winner, visible: set[int]) -> str:
    entry = winner.entry
    return entry.courseware.get_absolute_url() if entry and entry.courseware_id in visible else ""
