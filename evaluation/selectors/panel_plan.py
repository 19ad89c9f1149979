"""Which sheets a year's panel still lacks: read from the rows, decided by the pure rules."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import QuerySet

from evaluation.models import CoursewareEntry, EvaluationYear, PanelJudge, ScoreSheet
from evaluation.rules.panel import Author, Division, Judge, Subject, assign
from evaluation.selectors.countables import classes
from evaluation.selectors.years import mentors_of
from mentors.models import Mentor


@dataclass(frozen=True)
class Lacking:
    """Something with too few judges, and why each of the others cannot judge it, in words."""

    what: str
    found: int
    wanted: int
    reasons: list[str]


@dataclass(frozen=True)
class PanelPlan:
    """The sheets to add, as (judge, entry) and (judge, mentor), and what lacks judges even then."""

    of_entries: list[tuple[int, int]] = field(default_factory=list)
    of_mentors: list[tuple[int, int]] = field(default_factory=list)
    lacking: list[Lacking] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.of_entries) + len(self.of_mentors)


def plan_of(year: EvaluationYear) -> PanelPlan:
    """Return which sheets are missing so that each subject of the year has ``min_judges``.

    Subjects are the confirmed entries and, for 课堂组织能力 (annex 2), the mentors with a class that counts.
    """
    judges = list(year.judges.select_related("person__mentor"))
    entries = list(year.entries.confirmed().select_related("courseware__mentor"))
    mentors = list(judged_mentors(year))
    of_entries = _divide(year, judges, {each.pk: each.courseware.mentor for each in entries}, "entry")
    of_mentors = _divide(year, judges, {each.pk: each for each in mentors}, "mentor")
    names = {judge.pk: str(judge) for judge in judges}
    lacking = [
        *_lacking(of_entries, {each.pk: _entry_words(each) for each in entries}, names),
        *_lacking(of_mentors, {each.pk: f"{each.name}的课堂组织能力" for each in mentors}, names),
    ]
    return PanelPlan(of_entries.pairs, of_mentors.pairs, lacking)


def judged_mentors(year: EvaluationYear) -> QuerySet[Mentor]:
    """Return the mentors of the year who gave at least one class that counts."""
    return mentors_of(year).filter(user__in=classes(year).order_by().values("person")).order_by("pk")


def _divide(
    year: EvaluationYear, judges: list[PanelJudge], authors: dict[int, Mentor], subject: str
) -> Division:
    pairs: dict[bool, set[tuple[int, int]]] = defaultdict(set)
    rows = year.sheets.filter(**{f"{subject}__isnull": False})
    for judge, key, state in rows.values_list("judge", subject, "state"):
        pairs[state == ScoreSheet.State.RECUSED].add((judge, key))
    subjects = [Subject(key, Author(author.user_id, author.employer)) for key, author in authors.items()]
    panel = [member_of(each) for each in judges]
    return assign(subjects, panel, year.min_judges, existing=pairs[False], recused=pairs[True])


def member_of(judge: PanelJudge) -> Judge:
    """Return a judge as the rules of the panel see one: with the employer of the own mentor's record too."""
    mentor = getattr(judge.person, "mentor", None)
    employers = (judge.employer, mentor.employer) if mentor else (judge.employer,)
    return Judge(judge.pk, judge.person_id, employers)


def _entry_words(entry: CoursewareEntry) -> str:
    return f"{entry.label}（{entry.courseware}）"


def _lacking(division: Division, words: dict[int, str], names: dict[int, str]) -> list[Lacking]:
    return [
        Lacking(
            words[short.subject],
            short.found,
            short.wanted,
            [f"{names[judge]}：{reason}" for judge, reason in short.barred],
        )
        for short in division.shortages
    ]
