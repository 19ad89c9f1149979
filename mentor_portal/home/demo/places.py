"""Who hosts in the demo, and where: units beside the centres that are always there, and venues."""

from typing import Any

from mentor_portal.accounts.models import HostUnit
from mentor_portal.home.demo import words
from mentor_portal.reservations.models import Venue

VenuesByPrefecture = dict[str, list[Venue]]


def ensure_places() -> VenuesByPrefecture:
    """Make the units and venues that are missing; return the class rooms of each prefecture."""
    known = {(unit.kind, unit.name): unit for unit in HostUnit.objects.all()}
    centres = {
        (unit.kind, unit.prefecture): unit
        for unit in known.values()
        if unit.kind in (HostUnit.Kind.PROVINCE, HostUnit.Kind.PREFECTURE)
    }
    class_rooms: VenuesByPrefecture = {}
    for entry in words.read("places")["unit"]:
        centre = centres.get((entry["kind"], entry["prefecture"]))
        unit = centre or known.get((entry["kind"], entry["name"])) or _make_unit(entry)
        _give_address(unit, entry["address"])
        venues = class_rooms.setdefault(unit.prefecture, [])
        venues += [venue for venue in _ensure_venues(unit, entry) if venue.kind == Venue.Kind.CLASSROOM]
    return class_rooms


def _make_unit(entry: dict[str, Any]) -> HostUnit:
    return HostUnit.objects.create(name=entry["name"], kind=entry["kind"], prefecture=entry["prefecture"])


def _give_address(unit: HostUnit, address: str) -> None:
    if not unit.address:
        unit.address = address
        unit.save(update_fields=["address"])


def _ensure_venues(unit: HostUnit, entry: dict[str, Any]) -> list[Venue]:
    known = {venue.name: venue for venue in Venue.objects.filter(host_unit=unit)}
    return [known.get(row[0]) or _make_venue(unit, entry["address"], *row) for row in entry["venues"]]


def _make_venue(
    unit: HostUnit, address: str, name: str, seats: int, kind: str = Venue.Kind.CLASSROOM
) -> Venue:
    return Venue.objects.create(host_unit=unit, name=name, seats=seats, kind=kind, address=address)
