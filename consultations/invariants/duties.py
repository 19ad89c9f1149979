"""What must always be true of duties and their slots, looked up in the whole database."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from consultations.models import Consultation, ConsultationShift, ConsultationSlot
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Hosting, Offering, Reservation

State = ConsultationShift.State


def broken() -> Iterator[str]:
    """Yield one sentence for each broken invariant."""
    for row in ConsultationSlot.objects.exclude(offering__kind=OfferingKind.CONSULTATION).order_by("pk"):
        yield f"slot {row.pk}: its offering is not a consultation"
    orphans = Offering.objects.filter(kind=OfferingKind.CONSULTATION, consultation_slot__isnull=True)
    for row in orphans.order_by("pk"):
        yield f"offering {row.pk}: is a consultation without a slot"
    yield from _slots_unlike_their_duty()
    yield from _slots_without_their_mentor()
    yield from _duties_and_slots_at_odds()
    yield from _overlapping_duties()
    yield from _one_to_ones_without_a_record()


def _slots_unlike_their_duty() -> Iterator[str]:
    unlike = (
        Q(offering__starts_at__lt=F("shift__starts_at"))
        | Q(offering__ends_at__gt=F("shift__ends_at"))
        | ~Q(offering__venue=F("shift__room"))
        | ~Q(offering__host_unit=F("shift__host_unit"))
        | ~Q(offering__capacity=1)
    )
    for row in ConsultationSlot.objects.filter(unlike).order_by("pk"):
        yield f"slot {row.pk}: has another time, room, unit or size than duty {row.shift_id}"
    needs_yes = Q(shift__kind=ConsultationShift.Kind.TALENT)
    slots = ConsultationSlot.objects.order_by("pk")
    for row in slots.filter(needs_yes ^ Q(offering__needs_approval=True)):
        yield f"slot {row.pk}: asks for the staff's yes where its room does not, or the other way round"


def _slots_without_their_mentor() -> Iterator[str]:
    hosting = Hosting.objects.filter(offering=OuterRef("pk"), person=OuterRef("shift__mentor__user"))
    for row in ConsultationSlot.objects.filter(~Exists(hosting)).order_by("pk"):
        yield f"slot {row.pk}: the mentor of duty {row.shift_id} does not host it"


def _duties_and_slots_at_odds() -> Iterator[str]:
    slots = ConsultationSlot.objects.filter(shift=OuterRef("pk"))
    for row in ConsultationShift.objects.filter(~Exists(slots), state=State.APPROVED).order_by("pk"):
        yield f"duty {row.pk}: is arranged, but has no slots"
    undecided = ConsultationShift.objects.exclude(state__in=[State.APPROVED, State.CANCELLED])
    for row in undecided.filter(Exists(slots)).order_by("pk"):
        yield f"duty {row.pk}: is {row.state}, but has slots"
    open_slots = slots.filter(
        offering__state=Offering.State.PUBLISHED, offering__starts_at__gt=OuterRef("decided_at")
    )
    for row in ConsultationShift.objects.filter(Exists(open_slots), state=State.CANCELLED).order_by("pk"):
        yield f"duty {row.pk}: is cancelled, but slots of it are open"


def _overlapping_duties() -> Iterator[str]:
    """What a mentor has declared waits for a room only once at a time."""
    waiting = ConsultationShift.objects.submitted()
    others = waiting.filter(
        mentor=OuterRef("mentor"), starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
    ).exclude(pk=OuterRef("pk"))
    for row in waiting.filter(Exists(others)).order_by("pk"):
        yield f"duty {row.pk}: waits for a room at the time of another duty of its mentor"


def _one_to_ones_without_a_record() -> Iterator[str]:
    """What was booked online has its question."""
    record = Consultation.objects.filter(pk=OuterRef("pk"))
    booked = Reservation.objects.filter(offering__kind=OfferingKind.CONSULTATION, is_walk_in=False)
    for row in booked.filter(~Exists(record)).order_by("pk"):
        yield f"reservation {row.pk}: is for a one-to-one, but has no record of its question"
