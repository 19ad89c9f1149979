"""Trips as lists and pages show them to one viewer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.selectors import cards_for, seats_of
from research.models import ResearchTrip
from research.rules import Seats, seats_in_words


@dataclass(frozen=True, kw_only=True)
class TripCard:
    """A trip as a list shows it; ``mine`` is the word for the viewer's own place."""

    pk: int
    title: str
    url: str
    book_url: str
    starts_at: datetime
    ends_at: datetime
    destination: str
    gathering: str
    chains: list[str]
    seats: Seats
    mine: str


def seats_of_trip(offering: Offering, at: datetime) -> Seats:
    """Return how the places of a trip stand at a moment."""
    line = seats_of(offering, at)
    return seats_in_words(word=line.word, tone=line.tone, action=line.action)


def trip_cards(
    trips: Iterable[ResearchTrip], *, person: User | AnonymousUser, at: datetime
) -> list[TripCard]:
    """Return the cards of trips loaded with ``for_cards``: one query for a person, none for a visitor."""
    trips = list(trips)
    cards = cards_for([trip.offering for trip in trips], person=person, at=at)
    return [
        TripCard(
            pk=trip.pk,
            title=trip.title,
            url=card.url,
            book_url=card.book_url,
            starts_at=card.starts_at,
            ends_at=card.ends_at,
            destination=trip.theme.destination,
            gathering=trip.gathering,
            chains=[chain.short_name for chain in trip.theme.chains.all()],
            seats=seats_of_trip(trip.offering, at),
            mine=card.mine.replace("已预约", "已报名"),
        )
        for trip, card in zip(trips, cards, strict=True)
    ]
