"""Each broken invariant of ratings and surveys is named; a whole database has none."""

import pytest
from django.utils import timezone

from classrooms.models import ClassRating, RatingCase, SurveyReceipt, SurveyResult
from mentor_portal.reservations.models import Reservation
from tests import feedback, offerings

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    rows = feedback.attended(2)
    feedback.give(rows[0], 5, survey_words="乙")
    feedback.give(rows[1], 1, survey_words="甲")
    return rows


def test_feedback_breaks_nothing(rows):
    assert offerings.broken_invariants() == []


BREAKS = {
    "has no receipt": lambda rows: SurveyReceipt.objects.filter(pk=rows[0].pk).delete(),
    "has no rating": lambda rows: ClassRating.objects.filter(pk=rows[0].pk).delete(),
    "nobody who attended": lambda rows: Reservation.objects.filter(pk=rows[0].pk).update(
        state="no_show", checked_in_at=None, checked_in_by=None, is_walk_in=False
    ),
    "as many as its receipts": lambda rows: SurveyResult.objects.update(answers=3),
    "not answered by all": lambda rows: SurveyResult.objects.update(tallies={"1": {"20": 1}}),
    "points are not those": lambda rows: SurveyResult.objects.update(points=99),
    "tell the order": lambda rows: SurveyResult.objects.update(words=["甲", "乙"]),
    "shows more answers": lambda rows: SurveyResult.objects.update(shown={"answers": 9}),
    "receipts but no result": lambda rows: SurveyResult.objects.all().delete(),
    "no case was opened": lambda rows: RatingCase.objects.all().delete(),
    "rating is not low": lambda rows: ClassRating.objects.update(level=4),
    "before staff replied": lambda rows: ClassRating.objects.filter(pk=rows[1].pk).update(
        follow_up_level=4, followed_up_at=timezone.now()
    ),
}


@pytest.mark.parametrize("said", BREAKS)
def test_what_is_broken_is_named(rows, said):
    BREAKS[said](rows)
    assert any(said in each for each in offerings.broken_invariants())
