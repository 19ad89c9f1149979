"""Evidence for many mentors at once: a fixed number of queries, however many there are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from evaluation.models import EvaluationYear, RankingRun, SheetScore
from evaluation.scoring import PANEL, MentorEvidence
from evaluation.selectors.countables import COUNTS, SURVEYS, Countable
from mentors.models import Mentor


@dataclass
class _Judged:
    """What the panel says of a mentor: the means of the sheets, and the courseware that is ranked."""

    means: dict[str, Decimal] = field(default_factory=dict)
    results: list[Decimal] = field(default_factory=list)
    in_top_ten: bool = False


def gather(
    year: EvaluationYear, mentors: QuerySet[Mentor], run: RankingRun | None = None
) -> dict[int, MentorEvidence]:
    """Return what really happened for each of these mentors in the year, by the mentor's key.

    Each kind of rows is counted by one statement, so that the cost does not grow with the mentors. What the
    panel says comes in with a run that has placed the courseware already; it is told with a result only.
    """
    # Their keys, not the query: the database then looks up these mentors' rows instead of going through all.
    among = list(mentors.order_by("pk").values_list("pk", flat=True))
    counts = {name: _counted(each, year, among) for name, each in COUNTS.items()}
    means = _survey_means(year, among)
    judged = _judged(run, among) if run else {}

    def count(name: str, mentor: int) -> int:
        return counts[name].get(mentor, 0)

    def evidence(mentor: int) -> MentorEvidence:
        panel = judged.get(mentor, _Judged())
        return MentorEvidence(
            **panel.means,
            courseware_results=tuple(panel.results),
            in_top_ten=panel.in_top_ten,
            plagiarised=count("plagiarised", mentor) > 0,
            classes=count("classes", mentor),
            consultations=count("duties", mentor) + count("clinics", mentor),
            placements=count("placements", mentor),
            likes=count("likes", mentor),
            bookings=count("bookings", mentor),
            survey_mean=means.get(mentor),
            collective_reports=count("collective_reports", mentor),
            free_reports=count("free_reports", mentor),
            bonus_events=count("bonus_events", mentor),
        )

    return {mentor: evidence(mentor) for mentor in among}


def _counted(countable: Countable, year: EvaluationYear, among: Sequence[int]) -> dict[int, int]:
    path = countable.mentor
    rows = countable.rows(year).filter(**{f"{path}__in": among}).order_by()
    many = Count(countable.once, distinct=countable.once != "pk")
    return dict(rows.values(path).annotate(many=many).values_list(path, "many"))


def _survey_means(year: EvaluationYear, among: Sequence[int]) -> dict[int, Decimal]:
    """Return the mean over all the year's surveys of each mentor who has one, from 0 to 100."""
    path = SURVEYS.mentor
    rows = SURVEYS.rows(year).filter(**{f"{path}__in": among}, answers__gt=0).order_by()
    sums = rows.values(path).annotate(of_points=Sum("points"), of_answers=Sum("answers"))
    return {
        mentor: Decimal(points) / answers
        for mentor, points, answers in sums.values_list(path, "of_points", "of_answers")
    }


def _judged(run: RankingRun, among: Sequence[int]) -> dict[int, _Judged]:
    judged: dict[int, _Judged] = defaultdict(_Judged)
    sheets = run.year.sheets.submitted().of_mentors().filter(mentor__in=among)
    scores = SheetScore.objects.filter(sheet__in=sheets, item__key__in=PANEL).order_by()
    rows = scores.values_list("sheet__mentor", "item__key").annotate(sum=Sum("points"), many=Count("pk"))
    for mentor, key, points, many in rows:
        judged[mentor].means[key] = points / many
    author = "entry__courseware__mentor"
    ranked = run.courseware.filter(**{f"{author}__in": among}, rank__isnull=False).order_by("rank", "entry")
    for mentor, result, is_top in ranked.values_list(author, "result", "is_top"):
        judged[mentor].results.append(result)
        judged[mentor].in_top_ten |= is_top
    return judged
