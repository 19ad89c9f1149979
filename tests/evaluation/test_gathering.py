"""What counts in a year: each kind of record beside what does not count, all of it made by the services."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from classrooms.models import Courseware
from classrooms.services import cancel_session, change_session, confirm_pair
from consultations.services import confirm_outcome, note_duty, verify_placement
from evaluation.models import BonusEvent, EvaluationYear, RankingRun
from evaluation.scoring import MentorEvidence
from evaluation.selectors import gather, mentors_of
from mentor_portal.moments import midnight
from mentor_portal.reservations.models import Hosting, Reservation
from mentor_portal.reservations.services import (
    add_walk_in,
    cancel,
    check_in_at_desk,
    finish_offering,
    note_presence,
)
from mentors.models import Appointment, Mentor
from mentors.services import like, take_back
from tests import clinics, courseware, duties, feedback, moments, offerings, pairings, trips

pytestmark = pytest.mark.django_db
YEAR = 2025
NOTHING = MentorEvidence()


@pytest.fixture
def year() -> EvaluationYear:
    return EvaluationYear.objects.create(year=YEAR)


@pytest.fixture
def staff(make_user):
    return make_user("中心小王", is_staff=True)


@pytest.fixture
def mentor() -> Mentor:
    return offerings.make_mentor()


@pytest.fixture
def evidence(year):
    """Return what a mentor's year comes to."""
    return lambda mentor: gather(year, Mentor.objects.filter(pk=mentor.pk))[mentor.pk]


def taught(mentor: Mentor, starts_at: str, staff, is_present: bool | None = True, **fields: object):
    """Make a class, its mentor's presence confirmed, denied or left open."""
    session = offerings.make_session(starts_at=moments.at(starts_at), mentors=[mentor], **fields)
    if is_present is not None:
        confirm(session.offering, mentor, staff, is_present)
    return session


def confirm(offering, mentor: Mentor, staff, is_present: bool = True) -> None:
    hosting = Hosting.objects.get(offering=offering, person=mentor.user)
    note_presence(hosting=hosting, is_present=is_present, by=staff, at=offering.starts_at)


def appoint(mentor: Mentor) -> None:
    term = {"starts_on": date(2024, 1, 1), "ends_on": date(2027, 1, 1)}
    Appointment.objects.get_or_create(mentor=mentor, number=f"聘{mentor.pk}", defaults=term)


def duty(mentor: Mentor, starts_at: str, staff, is_present: bool = True) -> None:
    appoint(mentor)
    start = moments.at(starts_at)
    shift = duties.make_shift(mentor, starts_at=start, at=start - timedelta(days=2))
    note_duty(shift=shift, is_present=is_present, by=staff, at=start)


def placed(mentor: Mentor, person, started_on: date, verified_by, **fields: object) -> None:
    """Let somebody find work with the mentor's help, confirmed by both and verified by staff, if any."""
    pairing = pairings.active(mentor, person, at=moments.at("2024-06-01 09:00"))
    at = midnight(started_on) + timedelta(days=1)
    pairing = pairings.claim(pairing, at=at, started_on=started_on, **fields)
    confirm_outcome(pairing=pairing, by=person, at=at)
    if verified_by:
        beside = set(person.placements.values_list("pk", flat=True))
        verify_placement(pairing=pairing, by=verified_by, at=at, beside=beside)


def test_nothing_is_no_evidence(year, mentor, evidence):
    assert evidence(mentor) == NOTHING


@pytest.mark.parametrize(
    ("starts_at", "count"),
    [
        ("2024-12-31 23:59", 0),
        ("2025-01-01 00:00", 1),
        ("2025-12-31 23:30", 1),
        ("2026-01-01 00:00", 0),
    ],
)
def test_class_belongs_to_the_year_in_which_it_starts_in_shanghai(mentor, staff, evidence, starts_at, count):
    taught(mentor, starts_at, staff)
    assert evidence(mentor).classes == count


def test_class_counts_only_with_the_presence_confirmed(mentor, staff, evidence):
    taught(mentor, "2025-03-05 09:00", staff, is_present=None)
    taught(mentor, "2025-03-06 09:00", staff, is_present=False)
    taught(mentor, "2025-03-07 09:00", staff)
    assert evidence(mentor).classes == 1


def test_class_of_two_mentors_is_one_for_each(mentor, staff, evidence):
    second = offerings.make_mentor(name="李慧芳")
    session = offerings.make_session(
        starts_at=moments.at("2025-03-05 09:00"), mentors=[mentor, second], capacity=5
    )
    confirm(session.offering, mentor, staff)
    confirm(session.offering, second, staff)
    offerings.hold(session, offerings.make_people(2), at=moments.at("2025-03-04 09:00"))
    assert [evidence(each).classes for each in (mentor, second)] == [1, 1]
    assert [evidence(each).bookings for each in (mentor, second)] == [2, 2]


