"""Events that earn extra points (加分项, annex 2): staff enter them with a proof, and verify them."""

from datetime import date, datetime

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from evaluation import errors
from evaluation.models import BonusEvent
from mentor_portal import portal_settings
from mentor_portal.accounts.models import User
from mentor_portal.files import DOCUMENTS, ExaminedFile, examine_file
from mentors.models import Mentor

State = BonusEvent.State


def examine_bonus_proof(*, upload: File) -> ExaminedFile:
    """Return what a proof is. Raises FileRefused."""
    return examine_file(upload=upload, allowed=DOCUMENTS, most_mb=portal_settings.read()["PROOF_FILE_MB"])


def enter_bonus(
    *, mentor: Mentor, title: str, held_on: date, proof: File, by: User, at: datetime
) -> BonusEvent:
    """Note an event of a mentor with its proof; it counts once somebody has verified it.

    Raises FileRefused, BonusInFuture, BonusTwice.
    """
    found = examine_bonus_proof(upload=proof)
    if held_on > timezone.localtime(at).date():
        raise errors.BonusInFuture
    event = BonusEvent(mentor=mentor, title=title.strip(), held_on=held_on, entered_at=at, entered_by=by)
    try:
        with transaction.atomic():
            return event.keep(proof, found)
    except IntegrityError:
        raise errors.BonusTwice(mentor=mentor.name, title=event.title, held_on=held_on) from None


def verify_bonus(*, event: BonusEvent, by: User, at: datetime) -> None:
    """Let an event count, also one that was refused; twice is once."""
    _decide(event, State.VERIFIED, by, at)


def refuse_bonus(*, event: BonusEvent, reason: str, by: User, at: datetime) -> None:
    """Keep an event from counting, also one that was verified; twice is once.

    Raises BonusRefusalUnexplained.
    """
    if not reason.strip():
        raise errors.BonusRefusalUnexplained
    _decide(event, State.REFUSED, by, at, reason.strip())


@transaction.atomic
def _decide(event: BonusEvent, state: State, by: User, at: datetime, reason: str = "") -> None:
    held = BonusEvent.objects.select_for_update(no_key=True, of=("self",)).get(pk=event.pk)
    if held.state == state:
        return
    held.state, held.reason, held.decided_by, held.decided_at = state, reason, by, at
    held.save(update_fields=["state", "reason", "decided_by", "decided_at"])
