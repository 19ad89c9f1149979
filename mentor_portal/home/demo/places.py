"""Who hosts in the demo, and where: units beside the centres that are always there, and venues."""

from typing import Any

from mentor_portal.accounts.models import HostUnit
from mentor_portal.home.demo import words
from mentor_portal.reservations.models import Venue

VenuesByPrefecture = dict[str, list[Venue]]


def ensure_places() -> VenuesByPrefecture:
    """Make the units and venues that are missing; return the class rooms of each prefecture."""
    entries = words.read("places")["unit"]
    units = _ensure_units(entries)
    rows = [
        _venue(unit, entry["address"], *row)
        for entry, unit in zip(entries, units, strict=True)
        for row in entry["venues"]
    ]
    return _class_rooms(_ensure_venues(rows))


def _ensure_units(entries: list[dict[str, Any]]) -> list[HostUnit]:
    known = {_unit_key(unit): unit for unit in HostUnit.objects.all()}
    missing = [
        HostUnit(name=entry["name"], kind=entry["kind"], prefecture=entry["prefecture"])
        for entry in entries
        if _entry_key(entry) not in known
    ]
    HostUnit.objects.bulk_create(missing)
    known |= {_unit_key(unit): unit for unit in missing}
    units = [known[_entry_key(entry)] for entry in entries]
    nameless = [
        (unit, entry["address"]) for unit, entry in zip(units, entries, strict=True) if not unit.address
    ]
    for unit, address in nameless:
        unit.address = address
    HostUnit.objects.bulk_update([unit for unit, _ in nameless], ["address"])
    return units


def _unit_key(unit: HostUnit) -> tuple[str, str]:
    is_centre = unit.kind in (HostUnit.Kind.PROVINCE, HostUnit.Kind.PREFECTURE)
    return unit.kind, unit.prefecture if is_centre else unit.name


def _entry_key(entry: dict[str, Any]) -> tuple[str, str]:
    """The centres of the province and the prefectures have no name in the material."""
    return entry["kind"], entry.get("name", entry["prefecture"])


def _venue(unit: HostUnit, address: str, name: str, seats: int, kind: str = Venue.Kind.CLASSROOM) -> Venue:
    return Venue(host_unit=unit, name=name, seats=seats, kind=kind, address=address)


def _ensure_venues(rows: list[Venue]) -> list[Venue]:
    """Return the rows as they are stored, made where they are missing."""
    names = [row.name for row in rows]
    known = {
        (venue.host_unit_id, venue.name): venue
        for venue in Venue.objects.filter(name__in=names).select_related("host_unit")
    }
    missing = [row for row in rows if (row.host_unit_id, row.name) not in known]
    Venue.objects.bulk_create(missing)
    known |= {(venue.host_unit_id, venue.name): venue for venue in missing}
    return [known[row.host_unit_id, row.name] for row in rows]


def _class_rooms(venues: list[Venue]) -> VenuesByPrefecture:
    rooms: VenuesByPrefecture = {}
    for venue in venues:
        if venue.kind == Venue.Kind.CLASSROOM:
            rooms.setdefault(venue.host_unit.prefecture, []).append(venue)
    return rooms
