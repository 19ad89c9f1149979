"""The numbers and words that staff change in the admin, read together in one query."""

import time

from constance.signals import config_updated
from constance.utils import get_values
from django.dispatch import receiver

# A change made in another process is seen after this many seconds at the latest.
KEPT_FOR_SECONDS = 3

_kept: dict[str, object] = {}
_kept_until = 0.0


def read() -> dict[str, object]:
    """Return every portal setting by name, at most ``KEPT_FOR_SECONDS`` old."""
    global _kept, _kept_until
    now = time.monotonic()
    if now >= _kept_until:
        _kept = get_values()
        _kept_until = now + KEPT_FOR_SECONDS
    return _kept


@receiver(config_updated, dispatch_uid="portal-settings-forget")
def forget(**_: object) -> None:
    """Read anew the next time: a setting was changed in this process."""
    global _kept_until
    _kept_until = 0.0
