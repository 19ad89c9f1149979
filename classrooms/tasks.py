"""Celery entries of classes."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from classrooms import services

logger = logging.getLogger(__name__)

# A run begins nothing new after that, so that other work has its turn; the next one goes on.
RUN_BEGINS_UNTIL = timedelta(seconds=20)


@shared_task(name="classrooms.tasks.read_courseware")
def read_courseware() -> None:
    """Read the text of uploaded courseware and find what it resembles."""
    read = services.read_courseware(clock=timezone.now, until=timezone.now() + RUN_BEGINS_UNTIL)
    if read:
        logger.info("read %s versions of courseware", read)


@shared_task(name="classrooms.tasks.ask_for_courseware")
def ask_for_courseware() -> None:
    """Ask mentors for the courseware of classes that left none behind."""
    lacking = services.ask_for_courseware(at=timezone.now())
    if lacking:
        logger.info("%s classes have no courseware", lacking)
