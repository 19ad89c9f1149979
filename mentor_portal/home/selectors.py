"""How the worker and its periodic tasks stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from celery.schedules import BaseSchedule, crontab, maybe_schedule
from django.conf import settings

from mentor_portal.home import rules
from mentor_portal.home.models import TaskRecord, WorkerHeartbeat
from mentor_portal.home.rules import TaskState


@dataclass(frozen=True)
class Heart:
    """The worker's heartbeat: well or not, in words."""

    is_well: bool
    sentence: str


@dataclass(frozen=True)
class TaskLine:
    """An entry of the schedule: its name, how it stands, when it runs next, and its record so far.

    ``next_at`` is ``None`` while no worker has seen the task; a past one is a run that is awaited.
    """

    name: str
    task: str
    state: TaskState
    next_at: datetime | None
    is_due: bool
    duration: str
    record: TaskRecord | None


def heart(at: datetime) -> Heart:
    """Return how the newest heartbeat stands at this moment."""
    beaten_at = WorkerHeartbeat.objects.order_by("-beaten_at").values_list("beaten_at", flat=True).first()
    age = at - beaten_at if beaten_at else None
    return Heart(is_well=rules.heart_is_well(age), sentence=rules.heart_sentence(age))


def task_lines(at: datetime) -> list[TaskLine]:
    """Return a line for each entry of the schedule, in its order."""
    entries = settings.CELERY_BEAT_SCHEDULE.values()
    records = {
        record.task: record for record in TaskRecord.objects.filter(task__in={e["task"] for e in entries})
    }
    return [_line(entry, records.get(entry["task"]), at) for entry in entries]


def task_troubles(at: datetime) -> list[str]:
    """Return what staff should know of the worker and its tasks, a sentence each; none is well.

    Tasks that are late because the worker is gone are not told again.
    """
    pulse, lines = heart(at), task_lines(at)
    troubles = [] if pulse.is_well else [pulse.sentence]
    troubles += _named("后台任务出错", lines, TaskState.FAILED)
    if pulse.is_well:
        troubles += _named("后台任务逾期未运行", lines, TaskState.OVERDUE)
    return troubles


def _named(words: str, lines: list[TaskLine], state: TaskState) -> Iterator[str]:
    names = [line.name for line in lines if line.state == state]
    if names:
        yield f"{words}：{'、'.join(names)}"


def _line(entry: dict[str, object], record: TaskRecord | None, at: datetime) -> TaskLine:
    task = entry["task"]
    name = settings.PERIODIC_TASK_NAMES.get(task, task)
    if record is None:
        return TaskLine(name, task, TaskState.NEVER, None, False, "", None)
    due_at, interval = _timing(maybe_schedule(entry["schedule"]), record.last_started_at or record.noted_at)
    state = rules.task_state(
        has_run=record.last_started_at is not None,
        succeeded_at=record.last_succeeded_at,
        error_at=record.last_error_at,
        is_late=rules.is_overdue(due_at=due_at, interval=interval, at=at),
    )
    took = rules.duration_words(record.last_duration) if record.last_duration is not None else ""
    return TaskLine(name, task, state, due_at, due_at <= at, took, record)


def _timing(schedule: BaseSchedule, since: datetime) -> tuple[datetime, timedelta]:
    """Return when a task is due after a run, and how long it is from there to the run after it."""
    due_at = _after(schedule, since)
    return due_at, _after(schedule, due_at) - due_at


def _after(schedule: BaseSchedule, since: datetime) -> datetime:
    if isinstance(schedule, crontab):
        start, wait, _now = schedule.remaining_delta(since)
        return start + wait
    return since + schedule.run_every
