"""Duties: declaring, arranging with a room, giving up, calling off, and the mentor's presence."""

from datetime import date, timedelta

import pytest
from constance import config
from django.utils import timezone

from consultations import errors, services
from consultations.models import ConsultationShift, ShiftSeries
from consultations.selectors import arranging, desk
from consultations.selectors import duties as selectors
from mentor_portal import portal_settings
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.errors import DeskClosed, HostClash, VenueClash
from mentor_portal.reservations.services import cancel
from tests import duties, moments, offerings

pytestmark = pytest.mark.django_db
State = ConsultationShift.State
HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def mentor():
    return duties.appoint(offerings.make_mentor())


def in_shanghai(shift) -> str:
    return f"{timezone.localtime(shift.starts_at):%m-%d %H:%M}–{timezone.localtime(shift.ends_at):%H:%M}"


def told(person) -> list[str]:
    return list(Message.objects.of(person).order_by("pk").values_list("kind", flat=True))


# Declaring


def test_weekly_duties_keep_their_wall_time_and_leave_the_exceptions_out(mentor):
    at = moments.in_days(0)
    first = moments.in_days(5, "14:30")
    days = [(first + timedelta(weeks=number)).date() for number in range(5)]
    shifts = duties.declare(
        mentor, at=at, starts_at=first, hours=2.5, until_on=days[4], exceptions=[days[1], days[3]]
    )
    assert [in_shanghai(shift) for shift in shifts] == [
        f"{day:%m-%d} 14:30–17:00" for day in (days[0], days[2], days[4])
    ]
    series = ShiftSeries.objects.get()
    assert (series.first_on, series.until_on) == (days[0], days[4])
    assert series.exceptions == [days[1].isoformat(), days[3].isoformat()]
    assert {shift.state for shift in shifts} == {State.SUBMITTED}


def test_single_duty_has_no_series(mentor):
    [shift] = duties.declare(mentor)
    assert shift.series is None
    assert not ShiftSeries.objects.exists()


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"starts_at": moments.in_days(-1)}, errors.ShiftInThePast),
        ({"hours": 0.25}, errors.ShiftTooShort),
        ({"hours": -1}, errors.ShiftTooShort),
        ({"exceptions": [moments.in_days(3).date()]}, errors.NoDayLeft),
        ({"starts_at": moments.in_days(699), "until_on": moments.in_days(706).date()}, errors.MentorsOnDuty),
    ],
)
def test_impossible_duty_is_refused_and_nothing_is_written(mentor, fields, refusal):
    with pytest.raises(refusal):
        duties.declare(mentor, **fields)
    assert not ConsultationShift.objects.exists()
    assert not ShiftSeries.objects.exists()


def test_clash_names_each_day_and_what_is_there(mentor, staff):
    first = moments.in_days(3)
    duties.make_shift(mentor, starts_at=first)
    offerings.make_session(starts_at=first + timedelta(weeks=1), mentors=[mentor], title="轨道交通怎么面")
    duties.declare(mentor, starts_at=first + timedelta(weeks=2))
    with pytest.raises(errors.ShiftClash) as refusal:
        duties.declare(mentor, starts_at=first, until_on=(first + timedelta(weeks=3)).date())
    sentence = str(refusal.value)
    for word in (f"一对一咨询 · {mentor.name}", "轨道交通怎么面", "值班（职业咨询室）"):
        assert word in sentence
    assert f"{first.month}月{first.day}日" in sentence
    assert "09:00–11:00“一对一咨询" in sentence
    assert ConsultationShift.objects.count() == 2


def test_mentor_who_attends_something_then_clashes_and_time_given_back_is_free_again(mentor):
    starts_at = moments.in_days(3)
    session = offerings.make_session(starts_at=starts_at)
    [row] = offerings.hold(session, [mentor.user])
    with pytest.raises(errors.ShiftClash, match=session.title):
        duties.declare(mentor, starts_at=starts_at)
    cancel(reservation=row, by=mentor.user, at=timezone.now())
    [shift] = duties.declare(mentor, starts_at=starts_at)
    services.withdraw_shift(shift=shift, by=mentor.user, at=timezone.now())
    assert duties.declare(mentor, starts_at=starts_at)


