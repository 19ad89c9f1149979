"""The records of periodic tasks, as a real worker with its clock writes them."""

import pytest
from django.conf import settings
from django.utils import timezone

from mentor_portal.home import selectors
from mentor_portal.home.models import TaskRecord
from mentor_portal.home.rules import TaskState
from tests.faults import missing
from tests.ops.real_worker import wait_until, worker

pytestmark = pytest.mark.django_db(transaction=True)

CODES = "mentor_portal.accounts.tasks.forget_old_codes"


def states() -> dict[str, TaskState]:
    return {line.task: line.state for line in selectors.task_lines(timezone.now())}


def test_real_worker_keeps_a_record_of_every_task_and_a_failure_passes():
    every = dict.fromkeys(settings.PERIODIC_TASK_NAMES, TaskState.WELL)
    with worker(settings.REDIS_URL):
        wait_until(lambda: states() == every)
        assert selectors.heart(timezone.now()).is_well

        with missing("accounts_signincode"):
            wait_until(lambda: states() == every | {CODES: TaskState.FAILED})
        wait_until(lambda: states() == every)

    record = TaskRecord.objects.get(task=CODES)
    assert "accounts_signincode" in record.last_error
    assert record.last_duration.total_seconds() > 0
    assert record.runs > record.failures > 0
