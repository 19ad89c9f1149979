"""Celery entries of the 两优."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from evaluation import services

logger = logging.getLogger(__name__)

# A worker begins no part after that, so that other work has its turn; the next tick goes on.
BEGINS_UNTIL = timedelta(seconds=10)


@shared_task(name="evaluation.tasks.work_on_runs")
def work_on_runs() -> None:
    """Do parts of the runs that are under way; each worker that gets this does some."""
    done = services.work_on_runs(clock=timezone.now, until=timezone.now() + BEGINS_UNTIL)
    if done:
        logger.info("did %s parts of runs", done)


@shared_task(name="evaluation.tasks.draft_ending_year")
def draft_ending_year() -> None:
    """Start the draft of the year that ends."""
    if run := services.draft_ending_year(at=timezone.now()):
        logger.info("started %s", run)