# Arranging


def test_arranged_duty_is_cut_into_slots_and_the_mentor_is_told(mentor, staff, job_seeker):
    shift = duties.make_shift(mentor, by=staff, hours=2.25)
    slots = duties.slots_of(shift)
    assert [slot.offering.ends_at - slot.offering.starts_at for slot in slots] == [HALF_HOUR] * 4
    assert {slot.offering.state for slot in slots} == {"published"}
    assert {slot.offering.venue for slot in slots} == {shift.room}
    assert (shift.state, shift.decided_by) == (State.APPROVED, staff)
    assert told(mentor.user) == ["shift_approved"]
    assert duties.book(slots[0], job_seeker).state == "confirmed"
    assert offerings.broken_invariants() == []


def test_length_of_slots_and_when_they_open_are_settings(mentor):
    config.SLOT_MINUTES, config.SLOT_DAYS_AHEAD = 45, 2
    portal_settings.forget()
    shift = duties.make_shift(mentor, hours=2)
    first, second = duties.slots_of(shift)
    assert second.offering.starts_at - first.offering.starts_at == timedelta(minutes=45)
    opens_on = timezone.localtime(first.offering.booking_opens_at)
    assert opens_on == moments.in_days(1, "00:00")


def test_two_mentors_get_no_room_at_the_same_time(mentor, staff):
    taken = duties.make_shift(mentor)
    [other] = duties.declare()
    with pytest.raises(VenueClash, match=f"一对一咨询 · {mentor.name}"):
        duties.arrange(other, room=taken.room)
    other.refresh_from_db()
    assert (other.state, other.slots.count()) == (State.SUBMITTED, 0)
    [after] = duties.declare(starts_at=moments.in_days(3, "11:00"))
    assert duties.arrange(after, room=taken.room).state == State.APPROVED
    assert offerings.broken_invariants() == []


def test_mentor_who_got_a_class_meanwhile_is_not_arranged(mentor):
    [shift] = duties.declare(mentor)
    offerings.make_session(starts_at=shift.starts_at, mentors=[mentor], title="面试技巧")
    with pytest.raises(HostClash, match="面试技巧"):
        duties.arrange(shift)


@pytest.mark.parametrize("unfit", ["kind", "unit", "closed"])
def test_unfit_room_is_refused(mentor, unfit, unit_staff):
    rooms = {
        "kind": lambda: duties.make_room(duties.Kind.TALENT),
        "unit": lambda: duties.make_room(unit=unit_staff.host_unit),
        "closed": lambda: duties.make_room(is_active=False),
    }
    [shift] = duties.declare(mentor)
    with pytest.raises(errors.RoomUnfit):
        duties.arrange(shift, room=rooms[unfit]())


def test_duty_is_decided_once_and_not_when_it_has_begun(mentor, staff):
    shift = duties.make_shift(mentor)
    with pytest.raises(errors.ShiftDecided, match="已安排"):
        duties.arrange(shift)
    with pytest.raises(errors.ShiftDecided):
        services.withdraw_shift(shift=shift, by=mentor.user, at=timezone.now())
    [late] = duties.declare(mentor, starts_at=moments.in_days(5))
    with pytest.raises(errors.ShiftInThePast):
        duties.arrange(late, at=late.starts_at)


def test_duties_arranged_together_stand_alone(mentor, staff):
    room = duties.make_room()
    shifts = duties.declare(mentor, until_on=moments.in_days(17).date())
    duties.make_shift(room=room, starts_at=moments.in_days(10))
    arranged = services.arrange_shifts(shifts=shifts, room=room, by=staff, at=timezone.now())
    assert arranged.done == [shifts[0], shifts[2]]
    [(refused, why)] = arranged.refused
    assert refused == shifts[1]
    assert room.name in why


