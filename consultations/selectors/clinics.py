"""What clinics show: cards, one's own turn, the room with its queue, and the mentor's next ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from consultations.models import ClinicTurn, Consultation, PanelClinic, PanelClinicQuerySet
from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.selectors import Card, cards_for, place_of
from mentor_portal.wording import clock
from mentors.models import Mentor

# More than so many are left to the page behind the desk.
CLINICS_ON_DESK = 10
KIND_WORD = "集中诊断"

State = ClinicTurn.State


@dataclass(frozen=True, kw_only=True)
class OwnTurn:
    """A person's own turn: the number, and in words how far it is."""

    number: int
    ahead: int
    word: str
    next_step: str
    tone: str
    is_open: bool
    can_rate: bool


@dataclass(frozen=True, kw_only=True)
class TurnLine:
    """Somebody in the queue, as mentors and staff see it."""

    number: int
    name: str
    question: str
    word: str
    since: datetime
    mentor_name: str
    outcome: str
    is_mine: bool
    is_there: bool
    note_url: str
    move_url: str


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A mentor at a clinic, and whom the mentor has before them."""

    pk: int
    name: str
    line: TurnLine | None
    seen: int


@dataclass(frozen=True, kw_only=True)
class Room:
    """The queue of a clinic: who waits, who is with whom, who was seen, who left.

    ``done_shown`` are, for a mentor, those of the own.
    """

    seats: list[Seat]
    waiting: list[TurnLine]
    done: list[TurnLine]
    left: list[TurnLine]
    expected: int
    can_call: bool
    opens_word: str
    done_shown: list[TurnLine]


@dataclass(frozen=True, kw_only=True)
class ClinicLine:
    """A clinic as its mentor sees it; ``tone`` is the state of a status line."""

    pk: int
    title: str
    url: str
    starts_at: datetime
    ends_at: datetime
    place: str
    seats: str
    tone: str
    word: str
    next_step: str
    is_today: bool
    can_answer: bool = False


@dataclass(frozen=True, kw_only=True)
class ComingClinics:
    """A mentor's next clinics: those of today, and the later ones."""

    today: list[ClinicLine]
    later: list[ClinicLine]


def coming(at: datetime) -> PanelClinicQuerySet:
    """The public ones that have not ended, the next one first."""
    return PanelClinic.objects.visible().coming(at)


def clinic_cards(clinics: Iterable[PanelClinic], *, person: User | AnonymousUser, at: datetime) -> list[Card]:
    """Return the cards of clinics loaded with ``for_cards``."""
    clinics = list(clinics)
    cards = cards_for([clinic.offering for clinic in clinics], person=person, at=at)
    for card, clinic in zip(cards, clinics, strict=True):
        card.mentor_names = [mentor.name for mentor in clinic.mentors.all()]
        card.category_slug = clinic.category.slug
        card.category_name = clinic.category.short_name
        card.type_name = KIND_WORD
    return cards


def own_turn(clinic: PanelClinic, person: User | AnonymousUser) -> OwnTurn | None:
    """Return where a person stands in the queue, None for whoever has no number."""
    if not person.is_authenticated:
        return None
    turns = clinic.turns.select_related("mentor", "reservation__consultation__reservation")
    turn = turns.filter(reservation__person=person).order_by("-number").first()
    if turn is None or turn.reservation.state != Reservation.State.ATTENDED:
        return None
    ahead = _ahead_of(turn) if turn.state == State.WAITING else 0
    word, next_step, tone = _own_words(turn, ahead)
    return OwnTurn(
        number=turn.number,
        ahead=ahead,
        word=word,
        next_step=next_step,
        tone=tone,
        is_open=turn.state != State.DONE,
        can_rate=turn.state == State.DONE and turn.reservation.consultation.can_be_rated,
    )


def own_consultation(clinic: PanelClinic, person: User | AnonymousUser) -> Consultation | None:
    """Return what a person asked at a clinic and how it was, the last booking first."""
    if not person.is_authenticated:
        return None
    own = Consultation.objects.of(person).filter(reservation__offering=clinic.pk)
    return own.select_related("reservation", "resume").order_by("-pk").first()


def room_of(clinic: PanelClinic, *, mentor: Mentor | None, at: datetime) -> Room:
    """Return the room of a clinic for one of its mentors, or for staff, in a fixed number of queries."""
    lines: dict[str, list[TurnLine]] = {state: [] for state in State.values}
    turns = list(clinic.turns.for_lines().order_by("queued_at", "number"))
    for turn in turns:
        lines[turn.state].append(_line(clinic, turn, mentor))
    offering = clinic.offering
    done = sorted(lines[State.DONE], key=lambda line: line.since, reverse=True)
    return Room(
        seats=_seats(clinic, turns, mentor),
        waiting=lines[State.WAITING],
        done=done,
        left=lines[State.LEFT],
        expected=offering.reservations.filter(state=Reservation.State.CONFIRMED).count(),
        can_call=offering.state in (Offering.State.PUBLISHED, Offering.State.FINISHED)
        and at >= offering.starts_at,
        opens_word=clock(offering.starts_at),
        done_shown=[line for line in done if mentor is None or line.is_mine],
    )