def test_cancelled_class_counts_nothing(mentor, staff, evidence):
    session = taught(mentor, "2025-03-05 09:00", staff, is_present=None)
    offerings.hold(session, offerings.make_people(3), at=moments.at("2025-03-01 09:00"))
    cancel_session(session=session, by=staff, at=moments.at("2025-03-02 09:00"), reason="导师生病")
    assert evidence(mentor) == NOTHING


def test_class_moved_over_the_turn_of_the_year_goes_with_its_new_day(mentor, staff, evidence):
    session = taught(mentor, "2025-12-30 14:00", staff, is_present=None)
    offerings.hold(session, offerings.make_people(2), at=moments.at("2025-12-20 09:00"))
    assert evidence(mentor).bookings == 2
    start = moments.at("2026-01-02 14:00")
    plan = offerings.make_plan(starts_at=start, mentors=[mentor], title=session.offering.title)
    change_session(session=session, plan=plan, by=staff, at=moments.at("2025-12-21 09:00"))
    confirm(session.offering, mentor, staff)
    assert evidence(mentor) == NOTHING


def test_bookings_stand_unless_cancelled_or_waiting_and_walking_in_is_none(mentor, staff, evidence):
    session = taught(mentor, "2025-03-05 09:00", staff, capacity=4)
    people = offerings.make_people(6)
    came, missed, *_, waiting = offerings.hold(session, people, at=moments.at("2025-03-01 09:00"))
    assert waiting.state == Reservation.State.WAITLISTED
    cancel(reservation=waiting, by=waiting.person, at=moments.at("2025-03-02 09:00"))
    start = session.offering.starts_at
    check_in_at_desk(reservation=came, by=staff, at=start)
    add_walk_in(offering=session.offering, name="路过", phone="13911112222", by=staff, at=start)
    assert evidence(mentor).bookings == 4
    finish_offering(offering_id=session.pk, at=moments.at("2025-03-06 09:00"))
    missed.refresh_from_db()
    assert missed.state == Reservation.State.NO_SHOW
    assert evidence(mentor).bookings == 4


def test_cancelled_booking_counts_no_more(mentor, staff, evidence):
    session = taught(mentor, "2025-03-05 09:00", staff)
    row, _ = offerings.hold(session, offerings.make_people(2), at=moments.at("2025-02-20 09:00"))
    cancel(reservation=row, by=row.person, at=moments.at("2025-02-21 09:00"))
    assert evidence(mentor).bookings == 1


def test_duty_counts_once_however_many_slots_and_only_when_the_mentor_was_there(mentor, staff, evidence):
    duty(mentor, "2025-03-05 09:00", staff)
    duty(mentor, "2025-03-06 09:00", staff, is_present=False)
    duty(mentor, "2024-12-31 09:00", staff)
    clinic = clinics.make_clinic(
        starts_at=moments.at("2025-04-01 09:00"), mentors=[mentor, offerings.make_mentor()]
    )
    confirm(clinic.offering, mentor, staff)
    assert evidence(mentor).consultations == 2
    assert evidence(mentor).classes == 0


def test_placement_counts_once_verified_in_the_year_it_began_and_once_for_a_person(mentor, staff, evidence):
    appoint(mentor)
    first, second, third, fourth = offerings.make_people(4)
    placed(mentor, first, date(2025, 6, 1), staff)
    placed(mentor, first, date(2025, 9, 1), staff, name="中联重科股份有限公司")
    placed(mentor, second, date(2025, 6, 1), verified_by=None)
    placed(mentor, third, date(2024, 12, 31), staff)
    placed(mentor, fourth, date(2025, 12, 31), staff)
    assert evidence(mentor).placements == 2


def test_like_counts_for_the_year_of_what_was_attended_until_taken_back(mentor, staff, evidence):
    this, before = (
        offerings.make_session(starts_at=moments.at(each), mentors=[mentor])
        for each in ("2025-12-31 23:30", "2024-05-01 09:00")
    )
    for session, people in ((this, offerings.make_people(2)), (before, offerings.make_people(1))):
        for row in feedback.attend(session, people):
            like(mentor=mentor, person=row.person, by=row.person, at=moments.at("2026-01-03 09:00"))
    assert evidence(mentor).likes == 2
    person = this.offering.reservations.first().person
    take_back(mentor=mentor, person=person, by=person)
    assert evidence(mentor).likes == 1


def test_survey_is_the_mean_over_all_answers_of_the_year(mentor, evidence):
    for starts_at, levels in (
        ("2025-03-05 09:00", (5, 5, 4)),
        ("2025-05-05 09:00", (1,)),
        ("2026-05-05 09:00", (5,)),
    ):
        start = moments.at(starts_at)
        session = offerings.make_session(starts_at=start, mentors=[mentor])
        rows = feedback.attend(session, offerings.make_people(len(levels)))
        finish_offering(offering_id=session.pk, at=start + timedelta(hours=3))
        for row, level in zip(rows, levels, strict=True):
            feedback.give(row, level, at=start + timedelta(hours=4))
    # 100, 100, 75 and 0: over the answers, not over the classes.
    assert evidence(mentor).survey_mean == Decimal("68.75")