def test_declined_duty_needs_a_reason_that_the_mentor_reads(mentor, staff):
    [shift] = duties.declare(mentor)
    at = timezone.now()
    with pytest.raises(errors.ReasonMissing):
        services.decline_shift(shift=shift, by=staff, at=at, comment=" ")
    services.decline_shift(shift=shift, by=staff, at=at, comment="那天场地检修")
    assert "那天场地检修" in Message.objects.get(person=mentor.user).body


def test_withdrawing_twice_is_once(mentor):
    [shift] = duties.declare(mentor)
    for _ in range(2):
        shift = services.withdraw_shift(shift=shift, by=mentor.user, at=timezone.now())
    assert shift.state == State.WITHDRAWN
    assert told(mentor.user) == []


def test_rooms_are_preset_free_and_never_one_room_to_two_duties(mentor, staff):
    rooms = [duties.make_room(name=f"咨询室 {number}") for number in (1, 2)]
    duties.make_shift(room=rooms[0], starts_at=moments.in_days(3, "14:00"))
    shifts = [
        *duties.declare(mentor),
        *duties.declare(),
        *duties.declare(),
        *duties.declare(starts_at=moments.in_days(3, "15:00")),
    ]
    found = arranging.arrangements(shifts, timezone.now())
    assert [row.preset for row in found] == [rooms[0].pk, rooms[1].pk, None, rooms[1].pk]
    assert [each.room for each in found[3].taken] == [rooms[0]]
    assert "15:00–16:00" in found[3].taken[0].taken_by


def test_arranging_says_what_stands_against_a_duty(mentor, staff):
    arranged = duties.make_shift(mentor)
    [no_room] = duties.declare(mentor, starts_at=moments.in_days(6), kind=duties.Kind.TALENT)
    [past] = duties.declare(mentor, starts_at=moments.in_days(9))
    at = moments.in_days(1)
    refusals = [row.refusal for row in arranging.arrangements([arranged, no_room], at)]
    assert refusals == ["现在是“已安排”", f"{no_room.host_unit}没有启用的高端人才洽谈室"]
    assert arranging.arrangements([past], past.starts_at)[0].refusal == "时间已经过去"
    assert arranging.arrangements([], at) == []


# Calling off


def test_cancelled_duty_tells_each_holder_once_and_nothing_counts_against_them(mentor, staff):
    shift = duties.make_shift(mentor)
    people = offerings.make_people(3)
    slots = duties.slots_of(shift)
    for person, slot in zip(people, (slots[0], slots[0], slots[3]), strict=True):
        duties.book(slot, person)
    before = [told(person) for person in people]
    for _ in range(2):
        services.cancel_shift(shift=shift, by=staff, at=timezone.now(), reason="停电检修")
    assert [told(person)[len(old) :] for person, old in zip(people, before, strict=True)] == [
        ["offering_cancelled"]
    ] * 3
    assert told(mentor.user) == ["shift_approved", "shift_cancelled"]
    assert {slot.offering.state for slot in duties.slots_of(shift)} == {"cancelled"}
    assert offerings.broken_invariants() == []


def test_mentor_who_cancels_is_not_told_so(mentor):
    shift = duties.make_shift(mentor)
    services.cancel_shift(shift=shift, by=mentor.user, at=timezone.now(), reason="出差")
    assert told(mentor.user) == ["shift_approved"]


def test_running_duty_loses_the_slots_that_have_not_begun(mentor):
    at = timezone.now()
    shift = duties.running_shift(mentor, at=at)
    services.cancel_shift(shift=shift, by=mentor.user, at=at, reason="身体不适")
    states = [slot.offering.state for slot in duties.slots_of(shift)]
    assert states == ["published", "cancelled", "cancelled", "cancelled"]


def test_duty_that_is_over_and_slots_that_have_begun_are_not_called_off(mentor):
    at = timezone.now()
    shift = duties.running_shift(mentor, at=at)
    with pytest.raises(errors.ShiftOver):
        services.cancel_shift(shift=shift, by=mentor.user, at=shift.ends_at, reason="出差")
    with pytest.raises(errors.SlotBegun):
        services.cancel_slot(slot=duties.slots_of(shift)[0], by=mentor.user, at=at, reason="出差")
    [waiting] = duties.declare(mentor, starts_at=moments.in_days(5))
    with pytest.raises(errors.ShiftDecided):
        services.cancel_shift(shift=waiting, by=mentor.user, at=at, reason="出差")


