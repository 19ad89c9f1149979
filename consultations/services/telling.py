"""What the two of a pairing are told, in the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime

from consultations.models import Pairing
from consultations.wordings import Kind
from mentor_portal.notifications.services import Note, say


def tell_seeker(pairing: Pairing, kind: Kind, at: datetime, **words: str) -> None:
    """The job seeker hears of a step."""
    _tell(pairing, [pairing.job_seeker_id], kind, at, words)


def tell_mentor(pairing: Pairing, kind: Kind, at: datetime, **words: str) -> None:
    """The mentor hears of a step."""
    _tell(pairing, [pairing.mentor.user_id], kind, at, words)


def tell_both(
    pairing: Pairing, kind: Kind, at: datetime, *, but_not: int | None = None, **words: str
) -> None:
    """Both hear of a step, or only the other one where one of them took it."""
    people = [pairing.mentor.user_id, pairing.job_seeker_id]
    _tell(pairing, [each for each in people if each != but_not], kind, at, words)


def _tell(pairing: Pairing, people: Iterable[int], kind: Kind, at: datetime, words: dict[str, str]) -> None:
    names = {"mentor": pairing.mentor.name, "seeker": str(pairing.job_seeker)}
    say(
        notes=[
            Note(
                person_id=person_id,
                key=f"pairing:{pairing.pk}:{kind}:{person_id}:{at.isoformat()}",
                kind=kind,
                words=names | words,
                path=pairing.get_absolute_url(),
                at=at,
            )
            for person_id in people
        ]
    )
