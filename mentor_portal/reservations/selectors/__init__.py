"""What pages show of offerings and reservations."""

from mentor_portal.reservations.selectors.desk import Told, told_count
from mentor_portal.reservations.selectors.reservations import (
    Card,
    ReservationLine,
    cards_for,
    line_for,
    own_reservation,
    own_words,
    place_of,
    reservations_of,
    seats_of,
    tab_counts,
    with_position,
)

__all__ = [
    "Card",
    "ReservationLine",
    "Told",
    "cards_for",
    "line_for",
    "own_reservation",
    "own_words",
    "place_of",
    "reservations_of",
    "seats_of",
    "tab_counts",
    "told_count",
    "with_position",
]
