"""Makes consultation duties for tests: declared, arranged with a room of their own, and booked slots."""

from datetime import datetime, timedelta

from django.utils import timezone

from consultations import services
from consultations.models import ConsultationShift, ConsultationSlot
from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Reservation, Venue
from mentor_portal.reservations.services import check_in_at_desk
from mentors.models import Appointment, Mentor
from tests import moments, offerings

Kind = ConsultationShift.Kind


def appoint(mentor: Mentor, number: int = 1) -> Mentor:
    """Give a mentor a term that runs from last month for two years."""
    today = moments.in_days(0).date()
    Appointment.objects.create(
        mentor=mentor,
        number=f"湘职导〔2025〕{number:04}-{mentor.pk}号",
        starts_on=today - timedelta(days=30),
        ends_on=today + timedelta(days=700),
    )
    return mentor


def make_room(kind: Kind = Kind.CONSULTATION, **fields: object) -> Venue:
    return offerings.make_venue(kind=kind.value, seats=2, **fields)


def duty_plan(starts_at: datetime | None = None, hours: float = 2, **fields: object) -> services.DutyPlan:
    """Return what a mentor declares: two hours from nine o'clock in three days, at the province."""
    starts_at = (starts_at or moments.in_days(3)).astimezone(moments.SHANGHAI)
    values = {
        "kind": Kind.CONSULTATION,
        "host_unit": offerings.province(),
        "first_on": starts_at.date(),
        "begins": starts_at.time(),
        "ends": (starts_at + timedelta(hours=hours)).time(),
    }
    return services.DutyPlan(**values | fields)


def declare(mentor: Mentor | None = None, at: datetime | None = None, **fields: object):
    """Declare a duty, or several when ``until_on`` is given; who has no term gets one."""
    mentor = mentor or offerings.make_mentor()
    if not mentor.appointments.exists():
        appoint(mentor)
    at = at or timezone.now()
    return services.declare_shifts(mentor=mentor, plan=duty_plan(**fields), by=mentor.user, at=at)


def make_shift(
    mentor: Mentor | None = None,
    room: Venue | None = None,
    by: User | None = None,
    at: datetime | None = None,
    **fields: object,
) -> ConsultationShift:
    """Make an arranged duty with its published slots; fields are those of ``duty_plan``.

    ``at`` is the moment at which it is declared and arranged: earlier than a duty that runs already.
    """
    at = at or timezone.now()
    [shift] = declare(mentor, at=at, **fields)
    return arrange(shift, room=room, by=by, at=at)


def arrange(
    shift: ConsultationShift, room: Venue | None = None, by: User | None = None, at: datetime | None = None
) -> ConsultationShift:
    room = room or make_room(ConsultationShift.Kind(shift.kind), unit=shift.host_unit)
    by = by or User.objects.filter(is_staff=True).first()
    by = by or User.objects.create_user("18800000001", name="中心小王", is_staff=True)
    return services.arrange_shift(shift=shift, room=room, by=by, at=at or timezone.now())


def running_shift(
    mentor: Mentor | None = None, at: datetime | None = None, hours: float = 2, **fields: object
) -> ConsultationShift:
    """Make an arranged duty that began a quarter of an hour ago, whatever the time of day is now."""
    at = at or timezone.now()
    starts_at = at.replace(second=0, microsecond=0) - timedelta(minutes=15)
    day_before = starts_at - timedelta(days=1)
    values = {
        "mentor": mentor or appoint(offerings.make_mentor()),
        "host_unit": offerings.province(),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=hours),
        "declared_at": day_before,
    }
    shift = ConsultationShift.objects.create(**values | fields)
    return arrange(shift, at=day_before)


def slots_of(shift: ConsultationShift) -> list[ConsultationSlot]:
    """Return a duty's slots in the order of time."""
    rows = shift.slots.select_related("offering", "shift__mentor")
    return list(rows.order_by("offering__starts_at"))


def book(
    slot: ConsultationSlot, person: User, question: str = "转行做数控怎么准备", at: datetime | None = None
) -> Reservation:
    at = at or timezone.now()
    outcome = services.book_slot(slot=slot, person=person, question=question, by=person, at=at)
    return outcome.reservation


def book_before(slot: ConsultationSlot, person: User, **fields: object) -> Reservation:
    """Book a slot an hour before it begins, also where that is past."""
    return book(slot, person, at=slot.offering.starts_at - timedelta(hours=1), **fields)


def check_in(reservation: Reservation, by: User, at: datetime | None = None) -> Reservation:
    """Let somebody be there."""
    return check_in_at_desk(reservation=reservation, by=by, at=at or timezone.now()).reservation
