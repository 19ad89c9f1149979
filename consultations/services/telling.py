"""What mentors are told about their duties, in the caller's transaction."""

from datetime import datetime

from consultations.models import ConsultationShift
from consultations.wordings import Kind
from mentor_portal.notifications.services import Note, say
from mentor_portal.wording import span


def tell_mentor(shift: ConsultationShift, kind: Kind, at: datetime) -> None:
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
