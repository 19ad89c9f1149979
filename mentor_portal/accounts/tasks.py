"""Celery entries of accounts."""

import logging

from celery import shared_task
from django.utils import timezone

from mentor_portal.accounts import services

logger = logging.getLogger(__name__)


@shared_task(name="mentor_portal.accounts.tasks.forget_old_codes")
def forget_old_codes() -> None:
    """Delete old sign-in codes."""
    logger.info("forgot %s sign-in codes", services.forget_old_codes(at=timezone.now()))
