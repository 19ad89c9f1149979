"""Text messages go out through one small interface, chosen by the setting ``SMS_BACKEND``."""

import logging
from dataclasses import dataclass, field
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class SmsResult:
    """What the carrier said: whether it took the message, its id for it, and its reason if not."""

    is_accepted: bool
    carrier_id: str = ""
    reason: str = ""


class SmsBackend(Protocol):
    def send(self, phone: str, kind: str, params: dict[str, str], ref: str) -> SmsResult:
        """Send one message.

        ``phone`` is eleven digits, ``kind`` names the template registered with the carrier,
        ``params`` fills it, and ``ref`` is the same for every try of the same message. Messages other
        than sign-in codes bring their whole text as ``text``, for carriers without templates.
        """


class ConsoleBackend:
    """Prints each message to the log: for the demo and for development."""

    def send(self, phone: str, kind: str, params: dict[str, str], ref: str) -> SmsResult:
        words = " ".join(f"{name}={value}" for name, value in params.items())
        logger.info("演示短信 %s %s %s (%s)", phone, kind, words, ref)
        return SmsResult(is_accepted=True, carrier_id=ref)


@dataclass(frozen=True)
class SentSms:
    phone: str
    kind: str
    params: dict[str, str] = field(default_factory=dict)
    ref: str = ""


class MemoryBackend:
    """Keeps each message in ``outbox``: for the tests."""

    outbox: list[SentSms] = []

    def send(self, phone: str, kind: str, params: dict[str, str], ref: str) -> SmsResult:
        self.outbox.append(SentSms(phone, kind, params, ref))
        return SmsResult(is_accepted=True, carrier_id=ref)


def backend() -> SmsBackend:
    """Return the carrier that the settings name."""
    return import_string(settings.SMS_BACKEND)()
