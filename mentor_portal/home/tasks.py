"""The worker's entries about itself, and the record it keeps of every periodic task."""

import logging
from datetime import datetime

from celery import Task, shared_task
from celery.signals import task_failure, task_prerun, task_success, worker_ready
from celery.utils.serialization import UnpickleableExceptionWrapper
from django.conf import settings
from django.db import Error
from django.utils import timezone

from mentor_portal import files
from mentor_portal.home import services
from mentor_portal.home.rules import error_words

logger = logging.getLogger(__name__)

# One portal, one heart: whichever worker takes the task shows that work is done.
HEART = "worker"


@shared_task
def beat_heart() -> None:
    """Show /healthz that work sent to the broker is done."""
    services.record_heartbeat(name=HEART, at=timezone.now())


@shared_task
def note_schedule() -> None:
    """Have a record of each periodic task, so that one that never runs is found late."""
    services.note_tasks(tasks=_scheduled(), at=timezone.now())


@worker_ready.connect
def beat_at_once(**_: object) -> None:
    """Beat when the worker comes up, not only at the clock's first tick."""
    note_schedule.delay()
    beat_heart.delay()


@task_prerun.connect
def remember_start(task: Task, **_: object) -> None:
    """Keep the moment with the request; it is written when the run ends, so that a run is one statement."""
    task.request.began_at = timezone.now()


@task_success.connect
def record_success(sender: Task, **_: object) -> None:
    """Keep the record of a periodic task that ended well; the task does not suffer where that fails."""
    if sender.name not in _scheduled():
        return
    at = timezone.now()
    try:
        services.record_task_success(task=sender.name, started_at=_start(sender, at), at=at)
    except Error:
        logger.exception("the run of %s could not be recorded", sender.name)


@task_failure.connect
def record_failure(sender: Task, exception: BaseException, **_: object) -> None:
    """Keep the record of a periodic task that failed, or whose process was lost."""
    if sender.name not in _scheduled():
        return
    at = timezone.now()
    kind, message = _kind_and_message(exception)
    error = error_words(kind=kind, message=message, secrets=_secrets())
    try:
        services.record_task_failure(task=sender.name, started_at=_start(sender, at), at=at, error=error)
    except Error:
        logger.exception("the failure of %s could not be recorded", sender.name)


@shared_task
def sweep_files() -> None:
    """Delete what uploads that ended half-way have left on the disk."""
    logger.info("swept %s files", files.sweep_files(at=timezone.now()))


def _scheduled() -> set[str]:
    return {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}


def _start(task: Task, at: datetime) -> datetime:
    """Return when the run began; of a lost process only its end is known."""
    return getattr(task.request, "began_at", None) or at


def _kind_and_message(exception: BaseException) -> tuple[str, str]:
    """Return class and message, those of the original where Celery had to wrap it."""
    if isinstance(exception, UnpickleableExceptionWrapper):
        return exception.exc_cls_name, "; ".join(str(each) for each in exception.exc_args)
    return type(exception).__name__, str(exception)


def _secrets() -> list[str]:
    """Return what the portal itself must never show, wherever an error may repeat it."""
    passwords = [database.get("PASSWORD") for database in settings.DATABASES.values()]
    known = [settings.SECRET_KEY, settings.EMAIL_HOST_PASSWORD, settings.REDIS_URL, *passwords]
    return [str(secret) for secret in known if secret]
