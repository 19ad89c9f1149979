"""Which rooms declared duties could get, and what is in the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from consultations.models import ConsultationShift
from mentor_portal.reservations.models import Hosting, Offering, Venue
from mentor_portal.reservations.rules import overlaps
from mentor_portal.wording import clock, span


@dataclass(frozen=True, kw_only=True)
class RoomOption:
    """A room of a duty's kind and unit, and with what it is taken then."""

    room: Venue
    taken_by: str


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """A duty with the rooms it could get; ``refusal`` says why it can get none at all."""

    shift: ConsultationShift
    when: str
    rooms: list[RoomOption]
    preset: int | None
    refusal: str
    warning: str

    @property
    def taken(self) -> list[RoomOption]:
        return [each for each in self.rooms if each.taken_by]


def arrangements(shifts: Sequence[ConsultationShift], at: datetime) -> list[Arrangement]:
    """Return the duties by time with their rooms, a free one preset, in a fixed number of queries.

    Duties at the same time are not preset to the same room.
    """
    if not shifts:
        return []
    ordered = sorted(shifts, key=lambda each: (each.starts_at, each.pk))
    first, last = ordered[0].starts_at, max(each.ends_at for each in ordered)
    rooms = _rooms(ordered)
    busy = Offering.objects.occupying().overlapping(first, last).order_by("starts_at")
    in_rooms = list(busy.filter(venue__in=rooms))
    engaged = _engaged(ordered, busy)
    given: list[tuple[ConsultationShift, int]] = []
    found = []
    for shift in ordered:
        options = [_option(room, shift, in_rooms) for room in rooms if _fits(room, shift)]
        preset = _preset(options, shift, given)
        if preset:
            given.append((shift, preset))
        found.append(
            Arrangement(
                shift=shift,
                when=span(shift.starts_at, shift.ends_at),
                rooms=options,
                preset=preset,
                refusal=_refusal(shift, options, at),
                warning=_told([each for who, each in engaged if who == shift.mentor.user_id], shift),
            )
        )
    return found


def _rooms(shifts: Sequence[ConsultationShift]) -> list[Venue]:
    kinds, units = {each.kind for each in shifts}, {each.host_unit_id for each in shifts}
    rooms = Venue.objects.filter(kind__in=kinds, host_unit__in=units, is_active=True)
    return list(rooms.select_related("host_unit").order_by("name", "pk"))


def _fits(room: Venue, shift: ConsultationShift) -> bool:
    return room.kind == shift.kind and room.host_unit_id == shift.host_unit_id


def _engaged(shifts: Sequence[ConsultationShift], busy: Iterable[Offering]) -> list[tuple[int, Offering]]:
    """Return whom of the mentors something else needs, and what."""
    mentors = [each.mentor.user_id for each in shifts]
    rows = Hosting.objects.filter(person__in=mentors, offering__in=busy).select_related("offering")
    return [(row.person_id, row.offering) for row in rows.order_by("offering__starts_at")]


def _option(room: Venue, shift: ConsultationShift, busy: Sequence[Offering]) -> RoomOption:
    return RoomOption(room=room, taken_by=_told([each for each in busy if each.venue_id == room.pk], shift))


def _told(offerings: Iterable[Offering], shift: ConsultationShift) -> str:
    """Return 09:00–10:30“轨道交通装备企业怎么面” for what overlaps, slots of one mentor only once."""
    times: dict[str, list[Offering]] = {}
    for each in offerings:
        if overlaps(each.starts_at, each.ends_at, shift.starts_at, shift.ends_at):
            times.setdefault(each.title, []).append(each)
    return "；".join(
        f"{clock(rows[0].starts_at)}–{clock(rows[-1].ends_at)}“{title}”" for title, rows in times.items()
    )


def _preset(
    options: Sequence[RoomOption], shift: ConsultationShift, given: Iterable[tuple[ConsultationShift, int]]
) -> int | None:
    """Return the first room that is free and not given to another duty at the time."""
    spoken_for = {
        room
        for other, room in given
        if overlaps(other.starts_at, other.ends_at, shift.starts_at, shift.ends_at)
    }
    free = (each.room.pk for each in options if not each.taken_by and each.room.pk not in spoken_for)
    return next(free, None)


def _refusal(shift: ConsultationShift, options: Sequence[RoomOption], at: datetime) -> str:
    if shift.state != ConsultationShift.State.SUBMITTED:
        return f"现在是“{shift.get_state_display()}”"
    if shift.starts_at <= at:
        return "时间已经过去"
    if not options:
        return f"{shift.host_unit}没有启用的{shift.get_kind_display()}"
    return ""
