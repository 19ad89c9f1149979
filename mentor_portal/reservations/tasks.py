"""Celery entries of the engine."""

import logging

from celery import shared_task
from django.utils import timezone

from mentor_portal.reservations import services

logger = logging.getLogger(__name__)


@shared_task(name="mentor_portal.reservations.tasks.pass_expired_offers_on")
def pass_expired_offers_on() -> None:
    """Offer what nobody took in time to the next in line."""
    at = timezone.now()
    released = services.release_superseded(at=at)
    touched = services.pass_expired_offers_on(at=at)
    if touched or released:
        logger.info("passed expired offers on in %s offerings, released %s places", touched, released)


@shared_task(name="mentor_portal.reservations.tasks.finish_offerings")
def finish_offerings() -> None:
    """Close what has ended and note who did not come."""
    finished = services.finish_offerings(at=timezone.now())
    if finished:
        logger.info("finished %s offerings", finished)


@shared_task(name="mentor_portal.reservations.tasks.remind_people")
def remind_people() -> None:
    """Remind people of what they have booked."""
    reminded = services.remind(at=timezone.now())
    if reminded:
        logger.info("reminded people of %s offerings", reminded)
