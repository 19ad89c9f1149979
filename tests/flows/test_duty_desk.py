"""The desk of a duty over HTTP: who comes, who walks in, whether the mentor is there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.models import Consultation, ConsultationShift
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


@pytest.fixture
def running():
    return duties.running_shift(at=timezone.now())


@pytest.fixture
def desk(client, staff, running):
    client.force_login(staff)
    return f"{running.get_absolute_url()}desk/"


def test_list_of_desks_has_one_line_for_a_duty_and_none_for_its_slots(client, desk, running, job_seeker):
    session = offerings.make_session(starts_at=timezone.now() + timedelta(minutes=1))
    duties.book_before(duties.slots_of(running)[0], job_seeker)
    day = timezone.localtime(running.starts_at).date()
    ago = (timezone.localdate() - day).days
    lines = client.get(f"/desk/?ago={ago}").context["desks"]
    ours = [line for line in lines if line.kind == "咨询"]
    assert [line.url for line in ours] == [desk]
    assert (ours[0].booked, ours[0].arrived, ours[0].is_finished) == (1, 0, False)
    assert session.title in words(client.get("/desk/")) or ago


def test_desk_checks_in_and_takes_it_back(client, desk, running, job_seeker):
    row = duties.book_before(duties.slots_of(running)[0], job_seeker)
    page = words(client.get(desk))
    assert job_seeker.masked_phone in page and job_seeker.phone not in page
    assert "转行做数控怎么准备" in page
    fragment = client.post(f"{desk}check-in/{row.pk}/", headers=HTMX)
    assert "求职者小李已签到" in words(fragment) and "<html" not in words(fragment)
    row.refresh_from_db()
    assert row.state == "attended"
    client.post(f"{desk}undo/{row.pk}/")
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_desk_takes_a_walk_in_into_the_next_free_slot(client, desk, running, job_seeker):
    first, second = duties.slots_of(running)[:2]
    duties.book_before(first, job_seeker)
    form = client.get(desk).context["form"]
    assert form["slot"].value() == second.pk
    values = {"slot": second.pk, "name": "赵大海", "phone": "139 1234 5678", "question": "怎么写简历"}
    response = client.post(f"{desk}walk-in/", values, follow=True)
    assert "赵大海已登记到场" in words(response)
    record = Consultation.objects.get(reservation__person__phone="13912345678")
    assert record.question == "怎么写简历"
    assert record.reservation.offering_id == second.pk


def test_walk_in_into_an_occupied_slot_is_refused_and_what_was_typed_is_kept(client, desk, running):
    first = duties.slots_of(running)[0]
    values = {"slot": first.pk, "name": "赵大海", "phone": "13912345678"}
    client.post(f"{desk}walk-in/", values)
    response = client.post(f"{desk}walk-in/", values | {"name": "钱小海", "phone": "13912345679"})
    assert response.status_code == 422
    assert "这个时段正在接待赵大海" in words(response)
    assert 'value="钱小海"' in words(response)
    response = client.post(f"{desk}walk-in/", {"slot": first.pk, "phone": "12"})
    assert response.status_code == 422
    assert client.post(f"{desk}walk-in/", values | {"slot": 999_999_999}).status_code == 422


def test_desk_notes_the_mentors_presence_for_every_slot(client, desk, running):
    client.post(f"{desk}presence/", {"presence": "absent"})
    client.post(f"{desk}presence/", {"presence": "present"}, headers=HTMX)
    assert set(running.mentor.user.hostings.values_list("presence", flat=True)) == {"present"}


def test_desk_is_closed_before_its_time_and_not_there_for_others(client, staff, unit_staff, running):
    later, [waiting] = duties.make_shift(starts_at=moments.in_days(5)), duties.declare()
    client.force_login(staff)
    page = words(client.get(f"{later.get_absolute_url()}desk/"))
    assert "现在不在签到时间内" in page and "登记到场" not in page
    assert client.get(f"{waiting.get_absolute_url()}desk/").status_code == 404
    client.force_login(unit_staff)
    assert client.get(f"{running.get_absolute_url()}desk/").status_code == 404
    client.force_login(running.mentor.user)
    assert client.get(f"{running.get_absolute_url()}desk/").status_code == 403


def test_reservation_of_another_duty_is_not_there_at_a_desk(client, desk, job_seeker):
    row = duties.book(duties.slots_of(duties.make_shift())[0], job_seeker)
    assert client.post(f"{desk}check-in/{row.pk}/").status_code == 404
    assert client.post(f"{desk}undo/{row.pk}/").status_code == 404
