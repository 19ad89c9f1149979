"""A year taken to its next stage, its result chosen and objected to, by several at the same moment."""

from uuid import uuid4

import pytest
from django.utils import timezone

from evaluation import errors, services
from evaluation.models import Award, EvaluationYear, Objection, RankingRun, YearStep
from mentor_portal.notifications.models import Message
from tests import judged, panel, year_end
from tests.races.together import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
Stage = EvaluationYear.Stage


@pytest.fixture
def year(staff) -> EvaluationYear:
    return panel.this_year()


def test_last_step_taken_four_times_at_once_is_one_step(year, staff):
    mentors = [judged.appointed(year, name) for name in ("周建国", "李慧芳")]
    year_end.shown(year, [(mentor, "20") for mentor in mentors])
    year.refresh_from_db()
    at = year.objections_until

    def finish() -> YearStep:
        return services.advance_year(year=year, to=Stage.FINAL, by=staff, at=at, despite_doubts=True)

    outcomes = at_once([finish] * 4)
    refused = [outcome for outcome in outcomes if isinstance(outcome, errors.StageMoved)]
    assert len(refused) == 3
    assert YearStep.objects.filter(after=Stage.FINAL).count() == 1
    assert Award.objects.count() == 2
    assert Message.objects.filter(kind="evaluation_result_final").count() == 2


def test_of_two_results_chosen_at_once_one_stays(year, staff):
    year_end.in_stage(year, Stage.REVIEW)
    mentor = judged.appointed(year)
    runs = [year_end.done_run(year, [(mentor, total)]) for total in ("20", "21")]
    for _ in range(3):
        at_once(
            [lambda run=run: services.choose_result(run=run, by=staff, at=timezone.now()) for run in runs]
        )
        assert RankingRun.objects.filter(is_result=True).count() == 1


def test_same_page_sent_four_times_at_once_is_one_objection(year, job_seeker):
    year_end.shown(year)
    words = {"name": "李明", "phone": "13900001234", "text": "少记一次", "key": uuid4()}

    def raise_it() -> Objection:
        return services.raise_objection(year=year, by=job_seeker, at=timezone.now(), **words)

    outcomes = at_once([raise_it] * 4)
    assert {outcome.pk for outcome in outcomes} == {Objection.objects.get().pk}


def test_objections_raised_at_once_stay_within_the_limit(year, job_seeker):
    year_end.shown(year)
    words = {"name": "李明", "phone": "13900001234", "text": "少记一次"}

    def raise_it() -> Objection:
        return services.raise_objection(year=year, by=job_seeker, at=timezone.now(), key=uuid4(), **words)

    outcomes = at_once([raise_it] * 5)
    assert [type(outcome) for outcome in outcomes].count(errors.TooManyObjections) == 2
    assert Objection.objects.count() == 3


def test_objection_answered_twice_at_once_keeps_one_answer(year, job_seeker, staff):
    year_end.shown(year)
    at = timezone.now()
    objection = services.raise_objection(
        year=year, name="李明", phone="13900001234", text="少记一次", by=job_seeker, at=at
    )

    def answer(outcome: str) -> Objection:
        return services.answer_objection(
            objection=objection, outcome=outcome, answer=outcome, by=staff, at=at
        )

    outcomes = at_once([lambda: answer("upheld"), lambda: answer("declined")])
    [kept] = [outcome for outcome in outcomes if isinstance(outcome, Objection)]
    objection.refresh_from_db()
    assert objection.outcome == objection.answer == kept.outcome
    assert Message.objects.filter(kind="evaluation_objection_answer").count() == 1
