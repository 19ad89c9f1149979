"""What the desk and the previews show to staff: who is expected, who is there, who will be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse

from mentor_portal.accounts.models import User
from mentor_portal.reservations import rules
from mentor_portal.reservations.kinds import DeskLine, kinds_with_shared_desks, shared_desks
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.selectors.reservations import with_position
from mentor_portal.reservations.services.places import booking_rules
from mentor_portal.wording import moment

State = Reservation.State
# Who still has to come stands first, then the queue, then who is there.
ORDER = Case(
    When(state__in=[*Reservation.HOLDING, State.NO_SHOW], then=Value(0)),
    When(state=State.WAITLISTED, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


@dataclass(frozen=True, kw_only=True)
class DeskCounts:
    """How many hold a place, how many of them are there, and how many came without one."""

    booked: int
    arrived: int
    walk_ins: int


@dataclass(frozen=True, kw_only=True)
class DeskRow:
    """One person at the desk."""

    pk: int
    name: str
    phone: str
    word: str
    checked_in_at: datetime | None
    is_walk_in: bool


@dataclass(frozen=True, kw_only=True)
class Told:
    """Who hears of a move or a cancellation, by where they stand."""

    confirmed: int
    offered: int
    waiting: int

    @property
    def people(self) -> int:
        return self.confirmed + self.offered + self.waiting


def told_count(offerings: Iterable[Offering]) -> Told:
    """Return how many people are told when these offerings move or are called off, in one query."""
    rows = Reservation.objects.live().filter(offering__in=list(offerings))
    return Told(
        **rows.aggregate(
            confirmed=Count("pk", filter=Q(state=State.CONFIRMED)),
            offered=Count("pk", filter=Q(state__in=[State.OFFERED, State.REQUESTED])),
            waiting=Count("pk", filter=Q(state=State.WAITLISTED)),
        )
    )


def desks_between(user: User, start: datetime, end: datetime) -> list[DeskLine]:
    """Return the desks that this member of staff may run, of what starts in the half-open span, by time."""
    states = (Offering.State.PUBLISHED, Offering.State.FINISHED)
    own = (
        Offering.objects.managed_by(user)
        .filter(state__in=states, starts_at__gte=start, starts_at__lt=end)
        .exclude(kind__in=kinds_with_shared_desks())
        .select_related("venue__host_unit")
        .annotate(
            arrived=Count("reservations", filter=Q(reservations__state=State.ATTENDED)),
        )
        .order_by("starts_at", "pk")
    )
    lines = [_desk_line(offering) for offering in own] + shared_desks(user, start, end)
    return sorted(lines, key=lambda line: line.starts_at)


def _desk_line(offering: Offering) -> DeskLine:
    """Return an offering's own desk; who has arrived is annotated."""
    args = [offering.pk]
    return DeskLine(
        title=offering.title,
        kind=offering.get_kind_display(),
        starts_at=offering.starts_at,
        ends_at=offering.ends_at,
        place=str(offering.venue or ""),
        arrived=offering.arrived,
        booked=offering.places_taken,
        is_finished=offering.state == Offering.State.FINISHED,
        url=reverse("reservations:desk-detail", args=args),
        poster_url=reverse("reservations:desk-poster", args=args),
        sheet_url=reverse("reservations:desk-sheet", args=args),
    )


def desk_closed_words(offering: Offering, at: datetime) -> str:
    """Return why nobody can be checked in now, and from when on; empty while the desk is open."""
    if offering.state == Offering.State.CANCELLED:
        return "这场已取消，名单仅供查看。"
    numbers = booking_rules()
    opens_at = rules.check_in_opens_at(starts_at=offering.starts_at, rules=numbers)
    if at < opens_at:
        return f"{moment(opens_at)} 起可以签到和登记，现在名单仅供查看。"
    is_open = rules.is_desk_open(starts_at=offering.starts_at, ends_at=offering.ends_at, at=at, rules=numbers)
    return "" if is_open else f"结束已超过 {numbers.desk_open_days} 天，名单仅供查看。"


def desk_counts(offering: Offering) -> DeskCounts:
    """Return the desk's numbers, counted in one query."""
    booked = Q(state__in=Reservation.COUNTED, is_walk_in=False)
    there = Q(state=State.ATTENDED)
    numbers = offering.reservations.aggregate(
        booked=Count("pk", filter=booked),
        arrived=Count("pk", filter=there & Q(is_walk_in=False)),
        walk_ins=Count("pk", filter=there & Q(is_walk_in=True)),
    )
    return DeskCounts(**numbers)


def desk_rows(offering: Offering, search: str = "") -> QuerySet[Reservation]:
    """Return who is expected or there, found by the last digits of the phone or a part of the name."""
    rows = with_position(offering.reservations.exclude(state=State.CANCELLED).select_related("person"))
    for word in search.replace("\0", " ").split()[:2]:
        by_phone = Q(person__phone__endswith=word) if word.isascii() and word.isdigit() else Q(pk__in=[])
        rows = rows.filter(by_phone | Q(person__name__icontains=word))
    return rows.annotate(part=ORDER).order_by("part", "-checked_in_at", "queued_at", "pk")


def desk_row(reservation: Reservation) -> DeskRow:
    """Return a reservation as the desk shows it; its position is annotated by ``with_position``."""
    words = {
        State.WAITLISTED: f"候补第 {reservation.position} 位",
        State.ATTENDED: "现场登记" if reservation.is_walk_in else "已签到",
    }
    return DeskRow(
        pk=reservation.pk,
        name=str(reservation.person),
        phone=reservation.person.masked_phone,
        word=words.get(reservation.state, reservation.get_state_display()),
        checked_in_at=reservation.checked_in_at,
        is_walk_in=reservation.is_walk_in,
    )


def holders_of(offering: Offering) -> QuerySet[Reservation]:
    """Return who holds a place or was there, in the order of names, for the sheet on paper."""
    holding = offering.reservations.filter(state__in=[State.CONFIRMED, State.ATTENDED, State.NO_SHOW])
    return holding.filter(is_walk_in=False).select_related("person").order_by("person__name", "pk")
