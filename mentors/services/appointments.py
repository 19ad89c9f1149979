"""Terms of appointment (聘期)."""

from datetime import date

from django.db import transaction

from mentors import errors
from mentors.models import Appointment, Mentor
from mentors.rules.terms import terms_overlap


@transaction.atomic
def appoint(*, mentor: Mentor, number: str, starts_on: date, ends_on: date) -> Appointment:
    """Appoint a mentor for a term, both days included.

    Raises TermInvalid, TermOverlaps or CertificateTaken.
    """
    appointment = Appointment(mentor=mentor, number=number, starts_on=starts_on, ends_on=ends_on)
    _check(appointment)
    appointment.save()
    return appointment


@transaction.atomic
def change_appointment(
    *, appointment: Appointment, starts_on: date, ends_on: date, state: Appointment.State
) -> None:
    """Give an appointment other days or another state. Raises TermInvalid or TermOverlaps."""
    appointment.starts_on, appointment.ends_on, appointment.state = starts_on, ends_on, state
    _check(appointment)
    appointment.save(update_fields=["starts_on", "ends_on", "state"])


def _check(appointment: Appointment) -> None:
    if appointment.ends_on <= appointment.starts_on:
        raise errors.TermInvalid
    Mentor.objects.select_for_update().get(pk=appointment.mentor_id)
    taken = (
        Appointment.objects.filter(number=appointment.number)
        .exclude(pk=appointment.pk)
        .select_related("mentor")
        .first()
    )
    if taken:
        raise errors.CertificateTaken(number=taken.number, name=taken.mentor.name)
    others = Appointment.objects.filter(mentor_id=appointment.mentor_id).exclude(pk=appointment.pk)
    check_overlap(appointment, list(others))


def check_overlap(appointment: Appointment, others: list[Appointment]) -> None:
    """Raise TermOverlaps where another appointment in force shares a day with this one."""
    in_force = Appointment.State.IN_FORCE
    if appointment.state != in_force:
        return
    by_days = {(each.starts_on, each.ends_on): each for each in others if each.state == in_force}
    met = terms_overlap(appointment.starts_on, appointment.ends_on, by_days)
    if met:
        raise errors.TermOverlaps(number=by_days[met].number, starts_on=met[0], ends_on=met[1])
