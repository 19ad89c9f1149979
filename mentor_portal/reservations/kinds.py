"""The kinds of things that places are offered for, and where each kind has its pages and desks.

The engine knows no class and no consultation; an upper app registers its routes when it starts.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse

if TYPE_CHECKING:
    from mentor_portal.accounts.models import User
    from mentor_portal.reservations.models import Reservation


class OfferingKind(models.TextChoices):
    CLASS = "class", "课堂"
    CONSULTATION = "consultation", "咨询"
    CLINIC = "clinic", "集中诊断"
    TRIP = "trip", "调研"


@dataclass(frozen=True, kw_only=True)
class KindRoutes:
    """Route names that, reversed with the offering's id, lead to its page and to booking it.

    ``room`` is where the day itself is run beside the desk, for kinds that have such a page.
    """

    detail: str
    booking: str
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class DeskLine:
    """A desk in the list of desks: one offering's own, or one that several offerings share."""

    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    place: str
    arrived: int
    booked: int
    is_finished: bool
    url: str
    poster_url: str = ""
    sheet_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Afterwards:
    """What a person can do with a reservation once it is over, and whether it is still awaited."""

    word: str
    url: str
    is_awaited: bool


# Returns, by reservation, what its person can do at a moment, of reservations of one kind.
FindAfterwards = Callable[[Sequence["Reservation"], datetime], Mapping[int, Afterwards]]

# Returns the desks that a member of staff may run, of what starts in a half-open span.
Desks = Callable[["User", datetime, datetime], Iterable[DeskLine]]

_routes: dict[str, KindRoutes] = {}
_desks: dict[str, Desks] = {}
_afterwards: dict[str, FindAfterwards] = {}


def register_kind(kind: OfferingKind, *, detail: str, booking: str, room: str = "") -> None:
    """Say where every offering of ``kind`` has its page, where it is booked, and where its day is run."""
    _routes[kind] = KindRoutes(detail=detail, booking=booking, room=room)


def register_desks(kind: OfferingKind, desks: Desks) -> None:
    """Say that offerings of ``kind`` share desks, which stand in the list of desks in their place."""
    _desks[kind] = desks


def register_afterwards(kind: OfferingKind, find: FindAfterwards) -> None:
    """Say what people can do with reservations of ``kind`` once they are over."""
    _afterwards[kind] = find


def afterwards(reservations: Sequence["Reservation"], at: datetime) -> dict[int, Afterwards]:
    """Return, by reservation, what its person can do now that it is over; their offerings are loaded."""
    found: dict[int, Afterwards] = {}
    for kind, find in _afterwards.items():
        of_kind = [each for each in reservations if each.offering.kind == kind]
        if of_kind:
            found |= find(of_kind, at)
    return found


def kinds_with_shared_desks() -> list[str]:
    return list(_desks)


def shared_desks(user: "User", start: datetime, end: datetime) -> list[DeskLine]:
    """Return the shared desks of every kind that has them."""
    return [line for desks in _desks.values() for line in desks(user, start, end)]


def detail_url(kind: str, pk: int) -> str:
    """Return the address of an offering's page; KeyError where no app registered the kind."""
    return reverse(_routes[kind].detail, args=[pk])


def booking_url(kind: str, pk: int) -> str:
    """Return the address where an offering is booked; KeyError where no app registered the kind."""
    return reverse(_routes[kind].booking, args=[pk])


def room_url(kind: str, pk: int) -> str:
    """Return the address where an offering's day is run beside the desk, nothing for kinds without."""
    routes = _routes.get(kind)
    return reverse(routes.room, args=[pk]) if routes and routes.room else ""
