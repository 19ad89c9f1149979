"""What stands on sheets: their rows, their points, whose work it is."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import QuerySet, Sum

from evaluation.models import RubricItem, ScoreSheet, SheetScore
from evaluation.rules.courseware import Sheet
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


def submitted_sheets(
    sheets: QuerySet[ScoreSheet], subject: str, part: str, parts: Iterable[str]
) -> dict[int, dict[int, Sheet]]:
    """Return the submitted ones of these sheets by what is judged and by judge, in one query.

    ``subject`` is entry or mentor; ``part`` leads from a score to the part of the rubric that it belongs to,
    of which ``parts`` names those that count, in their order.
    """
    names = list(parts)
    scores = SheetScore.objects.filter(sheet__in=sheets.submitted()).order_by()
    sums = scores.values_list(f"sheet__{subject}", "sheet__judge", part).annotate(sum=Sum("points"))
    points: dict[int, dict[int, dict[str, Decimal]]] = defaultdict(dict)
    for key, judge, name, given in sums:
        points[key].setdefault(judge, dict.fromkeys(names, Decimal(0)))[name] = given
    return {
        key: {judge: Sheet(sum(of_parts.values(), Decimal(0)), of_parts) for judge, of_parts in given.items()}
        for key, given in points.items()
    }


def judged_mentor(sheet: ScoreSheet) -> Mentor:
    """Return whose work is judged."""
    return sheet.entry.courseware.mentor if sheet.entry_id else sheet.mentor


def conflict_on(sheet: ScoreSheet) -> str | None:
    """Return why this judge must not judge this sheet by now (本人, 同单位), or None."""
    mentor = judged_mentor(sheet)
    return conflict_of(member_of(sheet.judge), Author(mentor.user_id, mentor.employer))
