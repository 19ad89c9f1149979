"""Pure decisions about terms of appointment."""

from collections.abc import Iterable
from datetime import date


def terms_overlap(
    starts_on: date, ends_on: date, others: Iterable[tuple[date, date]]
) -> tuple[date, date] | None:
    """Return the first other term that shares a day with this one (both ends included), if any."""
    for other_start, other_end in others:
        if starts_on <= other_end and other_start <= ends_on:
            return other_start, other_end
    return None
