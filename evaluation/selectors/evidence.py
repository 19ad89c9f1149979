"""Evidence for many mentors at once: a fixed number of queries, however many there are."""

from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from evaluation.models import EvaluationYear
from evaluation.scoring import MentorEvidence
from evaluation.selectors.countables import COUNTS, SURVEYS, Countable
from mentors.models import Mentor


def gather(year: EvaluationYear, mentors: QuerySet[Mentor]) -> dict[int, MentorEvidence]:
    """Return what really happened for each of these mentors in the year, by the mentor's key.

    Each kind of rows is counted by one statement, so that the cost does not grow with the mentors.
    """
    among = mentors.order_by().values("pk")
    counts = {name: _counted(each, year, among) for name, each in COUNTS.items()}
    means = _survey_means(year, among)

    def count(name: str, mentor: int) -> int:
        return counts[name].get(mentor, 0)

    return {
        mentor: MentorEvidence(
            plagiarised=count("plagiarised", mentor) > 0,
            classes=count("classes", mentor),
            consultations=count("duties", mentor) + count("clinics", mentor),
            placements=count("placements", mentor),
            likes=count("likes", mentor),
            bookings=count("bookings", mentor),
            survey_mean=means.get(mentor),
            collective_reports=count("collective_reports", mentor),
            free_reports=count("free_reports", mentor),
        )
        for mentor in mentors.order_by("pk").values_list("pk", flat=True)
    }


def _counted(countable: Countable, year: EvaluationYear, among: QuerySet) -> dict[int, int]:
    path = countable.mentor
    rows = countable.rows(year).filter(**{f"{path}__in": among}).order_by()
    many = Count(countable.once, distinct=countable.once != "pk")
    return dict(rows.values(path).annotate(many=many).values_list(path, "many"))


def _survey_means(year: EvaluationYear, among: QuerySet) -> dict[int, Decimal]:
    """Return the mean over all the year's surveys of each mentor who has one, from 0 to 100."""
    path = SURVEYS.mentor
    rows = SURVEYS.rows(year).filter(**{f"{path}__in": among}, answers__gt=0).order_by()
    sums = rows.values(path).annotate(of_points=Sum("points"), of_answers=Sum("answers"))
    return {
        mentor: Decimal(points) / answers
        for mentor, points, answers in sums.values_list(path, "of_points", "of_answers")
    }
