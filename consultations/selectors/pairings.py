"""What job seekers and mentors see of their pairings; private notes never reach the job seeker."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from consultations.models import Pairing, PairingContact, PairingQuerySet, PairingStep, Placement
from consultations.rules.pairings import Act, Side
from mentor_portal.accounts.models import User
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Hosting, Reservation
from mentor_portal.wording import day
from mentors.models import Mentor

LINES_ON_ME, LINES_ON_DESK = 5, 5
CONTACTS_ON_PAGE = 50
State = Pairing.State


@dataclass(frozen=True, kw_only=True)
class PairingLine:
    """A pairing as one of the two sees it; ``needs_answer`` where the next step is the reader's."""

    pk: int
    url: str
    who: str
    about: str
    goal: str
    contacts: str
    tone: str
    word: str
    next_step: str
    needs_answer: bool


@dataclass(frozen=True)
class ContactLine:
    """A contact as the reader may see it; ``note`` is empty for the job seeker."""

    contacted_on: date
    means: str
    note: str


@dataclass(frozen=True)
class DeskPanel:
    """What a mentor's desk says of pairings: live ones, and how many people found work this year."""

    lines: list[PairingLine]
    live_count: int
    placed_count: int

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.placed_count


def lines_of(person: User, at: datetime) -> list[PairingLine]:
    """Return a job seeker's pairings, live ones first, as 我的 shows them."""
    return [line_for(pairing, Side.SEEKER) for pairing in pairings_with(person)[:LINES_ON_ME]]


def pairings_with(job_seeker: User) -> PairingQuerySet:
    """Return a job seeker's pairings, loaded for ``line_for``, live ones first."""
    return Pairing.objects.filter(job_seeker=job_seeker).for_lines().in_list_order()


def pairings_of(mentor: Mentor) -> PairingQuerySet:
    """Return a mentor's pairings, loaded for ``line_for``, live ones first."""
    return Pairing.objects.of(mentor).for_lines().in_list_order()


def desk_panel(mentor: Mentor, at: datetime) -> DeskPanel:
    """Return what the mentor's desk shows at a moment, in a fixed number of queries."""
    year = timezone.localtime(at).year
    placed = Placement.objects.verified().filter(pairing__mentor=mentor, started_on__year=year)
    live = pairings_of(mentor).live()
    return DeskPanel(
        lines=[line_for(pairing, Side.MENTOR) for pairing in live[:LINES_ON_DESK]],
        live_count=Pairing.objects.of(mentor).live().count(),
        placed_count=placed.count(),
    )


def line_for(pairing: Pairing, side: Side) -> PairingLine:
    """Return a pairing loaded with ``for_lines`` as one side sees it."""
    tone, word, next_step = _standing(pairing, side)
    is_mentor = side == Side.MENTOR
    return PairingLine(
        pk=pairing.pk,
        url=pairing.get_absolute_url(),
        who=str(pairing.job_seeker) if is_mentor else f"{pairing.mentor.name} 导师",
        about="" if is_mentor else _about(pairing.mentor),
        goal=pairing.goal,
        contacts=_contacts_in_short(pairing),
        tone=tone,
        word=word,
        next_step=next_step,
        needs_answer=tone == "offered",
    )


def contacts_of(pairing: Pairing, side: Side) -> list[ContactLine]:
    """Return the latest contacts; only the mentor reads the notes."""
    latest = PairingContact.objects.filter(pairing=pairing)[:CONTACTS_ON_PAGE]
    return [
        ContactLine(each.contacted_on, each.get_means_display(), each.note if side == Side.MENTOR else "")
        for each in latest
    ]


def steps_of(pairing: Pairing) -> list[PairingStep]:
    """Return what was done with a pairing, the first step first."""
    return list(pairing.steps.select_related("by"))


def acts_of(pairing: Pairing, person: User) -> dict[str, bool]:
    """Return, by the name of each step, whether somebody may take it now."""
    return {act.value: pairing.may(act, person) for act in Act}


def consulted_by(mentor: Mentor, at: datetime) -> QuerySet[Reservation]:
    """Return reservations out of which this mentor can start a pairing.

    Those are of one-to-ones and clinics that the mentor hosted, where the person was there, or is expected
    at what has begun.
    """
    hosted = Hosting.objects.filter(offering=OuterRef("offering"), person=mentor.user_id)
    held = Reservation.objects.filter(
        Exists(hosted), offering__kind__in=[OfferingKind.CONSULTATION, OfferingKind.CLINIC]
    )
    there = held.filter(state=Reservation.State.ATTENDED)
    begun = held.filter(state=Reservation.State.CONFIRMED, offering__starts_at__lte=at)
    return (there | begun).select_related("person", "offering")


def _about(mentor: Mentor) -> str:
    return " · ".join(filter(None, [mentor.employer, mentor.title]))


def _contacts_in_short(pairing: Pairing) -> str:
    if not pairing.contact_count:
        return ""
    return f"联系 {pairing.contact_count} 次，最近 {day(pairing.last_contact_on)}"


def _standing(pairing: Pairing, side: Side) -> tuple[str, str, str]:
    """Return the tone, the word and the next step of a pairing for one side."""
    word = pairing.get_state_display()
    match pairing.state:
        case State.PLACED | State.STARTED_BUSINESS:
            return "attended", word, pairing.placement.name
        case State.DECLINED | State.UNSUCCESSFUL | State.STOPPED:
            return "cancelled", word, pairing.reason
        case State.CONFIRMED:
            return "waitlisted", word, "等待工作人员核实"
    return _of_seeker(pairing) if side == Side.SEEKER else _of_mentor(pairing)


def _of_seeker(pairing: Pairing) -> tuple[str, str, str]:
    match pairing.state:
        case State.PROPOSED:
            return "offered", "待您接受", "不需要也可以不接受"
        case State.CLAIMED:
            return "offered", "请确认结果", str(pairing.placement)
    return "confirmed", "帮扶中", ""


def _of_mentor(pairing: Pairing) -> tuple[str, str, str]:
    match pairing.state:
        case State.PROPOSED:
            return "waitlisted", "待接受", "等待求职者接受"
        case State.CLAIMED:
            return "waitlisted", "待求职者确认", str(pairing.placement)
    if pairing.reason:
        return "offered", "结果请核对", pairing.reason
    return "confirmed", "帮扶中", "有结果时请上报"
