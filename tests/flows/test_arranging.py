"""Staff give mentors' duties their rooms, say no, call off, and answer requests for 高端人才洽谈室."""

import pytest
from django.urls import reverse

from consultations.models import Consultation, ConsultationShift
from mentor_portal.accounts.models import HostUnit
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.models import Reservation
from tests import duties, moments, offerings

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}
State = ConsultationShift.State


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


@pytest.fixture
def room():
    return duties.make_room(name="职业咨询室 1")


def words(response) -> str:
    return response.content.decode()


LIST = reverse("admin:consultations_consultationshift_changelist")


def act_on(client, action: str, shifts, **values: object):
    """Send the list's form, or a page of it, for some duties."""
    chosen = {"action": action, "_selected_action": [shift.pk for shift in shifts]}
    return client.post(LIST, chosen | values, follow=True)


def presets(page) -> dict[str, object]:
    """Return what the page with the rooms would send."""
    return {f"room-{row.shift.pk}": row.preset or "" for row in page.context["rows"]}


def states_of(shifts) -> list[str]:
    found = dict(ConsultationShift.objects.values_list("pk", "state"))
    return [found[shift.pk] for shift in shifts]


def test_many_duties_get_free_rooms_with_one_confirmation(client, staff, room):
    second = duties.make_room(name="职业咨询室 2")
    shifts = [*duties.declare(starts_at=moments.in_days(3)), *duties.declare(starts_at=moments.in_days(3))]
    client.force_login(staff)
    page = act_on(client, "arrange", shifts)
    assert sorted(presets(page).values()) == sorted([room.pk, second.pk])
    done = act_on(client, "arrange", shifts, confirm="1", **presets(page))
    assert "已安排 2 个值班" in words(done)
    assert states_of(shifts) == [State.APPROVED] * 2


def test_taken_room_is_told_and_a_forced_clash_is_refused_by_name(client, staff, room):
    taken = duties.make_shift(offerings.make_mentor("李敏"), room=room)
    [shift] = duties.declare()
    client.force_login(staff)
    page = act_on(client, "arrange", [shift])
    assert "当时没有空闲的房间" in words(page)
    assert "职业咨询室 1：09:00–11:00“一对一咨询 · 李敏”" in words(page)
    done = act_on(client, "arrange", [shift], confirm="1", **{f"room-{shift.pk}": room.pk})
    assert "职业咨询室 1" in words(done) and "一对一咨询 · 李敏" in words(done)
    assert states_of([taken, shift]) == [State.APPROVED, State.SUBMITTED]


def test_series_is_arranged_on_one_page_and_one_refusal_leaves_the_others(client, staff, room):
    shifts = duties.declare(until_on=moments.in_days(17).date())
    duties.make_shift(room=room, starts_at=moments.in_days(10))
    client.force_login(staff)
    page = client.get(reverse("admin:consultations_consultationshift_arrange_series", args=[shifts[0].pk]))
    assert len(page.context["rows"]) == 3
    chosen = {f"room-{shift.pk}": room.pk for shift in shifts}
    done = act_on(client, "arrange", shifts, confirm="1", **chosen)
    assert "已安排 2 个值班" in words(done)
    assert states_of(shifts) == [State.APPROVED, State.SUBMITTED, State.APPROVED]


def test_room_of_another_unit_or_kind_cannot_be_sent(client, staff, room):
    others = [
        duties.make_room(unit=HostUnit.objects.filter(kind=HostUnit.Kind.PREFECTURE).first()),
        duties.make_room(ConsultationShift.Kind.TALENT),
    ]
    [shift] = duties.declare()
    client.force_login(staff)
    for other in others:
        done = act_on(client, "arrange", [shift], confirm="1", **{f"room-{shift.pk}": other.pk})
        assert "没有选择房间" in words(done)
    assert states_of([shift]) == [State.SUBMITTED]


def test_declined_duty_says_why_to_the_mentor(client, staff, mentor):
    [shift] = duties.declare(mentor)
    client.force_login(staff)
    assert "以下值班将不安排" in words(act_on(client, "decline", [shift]))
    assert "请填写不安排的原因" in words(act_on(client, "decline", [shift], words=" "))
    act_on(client, "decline", [shift], words="那天场地检修")
    assert states_of([shift]) == [State.DECLINED]
    assert "那天场地检修" in Message.objects.get(person=mentor.user).body
    client.force_login(mentor.user)
    assert "“那天场地检修”" in words(client.get("/consultations/duties/"))


def test_arranged_duty_is_called_off_after_showing_who_is_told(client, staff, mentor, job_seeker):
    shift = duties.make_shift(mentor)
    duties.book(duties.slots_of(shift)[0], job_seeker)
    client.force_login(staff)
    address = reverse("admin:consultations_consultationshift_call_off_one", args=[shift.pk])
    page = client.get(address)
    assert page.context["asking"].told.people == 1
    act_on(client, "call_off", [shift], words="停电检修")
    assert states_of([shift]) == [State.CANCELLED]
    told = Message.objects.filter(body__contains="停电检修")
    assert sorted(told.values_list("person", flat=True)) == sorted([mentor.user_id, job_seeker.pk])


