"""A pairing's way from the proposal to the outcome that both have stated (notice 三（二）2)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import Truncator

from consultations import errors
from consultations.models import Pairing, PairingContact, PairingStep, Placement, PlacementProof
from consultations.rules import pairings as rules
from consultations.rules.pairings import Act, Start
from consultations.services import telling
from consultations.services.steps import lock_for, move, note_step, reason_in, refuse_changed
from consultations.wordings import Kind
from mentor_portal import portal_settings
from mentor_portal.accounts.models import User
from mentor_portal.files import PDF, PICTURES, ExaminedFile, examine_file
from mentor_portal.reservations.models import Reservation
from mentor_portal.wording import day
from mentors.models import Appointment, Mentor

State = Pairing.State
Action = PairingStep.Action
PROOF_TYPES = (PDF, *PICTURES)
GOAL_IN_MESSAGE = 60


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a mentor reports: work or a business of one's own, where, from when, and what shows it.

    ``proof`` may be left out where the claim was returned and the file that lies there is still right.
    """

    kind: Placement.Kind
    name: str
    started_on: date
    proof: File | None = None


def propose_pairing(
    *,
    mentor: Mentor,
    job_seeker: User,
    goal: str,
    by: User,
    at: datetime,
    started_from: Reservation | None = None,
) -> Pairing:
    """Ask a job seeker to go on with a mentor, as the mentor or as staff; the job seeker is told.

    Raises PairingWithOneself, PairingMentorNotAppointed, PairingIsLive.
    """
    if mentor.user_id == job_seeker.pk:
        raise errors.PairingWithOneself
    today = timezone.localtime(at).date()
    if not Appointment.objects.in_force(today).filter(mentor=mentor).exists():
        raise errors.PairingMentorNotAppointed(mentor=mentor.name)
    try:
        with transaction.atomic():
            pairing = Pairing.objects.create(
                mentor=mentor,
                job_seeker=job_seeker,
                goal=goal.strip(),
                started_from=started_from,
                started_by=by,
                created_at=at,
                changed_at=at,
            )
            note_step(pairing, Action.PROPOSED, by=by, at=at)
            _tell_of_proposal(pairing, by, at)
    except IntegrityError:
        live = Pairing.objects.of(mentor).live().filter(job_seeker=job_seeker).first()
        if live is None:
            raise
        raise errors.PairingIsLive(
            pk=live.pk, mentor=mentor.name, seeker=str(job_seeker), state=live.get_state_display()
        ) from None
    return pairing


@transaction.atomic
def accept_pairing(*, pairing: Pairing, by: User, at: datetime) -> Pairing:
    """The job seeker agrees, and the pairing begins. Raises what ``lock_for`` raises."""
    pairing = lock_for(Act.ACCEPT, pairing, by)
    move(pairing, State.ACTIVE, Action.ACCEPTED, by=by, at=at)
    telling.tell_mentor(pairing, Kind.PAIRING_ACCEPTED, at)
    return pairing


@transaction.atomic
def decline_pairing(*, pairing: Pairing, by: User, at: datetime, reason: str = "") -> Pairing:
    """The job seeker says no; a reason may be left out. Raises what ``lock_for`` raises."""
    pairing = lock_for(Act.DECLINE, pairing, by)
    move(pairing, State.DECLINED, Action.DECLINED, by=by, at=at, reason=reason.strip())
    telling.tell_mentor(pairing, Kind.PAIRING_DECLINED, at, reason=pairing.reason or "没有写明原因")
    return pairing


@transaction.atomic
def log_contact(
    *,
    pairing: Pairing,
    contacted_on: date,
    means: PairingContact.Means,
    by: User,
    at: datetime,
    note: str = "",
) -> PairingContact:
    """Note that the two were in touch; the job seeker sees the day and the means, never the note.

    Raises ContactNotPossible for a day to come or before the pairing, and what ``lock_for`` raises.
    """
    pairing = lock_for(Act.LOG_CONTACT, pairing, by)
    if not pairing.paired_on <= contacted_on <= timezone.localtime(at).date():
        raise errors.ContactNotPossible(first=day(pairing.paired_on))
    return PairingContact.objects.create(
        pairing=pairing, contacted_on=contacted_on, means=means, note=note.strip(), noted_at=at
    )


@transaction.atomic
def claim_outcome(*, pairing: Pairing, outcome: Outcome, by: User, at: datetime) -> Placement:
    """The mentor reports work or a business, with its proof; the job seeker is asked whether it is true.

    Raises EmployerUnnamed, StartedTooEarly, StartedTooLate, ProofMissing, FileRefused, and what
    ``lock_for`` raises.
    """
    pairing = lock_for(Act.CLAIM, pairing, by)
    _refuse_impossible(pairing, outcome, at)
    known = Placement.objects.filter(pairing=pairing).select_related("proof").first()
    found = _examined(known, outcome.proof)
    placement = _store(pairing, known, outcome, at)
    move(pairing, State.CLAIMED, Action.CLAIMED, by=by, at=at)
    telling.tell_seeker(pairing, Kind.OUTCOME_CLAIMED, at, outcome=str(placement))
    # Last of all, so that no refusal leaves a file without its row.
    if found:
        _keep_proof(known, placement, outcome.proof, found)
    return placement


