"""Makes pairings for tests: proposed, and brought step by step to any state; and consultations held."""

from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from consultations import services
from consultations.models import ConsultationShift, Pairing, PairingContact, Placement
from mentor_portal.accounts.models import User
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.services import OfferingPlan, create_offering, publish_offering
from mentors.models import Mentor
from tests import duties, offerings
from tests.documents import PDF

EMPLOYER = "三一重工股份有限公司"


def proposed(mentor: Mentor, seeker: User, at: datetime | None = None, **fields: object) -> Pairing:
    """Make a pairing that was proposed ten days ago."""
    at = at or timezone.now() - timedelta(days=10)
    values = {"goal": "三个月内找到质检岗位", "by": mentor.user}
    return services.propose_pairing(mentor=mentor, job_seeker=seeker, at=at, **values | fields)


def active(mentor: Mentor, seeker: User, at: datetime | None = None, **fields: object) -> Pairing:
    pairing = proposed(mentor, seeker, at, **fields)
    return services.accept_pairing(pairing=pairing, by=seeker, at=pairing.created_at + timedelta(hours=1))


def outcome(**fields: object) -> services.Outcome:
    """Return work that began today, with a small PDF file as its proof."""
    values = {
        "kind": Placement.Kind.JOB,
        "name": EMPLOYER,
        "started_on": timezone.localdate(),
        "proof": ContentFile(PDF, name="劳动合同.pdf"),
    }
    return services.Outcome(**values | fields)


def claim(pairing: Pairing, at: datetime | None = None, **fields: object) -> Pairing:
    """Let the mentor report an outcome; returns the pairing as it is then."""
    said = outcome(**fields)
    by = pairing.mentor.user
    services.claim_outcome(pairing=pairing, outcome=said, by=by, at=at or timezone.now())
    return Pairing.objects.get(pk=pairing.pk)


def claimed(mentor: Mentor, seeker: User, **fields: object) -> Pairing:
    return claim(active(mentor, seeker), **fields)


def confirmed(mentor: Mentor, seeker: User, **fields: object) -> Pairing:
    pairing = claimed(mentor, seeker, **fields)
    return services.confirm_outcome(pairing=pairing, by=seeker, at=timezone.now())


def verified(mentor: Mentor, seeker: User, by: User, **fields: object) -> Pairing:
    pairing = confirmed(mentor, seeker, **fields)
    services.verify_placement(pairing=pairing, by=by, at=timezone.now())
    return Pairing.objects.get(pk=pairing.pk)


def contact(pairing: Pairing, on: date | None = None, note: str = "只给导师看的备注") -> PairingContact:
    return services.log_contact(
        pairing=pairing,
        contacted_on=on or timezone.localdate(),
        means=PairingContact.Means.PHONE,
        note=note,
        by=pairing.mentor.user,
        at=timezone.now(),
    )


def consultation(
    mentor: Mentor,
    person: User,
    kind: OfferingKind = OfferingKind.CONSULTATION,
    days: int = -3,
    **fields: object,
) -> Reservation:
    """Make a one-to-one with the mentor so many days from now; who booked it was there, if it is past."""
    starts_at = timezone.now() + timedelta(days=days)
    is_past = starts_at < timezone.now()
    values = {
        "state": Reservation.State.ATTENDED if is_past else Reservation.State.CONFIRMED,
        "confirmed_at": starts_at - timedelta(days=1),
        "checked_in_at": starts_at if is_past else None,
    }
    if kind == OfferingKind.CONSULTATION:
        reservation = _one_to_one(mentor, person, starts_at)
        Reservation.objects.filter(pk=reservation.pk).update(**values | fields)
        reservation.refresh_from_db()
        return reservation
    offering = _other(kind, mentor, starts_at)
    return Reservation.objects.create(offering=offering, person=person, **values | fields)


def _one_to_one(mentor: Mentor, person: User, starts_at: datetime) -> Reservation:
    shift = ConsultationShift.objects.create(
        mentor=mentor,
        host_unit=offerings.province(),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30),
    )
    [slot] = duties.slots_of(duties.arrange(shift, at=starts_at - timedelta(days=10)))
    return duties.book(slot, person, at=starts_at - timedelta(days=2))


def _other(kind: OfferingKind, mentor: Mentor, starts_at: datetime) -> Offering:
    plan = OfferingPlan(
        title=f"与{mentor.name}导师的诊断",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30),
        host_unit=offerings.province(),
        venue=offerings.make_venue(),
        hosts=[mentor.user],
        capacity=1,
        booking_opens_at=starts_at - timedelta(days=30),
        booking_closes_at=starts_at,
    )
    offering = create_offering(kind=kind, plan=plan, by=mentor.user)
    publish_offering(offering=offering, by=mentor.user, at=timezone.now())
    Offering.objects.filter(pk=offering.pk).update(places_taken=1)
    return offering
