"""Clinics: planning, publishing, moving, calling off, booking with a question, and what mentors are told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations import errors, services
from consultations.models import Consultation, PanelClinic
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.errors import HostClash, VenueClash
from mentor_portal.reservations.models import Reservation
from tests import clinics, offerings

pytestmark = pytest.mark.django_db
State = Reservation.State
HOUR = timedelta(hours=1)


@pytest.fixture
def clinic():
    return clinics.make_clinic(capacity=2)


def told(mentor) -> list[str]:
    return list(Message.objects.of(mentor.user).order_by("pk").values_list("kind", flat=True))


def plan_of(clinic, **fields):
    """The plan by which the clinic is as it is, with some fields changed."""
    offering = clinic.offering
    values = {
        "title": offering.title,
        "starts_at": offering.starts_at,
        "ends_at": offering.ends_at,
        "venue": offering.venue,
        "host_unit": offering.host_unit,
        "capacity": offering.capacity,
        "mentors": list(clinic.mentors.all()),
    }
    return clinics.make_plan(**values | fields)


def change(clinic, staff, **fields):
    return services.change_clinic(clinic=clinic, plan=plan_of(clinic, **fields), by=staff, at=timezone.now())


def test_published_clinic_is_visible_with_its_hosts_and_its_mentors_are_told(clinic):
    assert PanelClinic.objects.visible().get() == clinic
    assert clinic.offering.hostings.count() == 2
    for mentor in clinic.mentors.all():
        assert told(mentor) == ["clinic_published"]
        assert Message.objects.of(mentor.user).get().path == f"/consultations/clinics/{clinic.pk}/room/"
    assert offerings.broken_invariants() == []


def test_publishing_twice_tells_once(clinic, staff):
    services.publish_clinic(clinic=clinic, by=staff, at=timezone.now())
    assert [told(mentor) for mentor in clinic.mentors.all()] == [["clinic_published"]] * 2


def test_draft_is_for_the_staff_who_manage_it(staff, unit_staff, job_seeker):
    draft = clinics.make_draft()
    seen_by = [
        PanelClinic.objects.visible_to(user).contains(draft) for user in (job_seeker, unit_staff, staff)
    ]
    assert seen_by == [False, False, True]


def test_clinic_with_one_mentor_is_none(staff):
    with pytest.raises(errors.TooFewMentors, match="至少请 2 位导师"):
        clinics.make_draft(mentors=[offerings.make_mentor()])


def test_mentor_or_venue_that_is_taken_is_named(clinic):
    offering = clinic.offering
    with pytest.raises(HostClash, match=offering.title):
        clinics.make_draft(starts_at=offering.starts_at, mentors=list(clinic.mentors.all()))
    with pytest.raises(VenueClash, match=offering.title):
        clinics.make_draft(starts_at=offering.starts_at, venue=offering.venue)


def test_booking_keeps_the_question_and_goes_to_the_queue_when_full(clinic):
    rows = clinics.book(clinic, offerings.make_people(3))
    assert [row.state for row in rows] == [State.CONFIRMED, State.CONFIRMED, State.WAITLISTED]
    assert [row.consultation.question for row in rows] == [clinics.QUESTION] * 3
    assert offerings.broken_invariants() == []


def test_booking_twice_keeps_the_first_question(clinic, job_seeker):
    clinics.book(clinic, [job_seeker])
    clinics.book(clinic, [job_seeker], question="另一个问题")
    assert Consultation.objects.get().question == clinics.QUESTION


def test_moved_clinic_tells_mentors_and_everyone_who_holds(clinic, staff, job_seeker):
    clinics.book(clinic, [job_seeker])
    starts_at = clinic.offering.starts_at + HOUR
    change(clinic, staff, starts_at=starts_at, ends_at=starts_at + 2 * HOUR)
    assert [told(mentor) for mentor in clinic.mentors.all()] == [["clinic_published", "clinic_moved"]] * 2
    assert Message.objects.of(job_seeker).filter(kind="moved").count() == 1


def test_mentor_who_comes_in_or_need_not_come_is_told(clinic, staff):
    first, second = clinic.mentors.order_by("pk")
    third = offerings.make_mentor(name="王海燕")
    change(clinic, staff, mentors=[first, third])
    assert told(first) == ["clinic_published"]
    assert told(second) == ["clinic_published", "clinic_released"]
    assert told(third) == ["clinic_published"]
    assert offerings.broken_invariants() == []


def test_mentor_who_has_seen_people_stays_with_the_clinic(staff):
    clinic = clinics.make_running()
    clinics.make_queue(clinic, 1)
    first, second = clinic.mentors.order_by("pk")
    services.call_next(clinic=clinic, mentor=first, by=first.user, at=timezone.now())
    with pytest.raises(errors.MentorHasTurns, match=first.name):
        change(clinic, staff, mentors=[second, offerings.make_mentor()])


def test_cancelled_clinic_tells_everyone_once_and_counts_against_nobody(clinic, staff, job_seeker):
    [row] = clinics.book(clinic, [job_seeker])
    for _ in range(2):
        services.cancel_clinic(clinic=clinic, by=staff, at=timezone.now(), reason="场地检修")
    row.refresh_from_db()
    assert (row.state, row.cause) == (State.CANCELLED, Reservation.Cause.OFFERING_CANCELLED)
    for mentor in clinic.mentors.all():
        assert told(mentor) == ["clinic_published", "clinic_cancelled"]
        assert "场地检修" in Message.objects.of(mentor.user).get(kind="clinic_cancelled").body


def test_cancelling_without_a_reason_is_refused(clinic, staff):
    with pytest.raises(errors.ReasonMissing):
        services.cancel_clinic(clinic=clinic, by=staff, at=timezone.now(), reason=" ")
