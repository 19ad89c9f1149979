"""Celery entries of notifications."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from mentor_portal.notifications import services

logger = logging.getLogger(__name__)

# A run ends by then, so that other work has its turn; the next one goes on.
RUN_LASTS_AT_MOST = timedelta(seconds=20)


@shared_task(name="mentor_portal.notifications.tasks.deliver_messages")
def deliver_messages() -> None:
    """Route new messages to text message and e-mail, and send what is due."""
    at = timezone.now()
    routed = services.route_messages(at=at)
    sent = services.send_due(clock=timezone.now, until=at + RUN_LASTS_AT_MOST)
    if routed or sent:
        logger.info("routed %s messages, sent %s", routed, sent)