def examine_proof(*, upload: File) -> ExaminedFile:
    """Return what a proof is. Raises FileRefused."""
    return examine_file(upload=upload, allowed=PROOF_TYPES, most_mb=portal_settings.read()["PROOF_FILE_MB"])


@transaction.atomic
def confirm_outcome(*, pairing: Pairing, by: User, at: datetime, seen_at: datetime | None = None) -> Pairing:
    """The job seeker says that the outcome is true; staff verify it next.

    ``seen_at`` is the moment of the claim that was read. Raises ClaimChanged, and what ``lock_for`` raises.
    """
    pairing = lock_for(Act.CONFIRM, pairing, by)
    refuse_changed(pairing.placement, seen_at)
    move(pairing, State.CONFIRMED, Action.CONFIRMED, by=by, at=at)
    telling.tell_mentor(pairing, Kind.OUTCOME_CONFIRMED, at, outcome=str(pairing.placement))
    return pairing


@transaction.atomic
def dispute_outcome(*, pairing: Pairing, by: User, at: datetime, reason: str) -> Pairing:
    """The job seeker says what is wrong with the outcome, and the pairing goes on.

    Raises ReasonMissing and what ``lock_for`` raises.
    """
    reason = reason_in(reason)
    pairing = lock_for(Act.DISPUTE, pairing, by)
    move(pairing, State.ACTIVE, Action.DISPUTED, by=by, at=at, reason=reason)
    telling.tell_mentor(pairing, Kind.OUTCOME_DISPUTED, at, outcome=str(pairing.placement), reason=reason)
    return pairing


@transaction.atomic
def end_unsuccessful(*, pairing: Pairing, by: User, at: datetime, reason: str) -> Pairing:
    """The mentor ends a pairing that led to no work (未成). Raises ReasonMissing and as ``lock_for``."""
    reason = reason_in(reason)
    pairing = lock_for(Act.GIVE_UP, pairing, by)
    move(pairing, State.UNSUCCESSFUL, Action.GIVEN_UP, by=by, at=at, reason=reason)
    telling.tell_seeker(pairing, Kind.PAIRING_UNSUCCESSFUL, at, reason=reason)
    return pairing


@transaction.atomic
def stop_pairing(*, pairing: Pairing, by: User, at: datetime, reason: str) -> Pairing:
    """Mentor, job seeker or staff break a pairing off (中止), and the others are told why.

    Raises ReasonMissing and what ``lock_for`` raises.
    """
    reason = reason_in(reason)
    pairing = lock_for(Act.STOP, pairing, by)
    move(pairing, State.STOPPED, Action.STOPPED, by=by, at=at, reason=reason)
    telling.tell_both(pairing, Kind.PAIRING_STOPPED, at, but_not=by.pk, reason=reason)
    return pairing


def _tell_of_proposal(pairing: Pairing, by: User, at: datetime) -> None:
    """The goal is told in short: it goes out by text message."""
    goal = Truncator(" ".join(pairing.goal.split())).chars(GOAL_IN_MESSAGE)
    telling.tell_seeker(pairing, Kind.PAIRING_PROPOSED, at, goal=goal)
    if by.pk != pairing.mentor.user_id:
        telling.tell_mentor(pairing, Kind.PAIRING_STARTED_BY_STAFF, at, goal=goal)


def _refuse_impossible(pairing: Pairing, outcome: Outcome, at: datetime) -> None:
    if not rules.employer_key(outcome.name):
        raise errors.EmployerUnnamed
    today = timezone.localtime(at).date()
    match rules.check_start(outcome.started_on, paired_on=pairing.paired_on, today=today):
        case Start.TOO_EARLY:
            raise errors.StartedTooEarly(first=day(pairing.paired_on))
        case Start.TOO_LATE:
            raise errors.StartedTooLate(last=day(today + rules.DAYS_AHEAD))


def _examined(known: Placement | None, upload: File | None) -> ExaminedFile | None:
    if upload is not None:
        return examine_proof(upload=upload)
    if known is None or not hasattr(known, "proof"):
        raise errors.ProofMissing
    return None


def _store(pairing: Pairing, known: Placement | None, outcome: Outcome, at: datetime) -> Placement:
    """Write what is claimed, in the row of the earlier claim where there was one."""
    placement = known or Placement(pairing=pairing, person_id=pairing.job_seeker_id)
    placement.kind, placement.name = outcome.kind, outcome.name.strip()
    placement.name_key = rules.employer_key(outcome.name)
    placement.started_on = outcome.started_on
    placement.started_month = rules.month_of(outcome.started_on)
    placement.claimed_at = at
    placement.save()
    return placement


def _keep_proof(known: Placement | None, placement: Placement, upload: File, found: ExaminedFile) -> None:
    if known is not None and hasattr(known, "proof"):
        known.proof.discard()
    PlacementProof(placement=placement).keep(upload, found)