def test_one_slot_is_called_off_once(mentor, job_seeker):
    shift = duties.make_shift(mentor)
    slot = duties.slots_of(shift)[0]
    duties.book(slot, job_seeker)
    with pytest.raises(errors.ReasonMissing):
        services.cancel_slot(slot=slot, by=mentor.user, at=timezone.now(), reason="")
    for _ in range(2):
        services.cancel_slot(slot=slot, by=mentor.user, at=timezone.now(), reason="开会")
    assert told(job_seeker) == ["booked", "offering_cancelled"]
    assert [each.offering.state for each in duties.slots_of(shift)][1:] == ["published"] * 3


# Presence


def test_presence_is_noted_for_every_slot_and_may_be_corrected(mentor, staff):
    shift = duties.running_shift(mentor)
    services.cancel_slot(slot=duties.slots_of(shift)[3], by=staff, at=timezone.now(), reason="调整")
    for is_present, expected in ((False, "absent"), (True, "present")):
        services.note_duty(shift=shift, is_present=is_present, by=staff, at=timezone.now())
        noted = mentor.user.hostings.exclude(offering__state="cancelled")
        assert set(noted.values_list("presence", "presence_noted_by")) == {(expected, staff.pk)}
    assert desk.presence_of(shift).presence == "present"


def test_presence_is_noted_neither_early_nor_where_nothing_was_held(mentor, staff):
    later = duties.make_shift(mentor)
    at = timezone.now()
    with pytest.raises(DeskClosed):
        services.note_duty(shift=later, is_present=True, by=staff, at=at)
    for slot in duties.slots_of(later):
        services.cancel_slot(slot=slot, by=staff, at=at, reason="场地检修")
    with pytest.raises(errors.NoSlotStands):
        services.note_duty(shift=later, is_present=True, by=staff, at=later.starts_at)
    [waiting] = duties.declare(mentor, starts_at=moments.in_days(5))
    with pytest.raises(errors.ShiftDecided):
        services.note_duty(shift=waiting, is_present=True, by=staff, at=waiting.starts_at)


# The mentor's desk


def test_panel_shows_the_next_duties_todays_people_and_outcomes_to_write(mentor, staff):
    at = timezone.now()
    running = duties.running_shift(mentor, at=at)
    first, second, third = duties.slots_of(running)[:3]
    came, written, expected = offerings.make_people(3)
    before = first.offering.starts_at - timedelta(hours=1)
    rows = [
        duties.book(slot, person, at=before)
        for slot, person in ((first, came), (second, written), (third, expected))
    ]
    for row in rows[:2]:
        duties.check_in(row, staff)
    record = services.record_of(reservation=rows[1])
    services.note_outcome(
        consultation=record,
        mentor=mentor,
        notes="",
        outcome="advised",
        by=mentor.user,
        at=before + 4 * HALF_HOUR,
    )
    duties.declare(mentor, starts_at=moments.in_days(9))
    duties.make_shift(starts_at=moments.in_days(2))
    panel = selectors.desk_panel(mentor, at)
    assert [line.word for line in panel.coming] == ["正在值班", "待安排"]
    assert [line.name for line in panel.to_write] == [str(came)]
    day = timezone.localtime(at).date()
    todays = [row for row in rows if timezone.localtime(row.offering.starts_at).date() == day]
    assert [line.pk for line in panel.today] == [row.pk for row in todays]


def test_new_duty_begins_on_a_working_day_with_what_was_usual(mentor):
    today = date(2026, 3, 6)
    usual = selectors.usual_duty(mentor, today)
    assert (usual["first_on"], usual["until_on"]) == (date(2026, 3, 9), date(2026, 3, 30))
    assert (usual["kind"], usual["host_unit"]) == ("consultation", offerings.province().pk)
