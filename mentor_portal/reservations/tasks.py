"""Celery entries of the engine."""

import logging

from celery import shared_task
from django.utils import timezone

from mentor_portal.reservations import services

logger = logging.getLogger(__name__)


@shared_task(name="mentor_portal.reservations.tasks.pass_expired_offers_on")
def pass_expired_offers_on() -> None:
    """Offer what nobody took in time to the next in line."""
    touched = services.pass_expired_offers_on(at=timezone.now())
    if touched:
        logger.info("passed expired offers on in %s offerings", touched)