def test_duties_of_another_unit_are_not_there_for_a_units_staff(client, unit_staff, room):
    [foreign] = duties.declare()
    duties.make_room(unit=unit_staff.host_unit)
    [own] = duties.declare(host_unit=unit_staff.host_unit)
    client.force_login(unit_staff)
    assert [row.pk for row in client.get(LIST).context["cl"].result_list] == [own.pk]
    for name in ("arrange_one", "arrange_series", "decline_one", "call_off_one", "desk", "change"):
        address = reverse(f"admin:consultations_consultationshift_{name}", args=[foreign.pk])
        assert client.get(address).status_code == 404
    act_on(client, "arrange", [foreign], confirm="1", **{f"room-{foreign.pk}": room.pk})
    assert states_of([foreign]) == [State.SUBMITTED]


def test_presence_is_noted_from_the_list(client, staff):
    shift = duties.running_shift()
    client.force_login(staff)
    act_on(client, "note_present", [shift])
    noted = shift.mentor.user.hostings.values_list("presence", flat=True)
    assert set(noted) == {"present"}


def test_slots_are_read_on_the_dutys_page(client, staff, job_seeker):
    shift = duties.make_shift()
    duties.book(duties.slots_of(shift)[0], job_seeker)
    client.force_login(staff)
    page = words(client.get(reverse("admin:consultations_consultationshift_change", args=[shift.pk])))
    assert "求职者小李（已预约）" in page
    assert "09:30–10:00" in page


# Requests for 高端人才洽谈室

RECORDS = reverse("admin:consultations_consultation_changelist")


@pytest.fixture
def request_row(job_seeker) -> Reservation:
    shift = duties.make_shift(kind=duties.Kind.TALENT)
    return duties.book(duties.slots_of(shift)[0], job_seeker, "博士回湘，想谈谈安家政策")


def answer(client, action: str, rows, **values: object):
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(RECORDS, chosen | values, follow=True)


def test_request_waits_in_the_queue_with_its_question_and_many_are_approved_at_once(
    client, staff, request_row
):
    [other] = offerings.make_people(1)
    again = duties.book(duties.slots_of(duties.make_shift(kind=duties.Kind.TALENT))[0], other)
    client.force_login(staff)
    queues = {queue.word: queue for queue in client.get(reverse("admin:index")).context["queues"]}
    assert queues["待审核的洽谈预约"].count == 2
    assert "博士回湘，想谈谈安家政策" in words(client.get(queues["待审核的洽谈预约"].url))
    done = answer(client, "approve", [request_row, again])
    assert "已同意 2 条预约" in words(done)
    assert set(Reservation.objects.values_list("state", flat=True)) == {"confirmed"}


def test_link_alone_approves_nothing(client, staff, request_row):
    client.force_login(staff)
    page = client.get(reverse("admin:consultations_consultation_approve_one", args=[request_row.pk]))
    assert "同意并通知本人" in words(page)
    request_row.refresh_from_db()
    assert request_row.state == "requested"


def test_refused_request_needs_a_reason_that_the_person_is_told(client, staff, request_row, job_seeker):
    client.force_login(staff)
    assert "以下预约将不同意" in words(answer(client, "refuse", [request_row]))
    assert "请填写不同意的原因" in words(answer(client, "refuse", [request_row], words=""))
    answer(client, "refuse", [request_row], words="请先完善简历")
    request_row.refresh_from_db()
    assert request_row.state == "cancelled"
    assert "请先完善简历" in Message.objects.get(person=job_seeker, kind="refused").body
    assert "都已经处理过了" in words(answer(client, "refuse", [request_row]))


def test_notes_of_the_mentor_are_read_by_the_province_alone(client, staff, unit_staff, job_seeker):
    duties.make_room(unit=unit_staff.host_unit)
    shift = duties.make_shift(host_unit=unit_staff.host_unit)
    row = duties.book(duties.slots_of(shift)[0], job_seeker)
    Consultation.objects.filter(pk=row.pk).update(notes="家里有困难，不宜外派", noted_at=moments.in_days(0))
    address = reverse("admin:consultations_consultation_change", args=[row.pk])
    for person, is_shown in ((staff, True), (unit_staff, False)):
        client.force_login(person)
        page = words(client.get(address))
        assert "转行做数控怎么准备" in page
        assert ("不宜外派" in page) is is_shown


def test_records_of_another_unit_are_not_there(client, unit_staff, request_row):
    client.force_login(unit_staff)
    assert not client.get(RECORDS).context["cl"].result_list
    for name in ("change", "approve_one", "refuse_one", "resume"):
        address = reverse(f"admin:consultations_consultation_{name}", args=[request_row.pk])
        assert client.get(address).status_code == 404
    answer(client, "approve", [request_row])
    request_row.refresh_from_db()
    assert request_row.state == "requested"


def test_duties_that_wait_come_first_then_the_next_ones_then_the_past(client, staff):
    later = duties.make_shift(starts_at=moments.in_days(9))
    past = duties.make_shift(at=moments.in_days(-9), starts_at=moments.in_days(-2))
    sooner = duties.make_shift(starts_at=moments.in_days(2))
    [waiting] = duties.declare(starts_at=moments.in_days(20))
    client.force_login(staff)
    assert list(client.get(LIST).context["cl"].result_list) == [waiting, sooner, later, past]


def test_refused_request_says_why_to_staff_who_read_it_later(client, staff, request_row):
    client.force_login(staff)
    answer(client, "refuse", [request_row], words="本次只接待博士")
    page = words(client.get(reverse("admin:consultations_consultation_change", args=[request_row.pk])))
    assert "预约未获同意：本次只接待博士" in page
    assert "未填写" not in page
