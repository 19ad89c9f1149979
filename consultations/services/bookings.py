"""A person's one-to-one: booking it, taking whoever is free, coming without a booking, what came of it."""

from datetime import datetime, timedelta

from django.core.files.base import File
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from consultations import errors
from consultations.models import Consultation, ConsultationSlot, Resume
from mentor_portal import files, portal_settings
from mentor_portal.accounts.models import User
from mentor_portal.reservations import services as places
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.services.places import lock_offering
from mentor_portal.wording import moment
from mentors.models import IndustrialChain, Mentor

RESUME_TYPES = (files.PDF, files.DOC, files.DOCX, *files.PICTURES)
State = Reservation.State


def examine_resume(*, upload: File) -> files.ExaminedFile:
    """Return what a résumé is. Raises FileRefused."""
    most = portal_settings.read()["RESUME_FILE_MB"]
    return files.examine_file(upload=upload, allowed=RESUME_TYPES, most_mb=most)


@transaction.atomic
def book_slot(
    *,
    slot: ConsultationSlot,
    person: User,
    question: str,
    by: User,
    at: datetime,
    resume: File | None = None,
) -> places.Outcome:
    """Book a one-to-one with a line about the question; where it is taken, a place in its queue.

    Raises what the engine's ``reserve`` raises, and FileRefused.
    """
    outcome = places.reserve(offering=slot.offering, person=person, by=by, at=at)
    if outcome.is_new:
        consultation = Consultation.objects.create(reservation=outcome.reservation, question=question)
        if resume:
            Resume(consultation=consultation).keep(resume, examine_resume(upload=resume))
    return outcome


def book_any(
    *,
    chain: IndustrialChain,
    starts_at: datetime,
    person: User,
    question: str,
    by: User,
    at: datetime,
    resume: File | None = None,
) -> places.Outcome:
    """Book whichever mentor of a chain is free then, the one with the fewest bookings that day first.

    Never ends in a queue. Raises SlotTaken where nobody is free any more, and what ``book_slot`` raises.
    """
    for slot in _free_slots(chain, starts_at, at):
        with transaction.atomic():
            if not _is_free(lock_offering(slot.pk)):
                continue
            return book_slot(slot=slot, person=person, question=question, by=by, at=at, resume=resume)
    raise errors.SlotTaken(when=moment(starts_at))


@transaction.atomic
def take_walk_in(
    *, slot: ConsultationSlot, name: str, phone: str, question: str, by: User, at: datetime
) -> places.CheckIn:
    """Note somebody without a booking who takes a slot that is free, was given back, or not come for.

    The slot is then no longer booked online. Raises SlotInUse, SlotHeld, and what ``add_walk_in`` raises.
    """
    offering = lock_offering(slot.pk)
    _refuse_if_occupied(offering, phone, at)
    checked_in = places.add_walk_in(offering=offering, name=name, phone=phone, by=by, at=at)
    places.close_booking(offering=offering, by=by, at=at)
    Consultation.objects.get_or_create(reservation=checked_in.reservation, defaults={"question": question})
    return checked_in


def record_of(*, reservation: Reservation) -> Consultation:
    """Return what is kept of a consultation; somebody whom the engine's own desk let in has no record yet."""
    return Consultation.objects.get_or_create(reservation=reservation)[0]


@transaction.atomic
def note_outcome(
    *, consultation: Consultation, mentor: Mentor, notes: str, outcome: str, by: User, at: datetime
) -> Consultation:
    """Write the mentor's private notes and what came of it; they may be amended.

    Raises NotYetHeld before the start.
    """
    consultation = Consultation.objects.select_for_update(no_key=True, of=("self",)).get(pk=consultation.pk)
    if consultation.reservation.offering.starts_at > at:
        raise errors.NotYetHeld
    consultation.notes, consultation.outcome = notes, outcome
    consultation.noted_at, consultation.noted_by = at, mentor
    consultation.save(update_fields=["notes", "outcome", "noted_at", "noted_by"])
    return consultation


@transaction.atomic
def rate(*, consultation: Consultation, rating: int, words: str, by: User, at: datetime) -> Consultation:
    """Say how satisfied one was (满意度), once it is over. Raises NotAttended, NotYetOver, RatedAlready."""
    consultation = Consultation.objects.select_for_update(no_key=True, of=("self",)).get(pk=consultation.pk)
    if consultation.reservation.state != State.ATTENDED:
        raise errors.NotAttended
    if not consultation.is_over(at):
        raise errors.NotYetOver
    if consultation.rating:
        raise errors.RatedAlready(word=consultation.get_rating_display())
    consultation.rating, consultation.rating_words, consultation.rated_at = rating, words, at
    consultation.save(update_fields=["rating", "rating_words", "rated_at"])
    return consultation


def _free_slots(chain: IndustrialChain, starts_at: datetime, at: datetime) -> list[ConsultationSlot]:
    day = timezone.localtime(starts_at).replace(hour=0, minute=0, second=0, microsecond=0)
    that_day = Q(
        shift__mentor__user__hostings__offering__starts_at__gte=day,
        shift__mentor__user__hostings__offering__starts_at__lt=day + timedelta(days=1),
        shift__mentor__user__hostings__offering__reservations__state__in=Reservation.COUNTED,
    )
    slots = ConsultationSlot.objects.bookable(at).free().of_chain(chain).one_to_one()
    bookings = Count("shift__mentor__user__hostings__offering__reservations", filter=that_day, distinct=True)
    found = slots.filter(offering__starts_at=starts_at).annotate(bookings=bookings)
    return list(found.select_related("offering").order_by("bookings", "pk"))


def _is_free(offering: Offering) -> bool:
    return (
        offering.state == Offering.State.PUBLISHED and offering.places_left > 0 and not offering.waiting_count
    )


def _refuse_if_occupied(offering: Offering, phone: str, at: datetime) -> None:
    """A slot takes one person at a time; whoever booked it has some minutes to come."""
    others = offering.reservations.exclude(person__phone=phone).select_related("person")
    there = others.filter(state=State.ATTENDED).first()
    if there:
        raise errors.SlotInUse(name=str(there.person))
    minutes = portal_settings.read()["SLOT_HELD_MINUTES"]
    if others.filter(state__in=Reservation.HOLDING) and at < offering.starts_at + timedelta(minutes=minutes):
        raise errors.SlotHeld(minutes=minutes)
