"""The worker's entries about itself."""

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from mentor_portal.home import services

# One portal, one heart: whichever worker takes the task shows that work is done.
HEART = "worker"


@shared_task
def beat_heart() -> None:
    """Show /healthz that work sent to the broker is done."""
    services.record_heartbeat(name=HEART, at=timezone.now())


@worker_ready.connect
def beat_at_once(**_: object) -> None:
    """Beat when the worker comes up, not only at the clock's first tick."""
    beat_heart.delay()
