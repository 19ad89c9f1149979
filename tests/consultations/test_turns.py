"""The queue of a clinic: numbers, calling, putting back, leaving, finishing, notes."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from consultations import errors, services
from consultations.models import ClinicTurn, Consultation
from consultations.selectors.clinics import coming_of, own_turn, room_of
from mentor_portal.reservations.models import Reservation
from mentor_portal.reservations.services import (
    add_walk_in,
    cancel_offering,
    check_in,
    check_in_at_desk,
    undo_check_in,
)
from tests import clinics, offerings

pytestmark = pytest.mark.django_db
State = ClinicTurn.State
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clinic():
    return clinics.make_running()


@pytest.fixture
def mentor(clinic):
    return clinic.mentors.earliest("pk")


@pytest.fixture
def other(clinic):
    return clinic.mentors.latest("pk")


def call(clinic, mentor, at=None):
    return services.call_next(clinic=clinic, mentor=mentor, by=mentor.user, at=at or timezone.now())


def numbers(turns) -> list[int]:
    return [turn.number for turn in turns]


def test_number_comes_with_the_check_in_at_door_and_desk_and_without_booking(clinic, staff):
    first, second = clinics.book(clinic, offerings.make_people(2))
    at = timezone.now()
    check_in_at_desk(reservation=second, by=staff, at=at)
    check_in(code=clinic.offering.check_in_code, person=first.person, by=first.person, at=at)
    walk_in = add_walk_in(offering=clinic.offering, name="赵大海", phone="13912345678", by=staff, at=at)
    turns = {turn.reservation_id: turn.number for turn in clinic.turns.all()}
    assert turns == {second.pk: 1, first.pk: 2, walk_in.reservation.pk: 3}
    assert Consultation.objects.filter(pk=walk_in.reservation.pk).exists()
    assert offerings.broken_invariants() == []


def test_who_is_there_without_a_number_gets_one_in_the_order_of_arrival(clinic, mentor):
    """As after rows were written past the services."""
    rows = clinics.book(clinic, offerings.make_people(3))
    now = timezone.now()
    for place, row in enumerate(reversed(rows)):
        Reservation.objects.filter(pk=row.pk).update(state="attended", checked_in_at=now + place * MINUTE)
    assert call(clinic, mentor).reservation_id == rows[2].pk
    assert numbers(ClinicTurn.objects.filter(reservation__in=rows).order_by("-pk")) == [1, 2, 3]


def test_check_in_at_a_class_makes_no_turn(staff):
    session = offerings.make_session(starts_at=timezone.now() + 10 * MINUTE)
    [row] = offerings.hold(session, offerings.make_people(1))
    check_in_at_desk(reservation=row, by=staff, at=timezone.now())
    assert not ClinicTurn.objects.exists()


def test_mentors_call_in_the_order_of_numbers(clinic, mentor, other):
    clinics.make_queue(clinic, 3)
    assert [call(clinic, mentor).number, call(clinic, other).number] == [1, 2]


def test_mentor_takes_one_person_at_a_time(clinic, mentor):
    clinics.make_queue(clinic, 2)
    call(clinic, mentor)
    with pytest.raises(errors.StillTaking, match="正在接待 1 号"):
        call(clinic, mentor)


def test_calling_into_an_empty_room_says_that_nobody_waits(clinic, mentor):
    with pytest.raises(errors.NobodyWaits):
        call(clinic, mentor)


def test_calling_before_the_start_names_the_time(mentor, clinic):
    clinics.make_queue(clinic, 1)
    with pytest.raises(errors.ClinicNotBegun, match="起可以叫号"):
        call(clinic, mentor, clinic.offering.starts_at - MINUTE)


def test_cancelled_clinic_calls_nobody(clinic, mentor, staff):
    cancel_offering(offering=clinic.offering, by=staff, at=timezone.now(), reason="停电")
    with pytest.raises(errors.ClinicNotOpen, match="已取消"):
        call(clinic, mentor)


def test_mentor_of_another_clinic_calls_nobody(clinic):
    clinics.make_queue(clinic, 1)
    with pytest.raises(errors.NotOfClinic):
        call(clinic, offerings.make_mentor())


def test_who_does_not_answer_goes_behind_those_who_wait(clinic, mentor):
    clinics.make_queue(clinic, 3)
    turn = call(clinic, mentor)
    services.put_back(turn=turn, by=mentor.user, at=timezone.now())
    services.put_back(turn=turn, by=mentor.user, at=timezone.now())
    assert numbers(clinic.turns.waiting_in_order()) == [2, 3, 1]
    assert call(clinic, mentor).number == 2
    assert offerings.broken_invariants() == []


def test_who_left_is_not_called_and_may_come_back(clinic, mentor):
    first, _second = clinics.make_queue(clinic, 2)
    services.leave_queue(turn=first, by=mentor.user, at=timezone.now())
    services.leave_queue(turn=first, by=mentor.user, at=timezone.now())
    assert call(clinic, mentor).number == 2
    services.put_back(turn=first, by=mentor.user, at=timezone.now())
    assert numbers(clinic.turns.waiting_in_order()) == [1]


def test_finished_turn_keeps_who_and_when_and_cannot_be_put_back(clinic, mentor):
    clinics.make_queue(clinic, 1)
    turn = call(clinic, mentor)
    at = timezone.now()
    for moment in (at, at + MINUTE):
        turn = services.finish_turn(turn=turn, by=mentor.user, at=moment)
    assert (turn.state, turn.mentor, turn.done_at) == (State.DONE, mentor, at)
    for verb in (services.put_back, services.leave_queue):
        with pytest.raises(errors.TurnElsewhere, match="已完成"):
            verb(turn=turn, by=mentor.user, at=at)


def test_who_was_not_seen_yet_cannot_say_how_it_was(clinic, mentor):
    clinics.make_queue(clinic, 1)
    turn = call(clinic, mentor)
    said = {"rating": 5, "words": "", "by": turn.reservation.person, "at": timezone.now()}
    with pytest.raises(errors.NotYetOver):
        services.rate(consultation=turn.reservation.consultation, **said)
    services.finish_turn(turn=turn, by=mentor.user, at=timezone.now())
    own = Consultation.objects.get(pk=turn.pk)
    assert services.rate(consultation=own, **said).rating == 5


def test_who_was_not_called_cannot_be_finished(clinic, mentor):
    [turn] = clinics.make_queue(clinic, 1)
    with pytest.raises(errors.TurnElsewhere, match="等待叫号"):
        services.finish_turn(turn=turn, by=mentor.user, at=timezone.now())


def note(turn, mentor, **fields):
    values = {"notes": "简历重写项目经历", "outcome": Consultation.Outcome.ADVISED, "is_done": True}
    return services.note_turn(turn=turn, mentor=mentor, by=mentor.user, at=timezone.now(), **values | fields)


def test_mentor_notes_and_finishes_at_one_stroke_and_may_amend(clinic, mentor):
    clinics.make_queue(clinic, 1)
    turn = note(call(clinic, mentor), mentor)
    assert turn.state == State.DONE
    note(turn, mentor, outcome=Consultation.Outcome.JOB)
    consultation = Consultation.objects.get()
    assert (consultation.notes, consultation.outcome) == ("简历重写项目经历", "job")
    assert consultation.noted_by == mentor


def test_nobody_notes_for_another_mentors_person(clinic, mentor, other):
    clinics.make_queue(clinic, 1)
    turn = call(clinic, mentor)
    with pytest.raises(errors.TurnOfAnother):
        note(turn, other)


def test_check_in_taken_back_leaves_the_queue_and_comes_again_at_its_end(clinic, staff):
    first, _second = clinics.make_queue(clinic, 2)
    undo_check_in(reservation=first.reservation, by=staff, at=timezone.now())
    assert numbers(clinic.turns.waiting_in_order()) == [2]
    assert offerings.broken_invariants() == []
    check_in_at_desk(reservation=first.reservation, by=staff, at=timezone.now())
    assert numbers(clinic.turns.waiting_in_order()) == [2, 1]
    assert offerings.broken_invariants() == []


def test_check_in_of_who_was_seen_cannot_be_taken_back(clinic, mentor, staff):
    [turn] = clinics.make_queue(clinic, 1)
    call(clinic, mentor)
    with pytest.raises(errors.AlreadySeen, match="不能撤销签到"):
        undo_check_in(reservation=turn.reservation, by=staff, at=timezone.now())
    turn.reservation.refresh_from_db()
    assert turn.reservation.state == "attended"


def test_check_in_that_was_taken_back_cannot_be_put_into_the_queue(clinic, staff):
    [turn] = clinics.make_queue(clinic, 1)
    undo_check_in(reservation=turn.reservation, by=staff, at=timezone.now())
    with pytest.raises(errors.TurnElsewhere, match="签到已撤销"):
        services.put_back(turn=turn, by=staff, at=timezone.now())


# What is shown of it


def test_own_turn_says_how_many_are_ahead_and_where_to_go(clinic, mentor, job_seeker):
    clinics.make_queue(clinic, 2)
    assert own_turn(clinic, job_seeker) is None
    [mine] = clinics.arrive(clinics.book(clinic, [job_seeker]))
    assert _said(clinic, job_seeker) == ("您是第 3 号", "前面还有 2 人")
    for _ in range(2):
        services.finish_turn(turn=call(clinic, mentor), by=mentor.user, at=timezone.now())
    assert _said(clinic, job_seeker) == ("您是第 3 号", "下一位就是您，请在现场等候")
    call(clinic, mentor)
    assert _said(clinic, job_seeker) == ("3 号，轮到您了", f"请到{mentor.name}导师处")
    mine.refresh_from_db()
    services.finish_turn(turn=mine, by=mentor.user, at=timezone.now())
    assert _said(clinic, job_seeker)[0] == "3 号，已完成"


def _said(clinic, person) -> tuple[str, str]:
    turn = own_turn(clinic, person)
    return turn.word, turn.next_step


def test_room_shows_who_waits_who_is_where_and_whom_the_mentor_has_seen(clinic, mentor, other):
    clinics.make_queue(clinic, 4)
    note(call(clinic, mentor), mentor)
    call(clinic, other)
    clinics.book(clinic, offerings.make_people(1))
    room = room_of(clinic, mentor=mentor, at=timezone.now())
    assert numbers(room.waiting) == [3, 4]
    assert [(seat.pk, seat.seen, seat.line and seat.line.number) for seat in room.seats] == [
        (mentor.pk, 1, None),
        (other.pk, 0, 2),
    ]
    assert numbers(room.done_shown) == [1]
    assert room.done_shown[0].outcome == "已解答"
    assert room.expected == 1
    assert room.can_call


def test_mentors_next_clinics_say_how_many_wait_and_lead_into_the_room(clinic, mentor, staff):
    clinics.make_queue(clinic, 2)
    later = clinics.make_clinic(mentors=[mentor, offerings.make_mentor()])
    clinics.make_draft(
        starts_at=timezone.now() + timedelta(days=9), mentors=[mentor, offerings.make_mentor()]
    )
    found = coming_of(mentor, timezone.now())
    assert [(line.pk, line.word, line.next_step) for line in found.today] == [
        (clinic.pk, "正在进行", "现在有 2 人在等")
    ]
    assert [(line.pk, line.word) for line in found.later] == [(later.pk, "已发布")]
    for name, shown in (("clinics_today", clinic), ("clinics_of_mentor", later)):
        page = render_to_string(f"consultations/partials/{name}.html", {"clinics": found})
        assert page.count("/room/") == 1
        assert f"/consultations/clinics/{shown.pk}/room/" in page
    nothing = {"clinics": coming_of(offerings.make_mentor(), timezone.now())}
    assert render_to_string("consultations/partials/clinics_today.html", nothing).strip() == ""
