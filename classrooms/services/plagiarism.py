"""What staff make of a courseware that resembles an earlier one: ask the mentor, hear, decide."""

from datetime import datetime

from django.db import transaction

from classrooms import errors
from classrooms.models import SimilarPair
from classrooms.services import telling
from classrooms.wordings import Kind
from mentor_portal import portal_settings
from mentor_portal.accounts.models import User
from mentor_portal.wording import end_of_day, moment
from mentor_portal.workdays import end_of_workday

State = SimilarPair.State
DECISION = ("state", "reason", "decided_at", "decided_by")


@transaction.atomic
def ask_mentor(*, pair: SimilarPair, question: str, by: User, at: datetime) -> SimilarPair:
    """Ask the mentor of the later courseware for an explanation, due in some working days.

    Raises QuestionMissing, MentorAsked, PairDecided.
    """
    if not question.strip():
        raise errors.QuestionMissing
    pair = _undecided(pair)
    if pair.state != State.FOUND:
        raise errors.MentorAsked(
            when=moment(pair.asked_at),
            mentor=pair.version.courseware.mentor.name,
            state=pair.get_state_display(),
        )
    workdays = portal_settings.read()["PLAGIARISM_ANSWER_WORKDAYS"]
    pair.state, pair.question, pair.asked_at = State.ASKED, question.strip(), at
    pair.answer_due_at = end_of_workday(at, workdays)
    pair.save(update_fields=["state", "question", "asked_at", "answer_due_at"])
    telling.tell_asked(pair, at)
    return pair


@transaction.atomic
def answer_pair(*, pair: SimilarPair, answer: str, by: User, at: datetime) -> SimilarPair:
    """Keep the mentor's explanation; the same one twice is once, and it may come late.

    Raises AnswerMissing, NothingToExplain where nothing is asked, or where it is answered or decided.
    """
    answer = answer.strip()
    if not answer:
        raise errors.AnswerMissing
    pair = _lock(pair)
    if pair.state == State.ANSWERED and pair.answer == answer:
        return pair
    if pair.state != State.ASKED:
        raise errors.NothingToExplain
    pair.state, pair.answer, pair.answered_at = State.ANSWERED, answer, at
    pair.save(update_fields=["state", "answer", "answered_at"])
    return pair


@transaction.atomic
def dismiss_pair(*, pair: SimilarPair, reason: str, by: User, at: datetime) -> SimilarPair:
    """Decide that a likeness is no plagiarism; a mentor who was asked is told.

    Raises ReasonMissing, PairDecided.
    """
    reason = _reason(reason)
    pair = _undecided(pair)
    return _decide(pair, State.DISMISSED, reason, by, at)


@transaction.atomic
def confirm_pair(*, pair: SimilarPair, reason: str, by: User, at: datetime) -> SimilarPair:
    """Decide that a courseware is somebody else's work, and tell its mentor.

    Raises ReasonMissing, PairDecided, MentorNotHeard before the mentor was asked and has answered or let
    the time pass.
    """
    reason = _reason(reason)
    pair = _undecided(pair)
    if not pair.is_heard(at):
        raise errors.MentorNotHeard(until=_until(pair))
    return _decide(pair, State.CONFIRMED, reason, by, at)


def _decide(pair: SimilarPair, state: State, reason: str, by: User, at: datetime) -> SimilarPair:
    pair.state, pair.reason, pair.decided_at, pair.decided_by = state, reason, at, by
    pair.save(update_fields=DECISION)
    if pair.asked_at:
        kind = Kind.PLAGIARISM_CONFIRMED if state == State.CONFIRMED else Kind.PLAGIARISM_DISMISSED
        telling.tell_verdict(pair, kind, at)
    return pair


def _reason(reason: str) -> str:
    if not reason.strip():
        raise errors.ReasonMissing
    return reason.strip()


def _until(pair: SimilarPair) -> str:
    if pair.state == State.FOUND:
        return "请先请导师说明，导师答复或期限过后"
    return f"导师答复，或说明期限（{end_of_day(pair.answer_due_at)}）过后，"


def _undecided(pair: SimilarPair) -> SimilarPair:
    pair = _lock(pair)
    if pair.state in SimilarPair.DECIDED:
        raise errors.PairDecided(
            who=str(pair.decided_by),
            when=moment(pair.decided_at),
            state=pair.get_state_display(),
            reason=pair.reason,
        )
    return pair


def _lock(pair: SimilarPair) -> SimilarPair:
    """Return the pair as it is now, held until the transaction ends."""
    locked = SimilarPair.objects.select_for_update(no_key=True, of=("self",))
    return locked.for_lines().select_related("decided_by").get(pk=pair.pk)
