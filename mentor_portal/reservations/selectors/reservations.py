"""What pages show of offerings and reservations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from mentor_portal.accounts.models import User
from mentor_portal.reservations import rules
from mentor_portal.reservations.kinds import Afterwards, afterwards, booking_url, detail_url
from mentor_portal.reservations.models import Offering, Reservation, Suspension
from mentor_portal.reservations.services.places import booking_rules
from mentor_portal.reservations.services.suspensions import refusal_of
from mentor_portal.wording import clock, moment

State = Reservation.State
# What still waits for somebody's word: one's own, the staff's, or for a place.
PENDING = (State.OFFERED, State.REQUESTED, State.WAITLISTED)


@dataclass(kw_only=True)
class Card:
    """An offering as a list shows it to one viewer."""

    pk: int
    title: str
    url: str
    book_url: str
    starts_at: datetime
    ends_at: datetime
    place: str
    seats: rules.SeatsLine
    mentor_names: list[str] = field(default_factory=list)
    category_slug: str = ""
    category_name: str = ""
    type_name: str = ""
    mine: str = ""


@dataclass(kw_only=True)
class ReservationLine:
    """A reservation as its person sees it: where it stands and what to do next."""

    pk: int
    offering_pk: int
    kind: str
    title: str
    url: str
    kind_word: str
    starts_at: datetime
    ends_at: datetime
    place: str
    state: str
    word: str
    next_step: str
    position: int | None = None
    offer_expires_at: datetime | None = None
    accept_url: str = ""
    decline_url: str = ""
    cancel_url: str = ""
    excuse_url: str = ""
    calendar_url: str = ""
    afterwards: Afterwards | None = None


def suspension_of(person: User | AnonymousUser, at: datetime) -> Suspension | None:
    """Return what pauses a person's booking now, if anything does."""
    if not person.is_authenticated:
        return None
    return Suspension.objects.of(person).in_force(at).first()


def suspended_words(person: User | AnonymousUser, at: datetime) -> str:
    """Return what a person hears who may not book now, nothing where booking is not paused."""
    suspension = suspension_of(person, at)
    return str(refusal_of(suspension)) if suspension else ""


def place_of(offering: Offering) -> str:
    """Return 长沙 · 中心二楼课堂; the venue and its unit are loaded with the offering."""
    return str(offering.venue) if offering.venue else ""


def seats_of(offering: Offering, at: datetime) -> rules.SeatsLine:
    """Return how the seats of an offering stand at a moment."""
    state = rules.SeatsState(
        is_draft=offering.state == Offering.State.DRAFT,
        is_cancelled=offering.state == Offering.State.CANCELLED,
        is_finished=offering.state == Offering.State.FINISHED,
        starts_at=offering.starts_at,
        ends_at=offering.ends_at,
        booking_opens_at=offering.booking_opens_at,
        booking_closes_at=offering.booking_closes_at,
        capacity=offering.capacity,
        taken=offering.places_taken,
        waiting=offering.waiting_count,
    )
    return rules.seats_line(
        state,
        at=at,
        few_seats=booking_rules().few_seats,
        opens_word=moment(offering.booking_opens_at),
    )


def cards_for(offerings: Iterable[Offering], *, person: User | AnonymousUser, at: datetime) -> list[Card]:
    """Return the cards of offerings, with the viewer's own reservation on each.

    Costs one query for a person and none for a visitor; load venue__host_unit beforehand.
    """
    offerings = list(offerings)
    mine = own_words(offerings, person)
    return [
        Card(
            pk=offering.pk,
            title=offering.title,
            url=detail_url(offering.kind, offering.pk),
            book_url=booking_url(offering.kind, offering.pk),
            starts_at=offering.starts_at,
            ends_at=offering.ends_at,
            place=place_of(offering),
            seats=seats_of(offering, at),
            mine=mine.get(offering.pk, ""),
        )
        for offering in offerings
    ]


def own_words(offerings: Sequence[Offering], person: User | AnonymousUser) -> dict[int, str]:
    """Return, by offering, the word for the person's own live reservation."""
    if not person.is_authenticated or not offerings:
        return {}
    rows = with_position(
        Reservation.objects.of(person).live().filter(offering__in=[offering.pk for offering in offerings])
    )
    return {row.offering_id: word_of(row) for row in rows}


