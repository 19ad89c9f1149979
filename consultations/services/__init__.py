"""Every write of consultations: duties, one-to-ones, what came of them."""

from consultations.services.bookings import (
    book_any,
    book_slot,
    examine_resume,
    note_outcome,
    rate,
    record_of,
    take_walk_in,
)
from consultations.services.shifts import (
    Arranged,
    DutyPlan,
    arrange_shift,
    arrange_shifts,
    cancel_shift,
    cancel_slot,
    declare_shifts,
    decline_shift,
    note_duty,
    withdraw_shift,
)

__all__ = [
    "Arranged",
    "DutyPlan",
    "arrange_shift",
    "arrange_shifts",
    "book_any",
    "book_slot",
    "cancel_shift",
    "cancel_slot",
    "declare_shifts",
    "decline_shift",
    "examine_resume",
    "note_duty",
    "note_outcome",
    "rate",
    "record_of",
    "take_walk_in",
    "withdraw_shift",
]
