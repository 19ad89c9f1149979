"""What a mentor may nominate, and why some courseware cannot take part."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from classrooms.models import Courseware, CoursewareVersion
from evaluation.models import CoursewareEntry, EvaluationYear
from mentors.models import Mentor

State = CoursewareEntry.State


@dataclass(frozen=True)
class Nominee:
    """A courseware of a mentor beside its entry; ``hindrance`` says why it cannot be nominated, or "".

    ``names_author`` says that its text tells a panel whose it is although the year hides that.
    """

    courseware: Courseware
    entry: CoursewareEntry | None
    hindrance: str
    names_author: bool
    can_nominate: bool
    can_withdraw: bool


def unfit_reason(courseware: Courseware, year: EvaluationYear) -> str:
    """Return why this courseware cannot take part in the year, or "" where it can."""
    is_plagiarised = Courseware.objects.plagiarised().filter(pk=courseware.pk).exists()
    return _reason(courseware, year, is_plagiarised)


def year_to_nominate(on: date) -> EvaluationYear | None:
    """Return the year of this day, where it has been opened."""
    return EvaluationYear.objects.filter(year=on.year).first()


def nominees(mentor: Mentor, year: EvaluationYear) -> list[Nominee]:
    """Return a mentor's standing courseware of the year, in a fixed number of queries."""
    own = Courseware.objects.of(mentor).standing().filter(year=year.year)
    plagiarised = set(own.plagiarised().values_list("pk", flat=True))
    entries = {each.courseware_id: each for each in year.entries.filter(courseware__in=own)}
    telling = set(_telling(mentor).values_list("pk", flat=True)) if year.hides_authors else set()
    return list(_nominees(list(own.for_lines()), entries, plagiarised, telling, year))


def _telling(mentor: Mentor) -> QuerySet[CoursewareVersion]:
    """The versions whose text names the author or the employer."""
    is_named = Q(text__contains=mentor.name)
    if mentor.employer:
        is_named |= Q(text__contains=mentor.employer)
    return CoursewareVersion.objects.filter(is_named, courseware__mentor=mentor)


def _nominees(
    own: list[Courseware],
    entries: dict[int, CoursewareEntry],
    plagiarised: set[int],
    telling: set[int],
    year: EvaluationYear,
) -> Iterator[Nominee]:
    is_open = year.stage == EvaluationYear.Stage.PREPARATION
    for courseware in own:
        entry = entries.get(courseware.pk)
        hindrance = _reason(courseware, year, courseware.pk in plagiarised)
        is_free = entry is None or entry.state == State.WITHDRAWN
        yield Nominee(
            courseware,
            entry,
            hindrance,
            names_author=courseware.current is not None and courseware.current.pk in telling,
            can_nominate=is_open and is_free and not hindrance,
            can_withdraw=is_open and entry is not None and entry.state == State.NOMINATED,
        )


def _reason(courseware: Courseware, year: EvaluationYear, is_plagiarised: bool) -> str:
    if courseware.year != year.year:
        return f"它属于 {courseware.year} 年度，不在 {year.year} 年度内。"
    if courseware.withdrawn_at:
        return "课件已撤下，请先恢复。"
    if is_plagiarised:
        return "课件已认定抄袭。"
    if courseware.current is None:
        return "还没有上传文件。"
    return ""