def with_position(reservations: QuerySet[Reservation]) -> QuerySet[Reservation]:
    """Annotate how many stand before each in its waiting list, the row itself included."""
    ahead = (
        Reservation.objects.filter(
            offering=OuterRef("offering"),
            state=State.WAITLISTED,
            queued_at__lte=OuterRef("queued_at"),
        )
        .exclude(queued_at=OuterRef("queued_at"), pk__gt=OuterRef("pk"))
        .order_by()
        .values("offering")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return reservations.annotate(position=Coalesce(Subquery(ahead), 0))


def own_reservation(offering: Offering, person: User | AnonymousUser) -> Reservation | None:
    """Return the person's standing reservation for an offering, with its position."""
    if not person.is_authenticated:
        return None
    rows = Reservation.objects.of(person).filter(offering=offering).exclude(state=State.CANCELLED)
    return with_position(rows).first()


def reservations_of(person: User, tab: str, at: datetime) -> QuerySet[Reservation]:
    """Return a person's reservations under one of the tabs coming, waiting and past."""
    rows = with_position(Reservation.objects.of(person).select_related("offering__venue__host_unit"))
    if tab == "waiting":
        # Offers first: they run out.
        return rows.filter(state__in=PENDING, offering__ends_at__gt=at).order_by(
            F("offer_expires_at").asc(nulls_last=True), "offering__starts_at", "pk"
        )
    if tab == "past":
        return rows.exclude(state__in=Reservation.LIVE, offering__ends_at__gt=at).order_by(
            "-offering__starts_at", "-pk"
        )
    return rows.filter(state=State.CONFIRMED, offering__ends_at__gt=at).order_by("offering__starts_at", "pk")


def tab_counts(person: User, at: datetime) -> dict[str, int]:
    """Return how many reservations are coming and how many wait, in one query."""
    states = (
        Reservation.objects.of(person)
        .live()
        .filter(offering__ends_at__gt=at)
        .order_by()
        .values_list("state")
        .annotate(count=Count("pk"))
    )
    by_state = dict(states)
    waiting = sum(by_state.get(state, 0) for state in PENDING)
    return {"coming": by_state.get(State.CONFIRMED, 0), "waiting": waiting}


def line_for(reservation: Reservation, at: datetime) -> ReservationLine:
    """Return a reservation as its person sees it; its position is annotated by ``with_position``."""
    offering = reservation.offering
    line = ReservationLine(
        pk=reservation.pk,
        offering_pk=offering.pk,
        kind=offering.kind,
        title=offering.title,
        url=detail_url(offering.kind, offering.pk),
        kind_word=offering.get_kind_display(),
        starts_at=offering.starts_at,
        ends_at=offering.ends_at,
        place=place_of(offering),
        state=reservation.state,
        word=word_of(reservation),
        next_step=_next_step(reservation, at),
    )
    if at < offering.starts_at:
        _add_actions(line, reservation, at)
    return line


def lines_for(reservations: Sequence[Reservation], at: datetime) -> list[ReservationLine]:
    """Return the lines of reservations, with what can be done with those that are over."""
    found = afterwards(reservations, at)
    lines = [line_for(each, at) for each in reservations]
    for line in lines:
        line.afterwards = found.get(line.pk)
    return lines


def _add_actions(line: ReservationLine, reservation: Reservation, at: datetime) -> None:
    args = [reservation.pk]
    if reservation.state == State.WAITLISTED:
        line.position = reservation.position
        line.cancel_url = reverse("reservations:cancel", args=args)
    elif reservation.state == State.REQUESTED:
        line.cancel_url = reverse("reservations:cancel", args=args)
    elif reservation.state == State.OFFERED:
        line.offer_expires_at = reservation.offer_expires_at
        line.accept_url = reverse("reservations:accept", args=args)
        line.decline_url = reverse("reservations:decline", args=args)
    elif reservation.state == State.CONFIRMED:
        line.calendar_url = reverse("reservations:calendar-one", args=args)
        if at <= _free_until(reservation):
            line.cancel_url = reverse("reservations:cancel", args=args)
        elif not reservation.excuse:
            line.excuse_url = reverse("reservations:excuse", args=args)


def word_of(reservation: Reservation) -> str:
    """Return how a reservation stands, in a word; its position is annotated by ``with_position``."""
    if reservation.state == State.WAITLISTED:
        return f"候补第 {reservation.position} 位"
    if reservation.state == State.CANCELLED:
        return reservation.get_cause_display()
    return reservation.get_state_display()


def _next_step(reservation: Reservation, at: datetime) -> str:
    offering = reservation.offering
    if reservation.state == State.OFFERED:
        return f"请在 {moment(reservation.offer_expires_at)} 前确认，逾期递补给下一位"
    if reservation.state == State.WAITLISTED:
        return "有名额时会按顺序通知您"
    if reservation.state == State.REQUESTED:
        return "时段已为您保留，工作人员审核后通知您"
    if reservation.state == State.CONFIRMED and at < offering.starts_at:
        return _next_step_before_start(reservation, at)
    if reservation.state == State.ATTENDED:
        return f"{moment(reservation.checked_in_at)} 签到"
    if reservation.state == State.NO_SHOW:
        return "没有签到记录，如有误请联系工作人员"
    if reservation.excuse == Reservation.Excuse.ASKED:
        return "请假待工作人员处理"
    if reservation.state == State.CONFIRMED and at < offering.ends_at:
        return "正在进行，请扫门口的签到码"
    return reservation.cause_note


def _next_step_before_start(reservation: Reservation, at: datetime) -> str:
    if reservation.excuse == Reservation.Excuse.ASKED:
        return "请假待工作人员处理"
    if reservation.excuse == Reservation.Excuse.REFUSED:
        return "请假未获准，请按时到场"
    free_until = _free_until(reservation)
    if at <= free_until:
        return f"{moment(free_until)} 前可取消"
    return f"请于 {clock(reservation.offering.starts_at)} 前到场；不能到场请先请假"


def _free_until(reservation: Reservation) -> datetime:
    offering = reservation.offering
    return rules.free_cancel_until(
        starts_at=offering.starts_at, one_to_one=offering.is_one_to_one, rules=booking_rules()
    )
