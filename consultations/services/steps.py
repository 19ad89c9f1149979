"""What every step of a pairing shares: the lock, the guard, the note of who did it."""

from datetime import datetime

from consultations import errors
from consultations.models import Pairing, PairingStep, Placement
from consultations.rules.pairings import LIVE, Act, is_theirs, may
from mentor_portal.accounts.models import User

# How a refusal names what was tried.
_WORDS = {
    Act.ACCEPT: "接受",
    Act.DECLINE: "谢绝",
    Act.LOG_CONTACT: "登记联系",
    Act.CLAIM: "上报结果",
    Act.GIVE_UP: "结束",
    Act.CONFIRM: "确认结果",
    Act.DISPUTE: "退回结果",
    Act.VERIFY: "认定",
    Act.RETURN: "退回",
    Act.REFUSE: "设为不予认定",
    Act.STOP: "中止",
}


def lock_for(act: Act, pairing: Pairing, by: User) -> Pairing:
    """Return the pairing as it is now, held until the transaction ends, where ``by`` may take the step.

    Raises NotYourStep, and PairingStandsElsewhere where somebody was first.
    """
    pairing = lock(pairing)
    sides = pairing.sides_of(by)
    if not is_theirs(act, sides):
        raise errors.NotYourStep
    if not may(act, sides, pairing.state):
        raise errors.PairingStandsElsewhere(state=pairing.get_state_display(), what=_WORDS[act])
    return pairing


def lock(pairing: Pairing) -> Pairing:
    """Return the pairing as it is now, held until the transaction ends."""
    locked = Pairing.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("mentor__user", "job_seeker").get(pk=pairing.pk)


def move(
    pairing: Pairing,
    state: Pairing.State,
    action: PairingStep.Action,
    *,
    by: User,
    at: datetime,
    reason: str = "",
) -> None:
    """Bring a locked pairing to a state and note the step."""
    pairing.state, pairing.changed_at, pairing.reason = state, at, reason
    pairing.ended_at = None if state in LIVE else at
    fields = ["state", "changed_at", "reason", "ended_at"]
    if action == PairingStep.Action.ACCEPTED:
        pairing.accepted_at = at
        fields.append("accepted_at")
    pairing.save(update_fields=fields)
    note_step(pairing, action, by=by, at=at, comment=reason)


def note_step(
    pairing: Pairing, action: PairingStep.Action, *, by: User, at: datetime, comment: str = ""
) -> None:
    PairingStep.objects.create(pairing=pairing, action=action, by=by, at=at, comment=comment)


def refuse_changed(placement: Placement, seen_at: datetime | None) -> None:
    """Raise ClaimChanged where the claim that somebody has read is not the one that stands now."""
    if seen_at is not None and seen_at != placement.claimed_at:
        raise errors.ClaimChanged


def reason_in(text: str) -> str:
    """Return the reason without the space around it. Raises ReasonMissing."""
    reason = text.strip()
    if not reason:
        raise errors.ReasonMissing
    return reason
