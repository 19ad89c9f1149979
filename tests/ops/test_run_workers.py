"""Runs of the 两优 by real workers: shared, killed in the middle, the broker gone and back."""

import os
import signal
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from evaluation import services
from evaluation.models import EvaluationYear, RankingRun, RunCard
from evaluation.services import run_work
from tests import judged, panel
from tests.ops import frozen
from tests.ops.real_worker import wait_until, worker

pytestmark = pytest.mark.django_db(transaction=True)

MENTORS = 6
SLOW = "tests.ops.slow_worker"


@pytest.fixture
def year(staff) -> EvaluationYear:
    return judged.computing(panel.this_year(), staff)


@pytest.fixture
def expected(year, staff, monkeypatch) -> tuple[str, list]:
    """Return digest and ranks of the same year, done without any worker."""
    for likes in range(MENTORS):
        judged.appointed(year, likes=likes // 2)
    monkeypatch.setattr(run_work, "CHUNK_MENTORS", 1)
    return outcome(judged.done(start(year, staff)))


def start(year: EvaluationYear, staff) -> RankingRun:
    return services.start_run(year=year, by=staff, at=timezone.now())


def outcome(run: RankingRun) -> tuple[str, list]:
    run.refresh_from_db()
    assert run.state == RankingRun.State.DONE, run.trouble
    return run.digest, list(run.cards.order_by("mentor").values_list("mentor", "total", "rank"))


def done_parts(run: RankingRun) -> int:
    return run.chunks.filter(done_at__isnull=False).count()


def is_done(run: RankingRun) -> bool:
    return RankingRun.objects.done().filter(pk=run.pk).exists()


def test_worker_killed_in_the_middle_changes_nothing(year, staff, expected):
    run = start(year, staff)
    with worker(settings.REDIS_URL, SLOW) as process:
        wait_until(lambda: done_parts(run) >= 2)
        os.killpg(process.pid, signal.SIGKILL)
    assert 2 <= done_parts(run) < MENTORS
    assert not RunCard.objects.visible().filter(run=run).exists()
    with worker(settings.REDIS_URL, SLOW):
        wait_until(lambda: is_done(run))
    assert outcome(run) == expected
    assert run.chunks.filter(tries__gt=1).exists()


def test_two_workers_share_a_run_and_do_each_part_once(year, staff, expected):
    run = start(year, staff)
    with worker(settings.REDIS_URL, SLOW), worker(settings.REDIS_URL, SLOW):
        wait_until(lambda: is_done(run))
    assert outcome(run) == expected
    assert run.chunks.aggregate(many=Count("pk")) == {"many": MENTORS}


@pytest.mark.redis
def test_run_that_was_started_without_a_broker_is_done_when_it_is_back(year, staff, expected):
    address = urlsplit(settings.REDIS_URL)
    proxy = frozen.PausingProxy(address.hostname or "127.0.0.1", address.port or 6379)
    url = f"redis://127.0.0.1:{proxy.port}{address.path}"
    with worker(url, SLOW):
        run = start(year, staff)
        wait_until(lambda: done_parts(run) >= 1)
        proxy.pause()
        time.sleep(3)
        proxy.go_on()
        wait_until(lambda: is_done(run))
    proxy.close()
    assert outcome(run) == expected
