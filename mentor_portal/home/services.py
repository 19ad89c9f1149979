"""Writes about the portal itself."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from mentor_portal.home.models import TaskRecord, WorkerHeartbeat


def record_heartbeat(*, name: str, at: datetime) -> None:
    """Note that the worker of this name was at work at this moment."""
    WorkerHeartbeat.objects.update_or_create(name=name, defaults={"beaten_at": at})


def note_tasks(*, tasks: Iterable[str], at: datetime) -> None:
    """Give each task that has no record yet an empty one, as planned from this moment on."""
    TaskRecord.objects.bulk_create(
        [TaskRecord(task=task, noted_at=at) for task in tasks], ignore_conflicts=True
    )


def record_task_success(*, task: str, started_at: datetime, at: datetime) -> None:
    """Note a run of this task that ended well at this moment; an error before it stays to be read."""
    _record_run(task, started_at, at, last_succeeded_at=at)


def record_task_failure(*, task: str, started_at: datetime, at: datetime, error: str) -> None:
    """Note a run of this task that ended in an error at this moment.

    The error is text that staff may read: see ``rules.error_words``.
    """
    _record_run(task, started_at, at, last_error=error, last_error_at=at, failures=F("failures") + 1)


def _record_run(task: str, started_at: datetime, at: datetime, **outcome: object) -> None:
    """Write the run in one statement; only the very first run of a task needs its row made."""
    run = {
        "last_started_at": started_at,
        "last_finished_at": at,
        "last_duration": at - started_at,
        "runs": F("runs") + 1,
        **outcome,
    }
    record = TaskRecord.objects.filter(task=task)
    if not record.update(**run):
        note_tasks(tasks=[task], at=started_at)
        record.update(**run)
