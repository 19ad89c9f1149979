"""Writes about the portal itself."""

from datetime import datetime

from mentor_portal.home.models import WorkerHeartbeat


def record_heartbeat(*, name: str, at: datetime) -> None:
    """Note that the worker of this name was at work at this moment."""
    WorkerHeartbeat.objects.update_or_create(name=name, defaults={"beaten_at": at})
