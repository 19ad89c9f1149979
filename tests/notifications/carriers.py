"""Carriers of text messages for the tests: slow ones that count, and ones that fail."""

import os
import time
from pathlib import Path

from mentor_portal.accounts.sms import SmsResult

TAKES_SECONDS = 0.05


class CountingBackend:
    """Takes its time, and writes one file for each ref with one line for each try."""

    def send(self, phone: str, kind: str, params: dict[str, str], ref: str) -> SmsResult:
        with Path(os.environ["CARRIER_FOLDER"], ref).open("a") as file:
            file.write(f"{phone}\n")
        time.sleep(TAKES_SECONDS)
        return SmsResult(is_accepted=True, carrier_id=ref)


class RefusingBackend:
    def send(self, phone: str, kind: str, params: dict[str, str], ref: str) -> SmsResult:
        return SmsResult(is_accepted=False, reason="余额不足")


class BrokenBackend:
    """Raises what no one has thought of."""

    def send(self, phone: str, kind: str, params: dict[str, str], ref: str) -> SmsResult:
        raise LookupError("unexpected answer of the carrier")


def tries(folder: Path) -> dict[str, int]:
    """Return how many times each ref came to the counting carrier."""
    return {path.name: len(path.read_text().splitlines()) for path in folder.iterdir()}
