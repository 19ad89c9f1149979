"""Each broken invariant of clinics is named; one that was held has none."""

import pytest
from django.utils import timezone

from consultations import services
from consultations.models import ClinicTurn, Consultation
from mentor_portal.reservations.models import Hosting, Offering
from tests import clinics, offerings

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    clinic = clinics.make_running()
    clinics.make_queue(clinic, 3)
    mentor = clinic.mentors.earliest("pk")
    services.call_next(clinic=clinic, mentor=mentor, by=mentor.user, at=timezone.now())
    return clinic


def test_clinic_with_a_queue_breaks_nothing(clinic):
    assert offerings.broken_invariants() == []


def of_another_kind(clinic):
    Offering.objects.filter(pk=clinic.pk).update(kind="trip")


def without_its_row(clinic):
    Offering.objects.filter(pk=offerings.make_session().pk).update(kind="clinic")


def mentor_does_not_host(clinic):
    Hosting.objects.filter(offering=clinic.pk).first().delete()


def turn_of_another_clinic(clinic):
    clinic.turns.filter(number=3).update(clinic=clinics.make_clinic())


def turn_of_somebody_absent(clinic):
    row = clinic.turns.get(number=2).reservation
    row.state, row.checked_in_at = "no_show", None
    row.save()


def turn_with_another_mentor(clinic):
    clinic.turns.called().update(mentor=offerings.make_mentor())


def turn_without_consultation(clinic):
    Consultation.objects.filter(pk=clinic.turns.get(number=3).pk).delete()


def gap(clinic):
    ClinicTurn.objects.filter(number=2).delete()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (of_another_kind, "its offering is not a clinic"),
        (without_its_row, "is a clinic without its own row"),
        (mentor_does_not_host, "is not among its hosts"),
        (turn_of_another_clinic, "which its reservation is not for"),
        (turn_of_somebody_absent, "its person is not checked in"),
        (turn_with_another_mentor, "is not at clinic"),
        (turn_without_consultation, "has no consultation for the notes"),
        (gap, "2 turns are numbered up to 3"),
    ],
)
def test_damage_is_named(clinic, damage, said):
    damage(clinic)
    assert any(said in each for each in offerings.broken_invariants()), offerings.broken_invariants()
