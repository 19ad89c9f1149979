"""The kinds of things that places are offered for, and where each kind has its pages.

The engine knows no class and no consultation; an upper app registers its routes when it starts.
"""

from dataclasses import dataclass

from django.db import models
from django.urls import reverse


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


_routes: dict[str, KindRoutes] = {}


def register_kind(kind: OfferingKind, *, detail: str, booking: str, room: str = "") -> None:
    """Say where every offering of ``kind`` has its page, where it is booked, and where its day is run."""
    _routes[kind] = KindRoutes(detail=detail, booking=booking, room=room)


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
