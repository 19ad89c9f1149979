"""/healthz: each part well or not, and never a long wait."""

import json
import time
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from mentor_portal.home import services
from mentor_portal.home.health import health
from mentor_portal.home.tasks import HEART, beat_heart
from tests.ops import frozen

pytestmark = pytest.mark.django_db


def ask() -> tuple[int, dict]:
    response = health(RequestFactory().get("/healthz"))
    return response.status_code, json.loads(response.content)


@pytest.fixture
def folder_broker(settings, tmp_path) -> None:
    settings.REDIS_URL = ""
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path)}


def test_health_all_parts_well_answers_200(folder_broker):
    beat_heart()

    assert ask() == (200, {"ok": True, "database": "ok", "broker": "ok", "worker": "ok"})


def test_health_no_worker_yet_answers_503(folder_broker):
    status, answer = ask()

    assert (status, answer["worker"]) == (503, "has not started yet")


@pytest.mark.parametrize(("seconds", "status"), [(170, 200), (190, 503)])
def test_health_heartbeat_counts_for_three_minutes(folder_broker, seconds, status):
    services.record_heartbeat(name=HEART, at=timezone.now() - timedelta(seconds=seconds))

    assert ask()[0] == status


def test_health_newest_heartbeat_counts(folder_broker):
    now = timezone.now()
    services.record_heartbeat(name="gone", at=now - timedelta(days=1))
    services.record_heartbeat(name=HEART, at=now)

    assert ask()[0] == 200


def test_health_queue_folder_gone_answers_503(folder_broker, settings, tmp_path):
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path / "gone")}

    status, answer = ask()

    assert (status, answer["broker"]) == (503, "its folder cannot be written to")


def test_health_redis_frozen_answers_503_soon(settings):
    with frozen.silent_port() as port:
        settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"
        started = time.monotonic()
        status, answer = ask()

    assert (status, answer["broker"]) == (503, "does not answer")
    # Half a second by design; a busy machine is given some more.
    assert time.monotonic() - started < 3


def test_health_redis_stopped_answers_503(settings):
    with frozen.closed_port() as port:
        settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"
        status, answer = ask()

    assert (status, answer["broker"]) == (503, "does not answer")


@pytest.mark.redis
def test_health_redis_running_answers_ok():
    assert ask()[1]["broker"] == "ok"


def test_record_heartbeat_twice_keeps_one_row():
    for _ in range(2):
        beat_heart()

    assert services.WorkerHeartbeat.objects.count() == 1


def test_health_other_methods_are_refused():
    assert health(RequestFactory().post("/healthz")).status_code == 405
