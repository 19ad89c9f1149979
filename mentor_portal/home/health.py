"""``/healthz``: whether the database, the broker and the worker do their part, as JSON.

Written by hand rather than with django-health-check: that package's view is asynchronous, and under
gunicorn's synchronous workers it runs each check in a thread of its own, with database connections
that no request closes.
"""

import tempfile
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mentor_portal.home.models import WorkerHeartbeat

BROKER_TIMEOUT_SECONDS = 0.5


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 where every part is well, else 503; each part says "ok" or what is wrong."""
    parts = {name: check() for name, check in CHECKS.items()}
    is_well = all(answer == "ok" for answer in parts.values())
    return JsonResponse({"ok": is_well, **parts}, status=200 if is_well else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "does not answer"
    return "ok"


def _broker() -> str:
    return _redis() if settings.REDIS_URL else _queue_folder()


def _redis() -> str:
    """Ping once, with a short patience: a frozen Redis accepts the connection and never answers."""
    # Half a second of imports, spared where there is no Redis.
    import redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    client = redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=BROKER_TIMEOUT_SECONDS,
        socket_connect_timeout=BROKER_TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        client.ping()
    except redis.RedisError:
        return "does not answer"
    finally:
        client.close()
    return "ok"


def _queue_folder() -> str:
    folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"]
    try:
        with tempfile.TemporaryFile(dir=folder):
            return "ok"
    except OSError:
        return "its folder cannot be written to"


def _worker() -> str:
    try:
        newest = WorkerHeartbeat.objects.order_by("-beaten_at").first()
    except DatabaseError:
        return "unknown without the database"
    if newest is None:
        return "has not started yet"
    now = timezone.now()
    if not newest.is_fresh(now):
        return f"last seen {(now - newest.beaten_at).total_seconds():.0f} s ago"
    return "ok"


CHECKS: dict[str, Callable[[], str]] = {"database": _database, "broker": _broker, "worker": _worker}
