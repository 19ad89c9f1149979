"""Turns what the engine announces into messages to people, in the same transaction."""

from datetime import datetime

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from mentor_portal.home.wordings import SUSPENDED
from mentor_portal.notifications.services import Note, say
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Suspension
from mentor_portal.reservations.signals import Change, Event, person_suspended, reservations_changed
from mentor_portal.wording import day, moment, span
from research.models import ResearchTrip


@receiver(reservations_changed, dispatch_uid="messages-about-reservations")
def tell_people(sender: type, offering: Offering, changes: list[Change], **_: object) -> None:
    """Write one message for each change; the same change told twice is told once."""
    place = _place(offering)
    say(notes=[_note(offering, change, place) for change in changes])


@receiver(person_suspended, dispatch_uid="messages-about-suspensions")
def tell_suspended(sender: type, suspension: Suspension, at: datetime, **_: object) -> None:
    """Say that booking is paused, why, and until when."""
    until = timezone.localtime(suspension.ends_at).date()
    note = Note(
        person_id=suspension.person_id,
        key=f"suspension:{suspension.pk}",
        kind=SUSPENDED.key,
        words={"until": day(until), "note": suspension.reason},
        path=reverse("reservations:list"),
        at=at,
    )
    say(notes=[note])


def _place(offering: Offering) -> str:
    """Return where people go: the venue, or where those who go on a trip gather."""
    if offering.kind == OfferingKind.TRIP:
        gathering = ResearchTrip.objects.filter(pk=offering.pk).values_list("gathering", flat=True)
        return "".join(f"集合地点：{place}" for place in gathering)
    return str(offering.venue) if offering.venue else "地点另行通知"


def _note(offering: Offering, change: Change, place: str) -> Note:
    reservation = change.reservation
    until = reservation.offer_expires_at
    words = {
        "offering": offering.title,
        "when": span(offering.starts_at, offering.ends_at),
        "place": place,
        "until": moment(until) if until else "",
        "note": reservation.cause_note or "因故调整",
    }
    return Note(
        person_id=reservation.person_id,
        key=_key(offering, change),
        kind=change.event,
        words=words,
        path=offering.get_absolute_url(),
        at=change.at,
        expires_at=_useful_until(offering, change),
    )


def _useful_until(offering: Offering, change: Change) -> datetime | None:
    """Until when it is worth sending: an offer as long as it holds, the rest until the end.

    What is said after the end, such as that somebody did not come, does not expire.
    """
    if change.event in (Event.OFFERED, Event.EXTRA_OFFERED):
        return change.reservation.offer_expires_at
    return offering.ends_at if offering.ends_at > change.at else None


def _key(offering: Offering, change: Change) -> str:
    """Name a change so that telling it again is recognised.

    Moves and requests for leave can happen repeatedly; a reminder is one for each start.
    """
    key = f"reservation:{change.reservation.pk}:{change.event}"
    match change.event:
        case Event.MOVED | Event.EXCUSE_ASKED:
            return f"{key}:{change.at.isoformat()}"
        case Event.REMINDER_DAY | Event.REMINDER_SOON:
            return f"{key}:{offering.starts_at.isoformat()}"
        case _:
            return key
