"""One-to-ones: booking, whoever is free, walk-ins, what the mentor notes and what the person says."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from consultations import errors, services
from consultations.models import Consultation, ConsultationShift, Resume
from mentor_portal.files import FileRefused
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.errors import PersonClash, TooManyOneToOnes
from mentor_portal.reservations.models import Reservation
from mentor_portal.reservations.services import cancel, check_in_at_desk, undo_check_in
from mentors.models import IndustrialChain
from tests import documents as made
from tests import duties, offerings

pytestmark = pytest.mark.django_db
State = Reservation.State
TALENT = ConsultationShift.Kind.TALENT


def at_once(slot, person, **fields: object):
    values = {"question": "转行做数控怎么准备", "by": person, "at": timezone.now()}
    return services.book_slot(slot=slot, person=person, **values | fields)


@pytest.fixture
def slots():
    return duties.slots_of(duties.make_shift())


@pytest.fixture
def people():
    return offerings.make_people(4)


def kept_files() -> list[Path]:
    return [each for each in Path(settings.MEDIA_ROOT, Resume.FOLDER).glob("*") if each.is_file()]


def test_booking_keeps_the_question_and_the_resume(slots, people):
    upload = made.upload("简历.pdf", made.PDF)
    outcome = at_once(slots[0], people[0], resume=upload)
    kept = Consultation.objects.get(reservation=outcome.reservation)
    assert kept.question == "转行做数控怎么准备"
    assert (kept.resume.original_name, kept.resume.content_type) == ("简历.pdf", "application/pdf")


def test_resume_is_for_staff_who_may_see_consultations(slots, people, staff, make_user):
    at_once(slots[0], people[0], resume=made.upload("简历.pdf", made.PDF))
    without = make_user("新人", is_staff=True, host_unit=staff.host_unit)
    assert Resume.objects.visible_to(staff).exists()
    assert not Resume.objects.visible_to(without).exists()


def test_booking_twice_keeps_the_first_question(slots, people):
    at_once(slots[0], people[0])
    outcome = at_once(slots[0], people[0], question="另一个问题")
    assert not outcome.is_new
    assert Consultation.objects.get().question == "转行做数控怎么准备"


def test_resume_that_is_refused_books_nothing_and_leaves_no_file(slots, people):
    before = kept_files()
    with pytest.raises(FileRefused, match="请上传 PDF、Word、JPG、PNG 文件。"):
        at_once(slots[0], people[0], resume=made.upload("简历.pdf", made.HTML))
    assert not Reservation.objects.filter(person=people[0]).exists()
    assert kept_files() == before


def test_refused_booking_leaves_no_file(slots, people):
    session = offerings.make_session(starts_at=slots[0].offering.starts_at, ends_at=slots[0].offering.ends_at)
    offerings.hold(session, people[:1])
    before = kept_files()
    with pytest.raises(PersonClash, match=session.title):
        at_once(slots[0], people[0], resume=made.upload("简历.pdf", made.PDF))
    assert kept_files() == before


def test_class_is_refused_to_whoever_has_a_one_to_one_then(slots, people):
    at_once(slots[0], people[0])
    session = offerings.make_session(starts_at=slots[0].offering.starts_at)
    with pytest.raises(PersonClash, match="一对一咨询"):
        offerings.hold(session, people[:1])


def test_third_open_one_to_one_is_refused_and_names_the_two(slots, people):
    for slot in slots[:2]:
        at_once(slot, people[0])
    with pytest.raises(TooManyOneToOnes, match=r"一对一咨询.*；.*一对一咨询"):
        at_once(slots[2], people[0])


def test_any_mentor_is_the_free_one_with_the_fewest_bookings_that_day(people):
    chain = IndustrialChain.objects.order_by("pk").first()
    busy, idle = (duties.appoint(offerings.make_mentor(primary_chain=chain)) for _ in range(2))
    of_busy, of_idle = (duties.slots_of(duties.make_shift(mentor)) for mentor in (busy, idle))
    at_once(of_busy[1], people[0])
    starts_at = of_busy[0].offering.starts_at

    def book(person):
        return services.book_any(
            chain=chain, starts_at=starts_at, person=person, question="问", by=person, at=timezone.now()
        )

    assert book(people[1]).reservation.offering_id == of_idle[0].pk
    assert book(people[2]).reservation.offering_id == of_busy[0].pk
    with pytest.raises(errors.SlotTaken):
        book(people[3])
    assert Reservation.objects.filter(state=State.WAITLISTED).count() == 0


def test_any_mentor_leaves_out_talks_and_other_chains(people):
    chain, other = IndustrialChain.objects.order_by("pk")[:2]
    talk = duties.make_shift(duties.appoint(offerings.make_mentor(primary_chain=chain)), kind=TALENT)
    duties.make_shift(duties.appoint(offerings.make_mentor(primary_chain=other)))
    with pytest.raises(errors.SlotTaken):
        services.book_any(
            chain=chain,
            starts_at=talk.starts_at,
            person=people[0],
            question="问",
            by=people[0],
            at=timezone.now(),
        )


def test_talk_waits_for_the_staffs_yes(people):
    [slot, *_] = duties.slots_of(duties.make_shift(kind=TALENT))
    assert at_once(slot, people[0]).reservation.state == State.REQUESTED


def test_slot_called_off_tells_its_person_and_frees_the_one_to_one(slots, people, staff):
    for slot in slots[:2]:
        at_once(slot, people[0])
    services.cancel_slot(slot=slots[0], by=staff, at=timezone.now(), reason="导师临时出差")
    assert "导师临时出差" in Message.objects.get(kind="offering_cancelled").body
    assert at_once(slots[2], people[0]).reservation.state == State.CONFIRMED


@pytest.fixture
def running():
    """The first slot of a duty that began a quarter of an hour ago, and the one that comes next."""
    return duties.slots_of(duties.running_shift())[:2]


def walk_in(slot, staff, phone="13911112222", at=None):
    return services.take_walk_in(
        slot=slot, name="周来客", phone=phone, question="问", by=staff, at=at or timezone.now()
    )


def test_walk_in_takes_a_free_slot_which_is_then_closed_to_booking(running, people, staff):
    came = walk_in(running[1], staff)
    assert (came.reservation.state, came.reservation.is_walk_in) == (State.ATTENDED, True)
    assert Consultation.objects.get(reservation=came.reservation).question == "问"
    running[1].offering.refresh_from_db()
    assert running[1].offering.booking_closes_at <= timezone.now()
    assert offerings.broken_invariants() == []


def test_walk_in_taken_back_opens_the_slot_again_until_it_begins(running, people, staff):
    slot = running[1]
    came = walk_in(slot, staff, at=slot.offering.starts_at - timedelta(minutes=5))
    minute_before = slot.offering.starts_at - timedelta(minutes=1)
    undo_check_in(reservation=came.reservation, by=staff, at=minute_before)
    slot.offering.refresh_from_db()
    assert slot.offering.booking_closes_at == slot.offering.starts_at
    assert offerings.broken_invariants() == []


def test_walk_in_taken_back_after_the_start_leaves_the_slot_closed(running, staff):
    slot = running[1]
    came = walk_in(slot, staff, at=slot.offering.starts_at - timedelta(minutes=5))
    undo_check_in(reservation=came.reservation, by=staff, at=slot.offering.starts_at + timedelta(minutes=1))
    slot.offering.refresh_from_db()
    assert slot.offering.booking_closes_at < slot.offering.starts_at
    assert offerings.broken_invariants() == []


def test_second_walk_in_hears_who_is_there(running, staff):
    walk_in(running[0], staff)
    with pytest.raises(errors.SlotInUse, match="周来客"):
        walk_in(running[0], staff, phone="13911113333")
    assert walk_in(running[0], staff).is_new is False


def test_booked_slot_is_kept_for_some_minutes_and_then_given_away(running, people, staff):
    starts_at = running[1].offering.starts_at
    duties.book(running[1], people[0], at=starts_at - timedelta(days=1))
    with pytest.raises(errors.SlotHeld, match="开始 10 分钟后"):
        walk_in(running[1], staff, at=starts_at + timedelta(minutes=9))
    assert walk_in(running[1], staff, at=starts_at + timedelta(minutes=10)).is_new


def test_slot_given_back_is_taken_by_a_walk_in(running, people, staff):
    before = running[1].offering.starts_at - timedelta(days=1)
    booked = duties.book(running[1], people[0], at=before)
    cancel(reservation=booked, by=people[0], at=before)
    assert walk_in(running[1], staff).is_new


def note(consultation, mentor, at=None, **fields: object):
    values = {"notes": "已改简历", "outcome": "advised", "by": mentor.user, "at": at or timezone.now()}
    return services.note_outcome(consultation=consultation, mentor=mentor, **values | fields)


def test_mentor_notes_the_outcome_once_it_has_begun_and_may_amend_it(running, people):
    slot = running[0]
    mentor = slot.shift.mentor
    booked = duties.book(slot, people[0], at=slot.offering.starts_at - timedelta(days=1))
    with pytest.raises(errors.NotYetHeld):
        note(booked.consultation, mentor, at=slot.offering.starts_at - timedelta(minutes=1))
    note(booked.consultation, mentor)
    amended = note(booked.consultation, mentor, outcome="pairing")
    assert (amended.outcome, amended.noted_by) == ("pairing", mentor)


def test_who_came_rates_once_and_nobody_else_does(running, people, staff):
    slot, person = running[0], people[0]
    booked = duties.book(slot, person, at=slot.offering.starts_at - timedelta(days=1))

    def rate(rating=5, at=slot.offering.ends_at):
        return services.rate(consultation=booked.consultation, rating=rating, words="很好", by=person, at=at)

    with pytest.raises(errors.NotAttended):
        rate()
    check_in_at_desk(reservation=booked, by=staff, at=timezone.now())
    with pytest.raises(errors.NotYetOver):
        rate(at=slot.offering.ends_at - timedelta(seconds=1))
    assert rate().get_rating_display() == "非常满意"
    with pytest.raises(errors.RatedAlready, match="非常满意"):
        rate(1)