def coming_of(mentor: Mentor, at: datetime) -> ComingClinics:
    """Return a mentor's clinics that have not ended and were not called off, the next one first."""
    waiting = Count("turns", filter=Q(turns__state=State.WAITING))
    rows = (
        PanelClinic.objects.given_by(mentor)
        .published()
        .coming(at)
        .select_related("offering__venue__host_unit")
        .annotate(waiting=waiting)
    )
    lines = [_clinic_line(row, at) for row in rows[:CLINICS_ON_DESK]]
    return ComingClinics(
        today=[line for line in lines if line.is_today], later=[line for line in lines if not line.is_today]
    )


def _ahead_of(turn: ClinicTurn) -> int:
    earlier = Q(queued_at__lt=turn.queued_at) | Q(queued_at=turn.queued_at, number__lt=turn.number)
    return ClinicTurn.objects.filter(earlier, clinic=turn.clinic_id, state=State.WAITING).count()


def _own_words(turn: ClinicTurn, ahead: int) -> tuple[str, str, str]:
    """Return the word, the next step and the tone of a status line."""
    match turn.state:
        case State.WAITING:
            step = f"前面还有 {ahead} 人" if ahead else "下一位就是您，请在现场等候"
            return f"您是第 {turn.number} 号", step, "waitlisted"
        case State.CALLED:
            return f"{turn.number} 号，轮到您了", f"请到{turn.mentor.name}导师处", "offered"
        case State.DONE:
            return f"{turn.number} 号，已完成", f"由{turn.mentor.name}导师接待", "attended"
        case _:
            return f"{turn.number} 号，已离开队伍", "还在现场请告诉工作人员", "cancelled"


def _line(clinic: PanelClinic, turn: ClinicTurn, mentor: Mentor | None) -> TurnLine:
    consultation = turn.reservation.consultation
    args = [clinic.pk, turn.number]
    return TurnLine(
        number=turn.number,
        name=str(turn.reservation.person),
        question=consultation.question,
        word=turn.get_state_display(),
        since=turn.done_at or turn.called_at or turn.queued_at,
        mentor_name=turn.mentor.name if turn.mentor else "",
        outcome=consultation.get_outcome_display() if consultation.outcome else "",
        is_mine=mentor is not None and turn.mentor_id == mentor.pk,
        is_there=turn.reservation.state == Reservation.State.ATTENDED,
        note_url=reverse("clinics:clinic-note", args=args),
        move_url=reverse("clinics:clinic-move", args=args),
    )


def _seats(clinic: PanelClinic, turns: list[ClinicTurn], mentor: Mentor | None) -> list[Seat]:
    """Each mentor with whom they take; the one who looks stands first."""
    mentors = sorted(clinic.mentors.all(), key=lambda each: (mentor is None or each.pk != mentor.pk, each.pk))
    called = {turn.mentor_id: turn for turn in turns if turn.state == State.CALLED}
    return [
        Seat(
            pk=each.pk,
            name=each.name,
            line=_line(clinic, called[each.pk], mentor) if each.pk in called else None,
            seen=len([turn for turn in turns if turn.state == State.DONE and turn.mentor_id == each.pk]),
        )
        for each in mentors
    ]


def _clinic_line(clinic: PanelClinic, at: datetime) -> ClinicLine:
    offering = clinic.offering
    is_on = offering.starts_at <= at
    is_today = is_on or timezone.localtime(offering.starts_at).date() == timezone.localtime(at).date()
    word, next_step, tone = "已发布", "当天请到现场，打开这里叫号", "confirmed"
    if is_on:
        word, next_step = "正在进行", f"现在有 {clinic.waiting} 人在等"
    elif is_today:
        word, next_step = "今天", f"{clock(offering.starts_at)} 起可以叫号，请提前到场"
    return ClinicLine(
        pk=clinic.pk,
        title=offering.title,
        url=reverse("clinics:clinic-room", args=[clinic.pk]),
        starts_at=offering.starts_at,
        ends_at=offering.ends_at,
        place=place_of(offering),
        seats=f"已约 {offering.places_taken} / {offering.capacity} 席",
        tone=tone,
        word=word,
        next_step=next_step,
        is_today=is_today,
    )
