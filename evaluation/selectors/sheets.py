"""What judges see of their own sheets, and what stands on a sheet."""

from decimal import Decimal

from django.db.models import QuerySet

from evaluation.models import RubricItem, ScoreSheet
from evaluation.rules.panel import Author, conflict_of
from evaluation.scoring import PANEL
from evaluation.selectors.panel_plan import member_of
from mentors.models import Mentor


def rubric_of(sheet: ScoreSheet) -> QuerySet[RubricItem]:
    """Return a sheet's rows: all of annex 1, or of annex 2 what the panel gives (a maximum of 0 is off)."""
    items = RubricItem.objects.filter(year=sheet.year_id, maximum__gt=0)
    return items.of_courseware() if sheet.entry_id else items.of_mentors().filter(key__in=PANEL)


def points_of(sheet: ScoreSheet) -> dict[int, Decimal]:
    """Return the points of a sheet as they are kept, by the key of the row."""
    return dict(sheet.scores.values_list("item", "points"))


def judged_mentor(sheet: ScoreSheet) -> Mentor:
    """Return whose work is judged."""
    return sheet.entry.courseware.mentor if sheet.entry_id else sheet.mentor


def conflict_on(sheet: ScoreSheet) -> str | None:
    """Return why this judge must not judge this sheet by now (本人, 同单位), or None."""
    mentor = judged_mentor(sheet)
    return conflict_of(member_of(sheet.judge), Author(mentor.user_id, mentor.employer))
