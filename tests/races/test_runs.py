"""Runs started, worked on and cancelled at the same moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evaluation import services
from evaluation.models import EvaluationYear, RankingRun, RunCard
from evaluation.services import run_work
from tests import judged, panel
from tests.races.together import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def year(staff) -> EvaluationYear:
    year = judged.computing(panel.this_year(), staff)
    for likes in range(8):
        judged.appointed(year, likes=likes)
    return year


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch) -> None:
    monkeypatch.setattr(run_work, "CHUNK_MENTORS", 1)


def start(year: EvaluationYear, staff) -> RankingRun:
    return services.start_run(year=year, by=staff, at=timezone.now())


def work() -> int:
    return services.work_on_runs(clock=timezone.now, until=timezone.now() + timedelta(seconds=60))


def test_two_started_at_once_are_one(year, staff):
    runs = at_once([lambda: start(year, staff)] * 4)
    assert {run.pk for run in runs} == set(RankingRun.objects.values_list("pk", flat=True))
    assert RankingRun.objects.count() == 1


def test_task_delivered_four_times_at_once_does_each_part_once(year, staff):
    alone = judged.done(start(year, staff))
    run = start(year, staff)
    done = at_once([work] * 4)
    run.refresh_from_db()
    assert (sum(done), run.state, run.digest) == (8, RankingRun.State.DONE, alone.digest)
    assert run.chunks.filter(tries=1).count() == 8
    assert list(run.cards.order_by("rank").values_list("rank", flat=True)) == list(range(1, 9))


def test_run_that_is_cancelled_while_it_is_worked_on_keeps_no_card(year, staff):
    for _ in range(3):
        run = start(year, staff)
        at_once([work, work, lambda run=run: services.cancel_run(run=run, by=staff, at=timezone.now())])
        work()
        run.refresh_from_db()
        kept = {RankingRun.State.CANCELLED: 0, RankingRun.State.DONE: 8}
        assert RunCard.objects.filter(run=run).count() == kept[run.state]
