"""Pure decisions of the reservation engine (notice, section 三（二）; the numbers are portal settings)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LAST_DAY = timedelta(hours=24)


class Verdict(StrEnum):
    """What becomes of a person who asks for a place."""

    CONFIRM = "confirm"
    WAIT = "wait"


@dataclass(frozen=True, kw_only=True)
class BookingRules:
    """The numbers of the engine, in hours unless said otherwise, as staff have set them."""

    offer_hold_hours: int = 12
    offer_hold_hours_last_day: int = 2
    cancel_free_hours_group: int = 2
    cancel_free_hours_one_to_one: int = 12
    few_seats: int = 5


def overlaps(start: datetime, end: datetime, other_start: datetime, other_end: datetime) -> bool:
    """Tell whether two spans share time; spans that only touch do not."""
    return start < other_end and other_start < end


def verdict(*, capacity: int, taken: int, waiting: int) -> Verdict:
    """Decide on one more request: a place only where one is free and nobody waits for it."""
    return Verdict.CONFIRM if taken < capacity and not waiting else Verdict.WAIT


def offer_deadline(*, at: datetime, starts_at: datetime, rules: BookingRules) -> datetime | None:
    """Return until when an offered place is held, or None where it is confirmed at once.

    An offer never outlives the start of the activity.
    """
    is_last_day = starts_at - at <= LAST_DAY
    hours = rules.offer_hold_hours_last_day if is_last_day else rules.offer_hold_hours
    return min(at + timedelta(hours=hours), starts_at) if hours else None


def free_cancel_until(*, starts_at: datetime, one_to_one: bool, rules: BookingRules) -> datetime:
    """Return the last moment at which a person may cancel without giving a reason."""
    hours = rules.cancel_free_hours_one_to_one if one_to_one else rules.cancel_free_hours_group
    return starts_at - timedelta(hours=hours)
