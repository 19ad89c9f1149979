"""What staff make of an outcome that both have stated: it counts once, and for one mentor."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from consultations import errors
from consultations.models import Pairing, PairingStep, Placement
from consultations.rules.pairings import Act, Likeness
from consultations.selectors.claims import other_claims
from consultations.services import telling
from consultations.services.steps import lock_for, move, reason_in, refuse_changed
from consultations.wordings import Kind
from mentor_portal.accounts.models import User
from mentor_portal.wording import moment

State = Pairing.State
Action = PairingStep.Action
_ENDS = {Placement.Kind.JOB: State.PLACED, Placement.Kind.BUSINESS: State.STARTED_BUSINESS}


@transaction.atomic
def verify_placement(
    *,
    pairing: Pairing,
    by: User,
    at: datetime,
    seen_at: datetime | None = None,
    beside: Collection[int] = (),
    comment: str = "",
) -> Placement:
    """Let a placement count for this mentor, and tell both.

    ``seen_at`` is the moment of the claim that was read; ``beside`` names the placements of the same person
    that were looked at beside it, all that ``other_claims`` finds. Raises ClaimChanged, OtherClaimUnseen,
    JobAlreadyCounted, and what ``lock_for`` raises.
    """
    pairing = lock_for(Act.VERIFY, pairing, by)
    placement = pairing.placement
    refuse_changed(placement, seen_at)
    others = other_claims(placement)
    _refuse_counted([each.placement for each in others if each.likeness == Likeness.SAME_JOB])
    _refuse_unseen([each.placement for each in others if each.placement.pk not in beside])
    _count(placement, by, at)
    move(pairing, _ENDS[placement.kind], Action.VERIFIED, by=by, at=at, reason=comment.strip())
    telling.tell_both(pairing, Kind.OUTCOME_VERIFIED, at, outcome=str(placement))
    return placement


@transaction.atomic
def return_placement(
    *, pairing: Pairing, by: User, at: datetime, reason: str, seen_at: datetime | None = None
) -> Pairing:
    """Ask the mentor for more, and let the pairing go on.

    Raises ReasonMissing, ClaimChanged, and what ``lock_for`` raises.
    """
    reason = reason_in(reason)
    pairing = lock_for(Act.RETURN, pairing, by)
    placement = pairing.placement
    refuse_changed(placement, seen_at)
    move(pairing, State.ACTIVE, Action.RETURNED, by=by, at=at, reason=reason)
    telling.tell_mentor(pairing, Kind.OUTCOME_RETURNED, at, outcome=str(placement), reason=reason)
    return pairing


@transaction.atomic
def refuse_placement(
    *, pairing: Pairing, by: User, at: datetime, reason: str, seen_at: datetime | None = None
) -> Pairing:
    """Let a placement not count, and end the pairing as 未成; both are told why.

    Raises ReasonMissing, ClaimChanged, and what ``lock_for`` raises.
    """
    reason = reason_in(reason)
    pairing = lock_for(Act.REFUSE, pairing, by)
    placement = pairing.placement
    refuse_changed(placement, seen_at)
    move(pairing, State.UNSUCCESSFUL, Action.REFUSED, by=by, at=at, reason=reason)
    telling.tell_both(pairing, Kind.OUTCOME_REFUSED, at, outcome=str(placement), reason=reason)
    return pairing


def _refuse_unseen(unseen: Sequence[Placement]) -> None:
    if unseen:
        names = "；".join(f"{each.pairing.mentor.name}：{each}" for each in unseen)
        raise errors.OtherClaimUnseen(seeker=str(unseen[0].person), names=names)


def _count(placement: Placement, by: User, at: datetime) -> None:
    """Mark it as verified; where a colleague lets the same job count at this moment, theirs stands."""
    placement.verified_at, placement.verified_by = at, by
    try:
        with transaction.atomic():
            placement.save(update_fields=["verified_at", "verified_by"])
    except IntegrityError:
        same = Placement.objects.verified().filter(
            person=placement.person_id, name_key=placement.name_key, started_month=placement.started_month
        )
        _refuse_counted(same.select_related("pairing__mentor", "person"))
        raise


def _refuse_counted(same_job: Iterable[Placement]) -> None:
    for each in same_job:
        if each.is_verified:
            raise errors.JobAlreadyCounted(
                seeker=str(each.person),
                employer=each.name,
                when=moment(each.verified_at),
                mentor=each.pairing.mentor.name,
            )