def test_reports_of_attended_trips_and_free_ones_count_when_accepted_and_long_enough(staff, year):
    mentor, other = trips.make_mentors(2)
    year.year = moments.in_days(0).year
    made = [trips.attended(staff, [mentor, other], days_ago=days) for days in (2, 4)]
    trips.accepted(mentor, staff, made[0])
    trips.submitted(mentor, made[1])
    trips.accepted(mentor, staff)
    trips.returned(mentor, staff)
    trips.submitted(other)
    found = gather(year, mentors_of(year))
    assert (found[mentor.pk].collective_reports, found[mentor.pk].free_reports) == (1, 1)
    assert (found[other.pk].collective_reports, found[other.pk].free_reports) == (0, 0)
    year.report_length = 10_000
    assert gather(year, mentors_of(year))[mentor.pk] == NOTHING


def test_report_counts_no_more_where_the_attendance_was_taken_back(staff, year):
    [mentor] = trips.make_mentors(1)
    year.year = moments.in_days(0).year
    made = trips.attended(staff, [mentor])
    trips.accepted(mentor, staff, made)
    made.offering.reservations.update(state=Reservation.State.NO_SHOW, checked_in_at=None)
    assert gather(year, mentors_of(year))[mentor.pk].collective_reports == 0


@pytest.mark.parametrize(
    ("state", "held_on", "counts"),
    [
        ("verified", date(2025, 1, 1), 1),
        ("verified", date(2025, 12, 31), 1),
        ("verified", date(2024, 12, 31), 0),
        ("verified", date(2026, 1, 1), 0),
        ("entered", date(2025, 6, 1), 0),
        ("refused", date(2025, 6, 1), 0),
    ],
)
def test_bonus_event_counts_verified_and_by_its_day(evidence, mentor, staff, state, held_on, counts):
    at = moments.at("2026-02-01 09:00")
    decided = {} if state == "entered" else {"decided_at": at, "decided_by": staff}
    BonusEvent.objects.create(
        mentor=mentor,
        title="创新创业大赛",
        held_on=held_on,
        state=state,
        reason="不是评委" if state == "refused" else "",
        entered_at=at,
        entered_by=staff,
        size=1,
        **decided,
    )
    assert evidence(mentor).bonus_events == counts


def test_confirmed_plagiarism_of_the_year_is_told(staff, evidence):
    copier = offerings.make_mentor(name="李慧芳")
    pair = courseware.answered(copier, staff)
    Courseware.objects.filter(mentor=copier).update(year=YEAR)
    assert not evidence(copier).plagiarised
    confirm_pair(pair=pair, by=staff, at=moments.in_days(0), reason="两份课件正文相同")
    assert evidence(copier).plagiarised


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "state", "is_in"),
    [
        (date(2025, 12, 31), date(2026, 12, 30), "in_force", True),
        (date(2024, 1, 1), date(2025, 1, 1), "ended", True),
        (date(2026, 1, 1), date(2026, 12, 31), "in_force", False),
        (date(2024, 1, 1), date(2024, 12, 31), "ended", False),
        (date(2025, 1, 1), date(2025, 12, 31), "revoked", False),
    ],
)
def test_mentors_of_the_year_are_those_appointed_for_a_part_of_it(
    year, mentor, starts_on, ends_on, state, is_in
):
    Appointment.objects.create(mentor=mentor, number="聘1", starts_on=starts_on, ends_on=ends_on, state=state)
    assert mentors_of(year).filter(pk=mentor.pk).exists() == is_in


def test_gathering_costs_the_same_for_one_mentor_and_for_forty(year, staff):
    def cost(run: RankingRun | None = None) -> int:
        with CaptureQueriesContext(connection) as queries:
            gather(year, Mentor.objects.all(), run)
        return len(queries)

    def make(count: int) -> None:
        for number in range(count):
            mentor = offerings.make_mentor()
            session = taught(mentor, f"2025-03-{number % 28 + 1:02} 09:00", staff)
            [row] = feedback.attend(session, offerings.make_people(1))
            like(mentor=mentor, person=row.person, by=row.person, at=moments.at("2025-04-01 09:00"))

    run = RankingRun.objects.create(year=year, number=1, created_at=moments.in_days(0))
    make(1)
    few, few_in_a_run = cost(), cost(run)
    make(39)
    found = gather(year, Mentor.objects.all()).values()
    assert [each.likes for each in found if each.classes == 1] == [1] * 40
    assert cost() == few == 12
    assert cost(run) == few_in_a_run == 14
