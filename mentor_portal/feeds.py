"""What feeds and calendars share: ids that never change, and text that they can hold."""

import re

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

# How long readers may keep a feed before they ask again.
KEPT_SECONDS = 300
NEWEST = 50

# XML 1.0 knows no other characters, escaped or not; calendars know fewer.
_UNREADABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def readable(text: str) -> str:
    """Return a text without the control characters that no feed can hold."""
    return _UNREADABLE.sub("", text)


def tag(name: str) -> str:
    """Return the id of a feed or of an entry (RFC 4151), the same under every host name."""
    return f"tag:{settings.FEED_DOMAIN},2026:{name}"


class Atom(Atom1Feed):
    """Atom of what people typed: characters that would break the whole feed are left out."""

    def __init__(self, **feed: object) -> None:
        super().__init__(**_readable(feed))

    def add_item(self, **item: object) -> None:
        super().add_item(**_readable(item))


def _readable(values: dict[str, object]) -> dict[str, object]:
    return {name: readable(value) if isinstance(value, str) else value for name, value in values.items()}
