"""What people are told about duties, clinics and pairings, in the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from consultations.models import ConsultationShift, Pairing, PanelClinic
from consultations.wordings import Kind
from mentor_portal.notifications.services import Note, say
from mentor_portal.wording import span
from mentors.models import Mentor


def tell_of_duty(shift: ConsultationShift, kind: Kind, at: datetime) -> None:
    """The mentor hears what became of a duty; one kind of news once."""
    note = Note(
        person_id=shift.mentor.user_id,
        key=f"shift:{shift.pk}:{kind}",
        kind=kind,
        words={
            "when": span(shift.starts_at, shift.ends_at),
            "place": str(shift.room) if shift.room else "地点另行通知",
            "note": shift.comment or "因故调整",
        },
        path=shift.get_absolute_url(),
        at=at,
    )
    say(notes=[note])


def tell_clinic_mentors(
    clinic: PanelClinic, mentors: Iterable[Mentor], kind: Kind, at: datetime, note: str = ""
) -> None:
    """Mentors of a clinic hear what became of it."""
    offering = clinic.offering
    words = {
        "clinic": offering.title,
        "when": span(offering.starts_at, offering.ends_at),
        "place": str(offering.venue) if offering.venue else "地点另行通知",
        "note": note or "因故调整",
    }
    is_theirs = kind not in (Kind.CLINIC_CANCELLED, Kind.CLINIC_RELEASED)
    path = reverse("clinics:clinic-room", args=[clinic.pk]) if is_theirs else clinic.get_absolute_url()
    say(
        notes=[
            Note(
                person_id=mentor.user_id,
                key=f"clinic:{clinic.pk}:{kind}:{mentor.user_id}:{at.isoformat()}",
                kind=kind,
                words=words,
                path=path,
                at=at,
            )
            for mentor in mentors
        ]
    )


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
