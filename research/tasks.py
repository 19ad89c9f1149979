"""Celery entries of research."""

import logging

from celery import shared_task
from django.utils import timezone

from research import services

logger = logging.getLogger(__name__)


@shared_task(name="research.tasks.tell_short_trips")
def tell_short_trips() -> None:
    """Tell staff of trips for which too few have signed up."""
    told = services.tell_short_trips(at=timezone.now())
    if told:
        logger.info("told staff of %s trips below their minimum", told)
