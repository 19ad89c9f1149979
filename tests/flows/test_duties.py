"""A mentor's duties over HTTP: declaring, seeing who comes, calling off, writing what came of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.models import Consultation, ConsultationShift
from mentor_portal.accounts.models import HostUnit
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.services import add_walk_in
from tests import duties, moments, offerings

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}
State = ConsultationShift.State
NEW = "/consultations/duties/new/"


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


@pytest.fixture
def room():
    return duties.make_room(name="职业咨询室 1")


def words(response) -> str:
    return response.content.decode()


def shown(form) -> dict[str, object]:
    """Return what a form that was just opened would send."""
    names = ("kind", "host_unit", "first_on", "begins", "ends", "repeat", "until_on", "note")
    values = {name: form[name].value() for name in names}
    return {name: value for name, value in values.items() if value is not None}


# Declaring


def test_form_is_filled_in_so_that_one_tap_declares(client, mentor, room):
    client.force_login(mentor.user)
    form = client.get(NEW).context["form"]
    response = client.post(NEW, shown(form))
    [shift] = ConsultationShift.objects.all()
    assert response.url == shift.get_absolute_url()
    starts_at, ends_at = (timezone.localtime(each) for each in (shift.starts_at, shift.ends_at))
    assert starts_at.isoweekday() < 6
    assert (starts_at.hour, ends_at.hour) == (9, 12)
    assert (shift.kind, shift.host_unit) == ("consultation", offerings.province())


def test_form_begins_with_the_last_dutys_room_unit_and_hours(client, mentor, room):
    unit = duties.make_room(ConsultationShift.Kind.TALENT, unit=_other_unit()).host_unit
    duties.declare(mentor, starts_at=moments.in_days(5, "14:30"), kind=duties.Kind.TALENT, host_unit=unit)
    client.force_login(mentor.user)
    values = shown(client.get(NEW).context["form"])
    assert (values["kind"], values["host_unit"]) == ("talent", unit.pk)
    assert (f"{values['begins']:%H:%M}", f"{values['ends']:%H:%M}") == ("14:30", "16:30")


def test_four_weekly_duties_are_one_choice_more(client, mentor, room):
    client.force_login(mentor.user)
    values = shown(client.get(NEW).context["form"]) | {"repeat": "weekly"}
    response = client.post(NEW, values, follow=True)
    assert ConsultationShift.objects.count() == 4
    assert ConsultationShift.objects.values("series").distinct().count() == 1
    assert "已申报 4 次值班" in words(response)
    assert len(response.context["duties"]) == 4


def test_days_of_a_series_are_listed_and_left_out(client, mentor, room):
    client.force_login(mentor.user)
    values = shown(client.get(NEW).context["form"]) | {"repeat": "weekly"}
    fragment = client.post(NEW, values | {"act": "days"}, headers=HTMX)
    assert "共 4 次" in words(fragment)
    assert "<html" not in words(fragment)
    page = client.post(NEW, values | {"act": "days"})
    assert page.status_code == 200
    assert not ConsultationShift.objects.exists()
    days = [code for code, _ in page.context["form"].fields["exceptions"].choices]
    client.post(NEW, values | {"exceptions": [days[1], "2020-01-01", "no day"]})
    declared = [timezone.localtime(shift.starts_at).date().isoformat() for shift in _in_order()]
    assert declared == [days[0], days[2], days[3]]
    series = ConsultationShift.objects.first().series
    assert series.exceptions == [days[1]]


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"repeat": "weekly", "first_on": "x", "until_on": "9999-12-31"},
        {"repeat": "weekly", "first_on": "9999-12-20", "until_on": "9999-12-31"},
        {"repeat": "weekly", "first_on": "2026-12-31", "until_on": "2026-01-01"},
        {"repeat": "?", "kind": "?", "host_unit": "x", "begins": "x", "exceptions": "\0", "note": "\0"},
    ],
)
def test_days_of_nonsense_are_none_and_no_fault(client, mentor, room, typed):
    client.force_login(mentor.user)
    for headers in ({}, HTMX):
        assert client.post(NEW, typed | {"act": "days"}, headers=headers).status_code == 200
    assert not ConsultationShift.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"ends": "08:00"}, "ends", "结束时间须晚于开始时间"),
        ({"ends": "09:10"}, "ends", "值班至少 30 分钟"),
        ({"first_on": "2020-01-01"}, "first_on", "值班时间已经过去"),
        ({"first_on": "0001-01-01"}, "first_on", "值班时间已经过去"),
        ({"first_on": "9999-12-31"}, "first_on", "最多提前一年"),
        ({"note": "a\0b"}, "note", ""),
        ({"first_on": "13 月"}, "first_on", "请选择日期"),
        ({"begins": "25:00"}, "begins", "请填写时间"),
        ({"repeat": "weekly", "until_on": ""}, "until_on", "请选择重复到哪一天"),
        ({"repeat": "weekly", "until_on": "2020-01-01"}, "until_on", "须在第一天之后"),
        ({"repeat": "weekly", "until_on": "9999-12-31"}, "until_on", "一次最多申报 26 周"),
        ({"kind": "talent"}, "host_unit", "没有高端人才洽谈室"),
        ({"host_unit": "999999"}, "host_unit", "请从列出的单位里选择"),
        ({"note": "很" * 201}, "note", "说明最多 200 字"),
    ],
)
def test_refused_duty_says_why_under_its_field_and_keeps_what_was_typed(
    client, mentor, room, typed, field, sentence
):
    client.force_login(mentor.user)
    values = shown(client.get(NEW).context["form"]) | {"note": "下午也可以"} | typed
    response = client.post(NEW, values)
    assert response.status_code == 422
    assert sentence in response.context["form"].errors[field][0]
    assert 'value="' in words(response)
    assert not ConsultationShift.objects.exists()


def test_series_without_a_day_left_and_one_that_clashes_are_refused(client, mentor, room):
    duties.declare(mentor, starts_at=moments.in_days(10))
    client.force_login(mentor.user)
    day = moments.in_days(3).date()
    values = shown(client.get(NEW).context["form"]) | {
        "first_on": day.isoformat(),
        "repeat": "weekly",
        "until_on": day.isoformat(),
        "exceptions": [day.isoformat()],
    }
    assert "请至少留一天" in words(client.post(NEW, values))
    values |= {"until_on": (day + timedelta(days=7)).isoformat(), "exceptions": []}
    response = client.post(NEW, values)
    assert response.status_code == 422
    assert "值班（职业咨询室）" in words(response)
    assert ConsultationShift.objects.count() == 1


def test_mentor_out_of_office_is_told_so(client, mentor, room):
    mentor.appointments.update(state="revoked")
    client.force_login(mentor.user)
    response = client.post(NEW, shown(client.get(NEW).context["form"]))
    assert "不在聘期内" in response.context["form"].errors["first_on"][0]


def test_form_without_any_room_says_so(client, mentor):
    client.force_login(mentor.user)
    assert "还没有单位登记咨询室" in words(client.get(NEW))


# What a mentor sees and calls off


def test_list_shows_what_is_ones_own_by_day_and_what_is_over(client, mentor):
    duties.declare(mentor, starts_at=moments.in_days(6))
    arranged = duties.make_shift(mentor, starts_at=moments.in_days(2))
    duties.book(duties.slots_of(arranged)[0], offerings.make_people(1)[0])
    duties.make_shift(starts_at=moments.in_days(2))
    over = duties.make_shift(mentor, starts_at=moments.in_days(-2), at=moments.in_days(-9))
    client.force_login(mentor.user)
    lines = client.get("/consultations/duties/").context["duties"]
    assert [line.word for line in lines] == ["已安排", "待安排"]
    assert lines[0].slots == "已约 1 / 4 个时段"
    assert lines[0].place == str(arranged.room)
    past = client.get("/consultations/duties/?tab=past").context["duties"]
    assert [line.pk for line in past] == [over.pk]


def test_empty_list_leads_to_the_form(client, mentor):
    client.force_login(mentor.user)
    assert NEW in words(client.get("/consultations/duties/"))
    assert "还没有值过班" in words(client.get("/consultations/duties/?tab=past"))


def test_detail_shows_slots_with_questions_and_no_phone(client, mentor, job_seeker):
    shift = duties.make_shift(mentor)
    row = duties.book(duties.slots_of(shift)[1], job_seeker, "三年没涨薪怎么谈")
    client.force_login(mentor.user)
    page = words(client.get(shift.get_absolute_url()))
    assert "求职者小李" in page and "三年没涨薪怎么谈" in page
    assert f"/consultations/held/{row.pk}/" in page
    assert job_seeker.phone not in page


def test_withdrawing_asks_once_more_and_arranged_duties_are_not_withdrawn(client, mentor):
    [waiting] = duties.declare(mentor)
    arranged = duties.make_shift(mentor, starts_at=moments.in_days(8))
    client.force_login(mentor.user)
    assert "确认撤回" in words(client.get(f"{waiting.get_absolute_url()}withdraw/"))
    client.post(f"{waiting.get_absolute_url()}withdraw/")
    waiting.refresh_from_db()
    assert waiting.state == State.WITHDRAWN
    page = client.get(f"{arranged.get_absolute_url()}withdraw/", follow=True)
    assert "不能撤回" in words(page)
    client.post(f"{arranged.get_absolute_url()}withdraw/")
    arranged.refresh_from_db()
    assert arranged.state == State.APPROVED


def test_whole_series_is_taken_back_but_for_what_is_arranged(client, mentor):
    shifts = duties.declare(mentor, until_on=moments.in_days(24).date())
    other = duties.declare(mentor, starts_at=moments.in_days(5))
    duties.arrange(shifts[0])
    client.force_login(mentor.user)
    address = f"{shifts[2].get_absolute_url()}withdraw/"
    assert "撤回整个系列待安排的 3 次" in words(client.get(address))
    response = client.post(address, {"scope": "series"}, follow=True)
    assert "已撤回这个系列里待安排的 3 次值班" in words(response)
    states = dict(ConsultationShift.objects.values_list("pk", "state"))
    assert [states[shift.pk] for shift in shifts] == [State.APPROVED] + [State.WITHDRAWN] * 3
    assert states[other[0].pk] == State.SUBMITTED


def test_calling_off_shows_who_is_told_asks_why_and_tells_them(client, mentor):
    shift = duties.make_shift(mentor)
    first, second, _third = offerings.make_people(3)
    slots = duties.slots_of(shift)
    for person, slot in ((first, slots[0]), (second, slots[0]), (_third, slots[2])):
        duties.book(slot, person)
    client.force_login(mentor.user)
    address = f"{shift.get_absolute_url()}cancel/"
    page = client.get(address)
    assert page.context["told"].people == 3
    assert "将取消 4 个时段" in words(page)
    assert client.post(address).status_code == 422
    client.post(address, {"reason": "临时出差"})
    shift.refresh_from_db()
    assert shift.state == State.CANCELLED
    told = Message.objects.filter(kind="offering_cancelled")
    assert sorted(told.values_list("person", flat=True)) == sorted([first.pk, second.pk, _third.pk])
    assert all("临时出差" in message.body for message in told)
    assert "不能取消" in words(client.get(address, follow=True))


def test_one_slot_is_called_off_alone(client, mentor, job_seeker):
    shift = duties.make_shift(mentor)
    first, second = duties.slots_of(shift)[:2]
    row = duties.book(first, job_seeker)
    client.force_login(mentor.user)
    address = f"/consultations/duties/slots/{first.pk}/cancel/"
    assert client.get(address).context["told"].people == 1
    assert client.post(address).status_code == 422
    response = client.post(address, {"reason": "要去开会"}, follow=True)
    assert "已取消：要去开会" in words(response)
    row.refresh_from_db()
    second.offering.refresh_from_db()
    assert (row.state, second.offering.state) == ("cancelled", "published")
    assert "不能再取消" in words(client.get(address, follow=True))


def test_others_duties_are_not_there(client, mentor, job_seeker):
    other = duties.make_shift()
    row = duties.book(duties.slots_of(other)[0], job_seeker)
    slot = duties.slots_of(other)[0].pk
    paths = [
        other.get_absolute_url(),
        f"{other.get_absolute_url()}withdraw/",
        f"{other.get_absolute_url()}cancel/",
        f"/consultations/duties/slots/{slot}/cancel/",
        f"/consultations/held/{row.pk}/",
    ]
    client.force_login(mentor.user)
    assert [client.get(path).status_code for path in paths] == [404] * 5
    client.force_login(job_seeker)
    assert [client.get(path).status_code for path in [*paths, NEW]] == [404] * 6


# The outcome


def test_outcome_is_written_after_the_start_and_may_be_amended(client, mentor, job_seeker):
    shift = duties.running_shift(mentor)
    row = duties.book_before(duties.slots_of(shift)[0], job_seeker)
    client.force_login(mentor.user)
    address = f"/consultations/held/{row.pk}/"
    assert "转行做数控怎么准备" in words(client.get(address))
    assert client.post(address, {"notes": "先考证"}).status_code == 422
    client.post(address, {"outcome": "advised", "notes": "先考证"})
    client.post(address, {"outcome": "job", "notes": "先考证，推荐了岗位"})
    record = Consultation.objects.get(pk=row.pk)
    assert (record.outcome, record.notes, record.noted_by) == ("job", "先考证，推荐了岗位", mentor)
    assert "已推荐岗位" in words(client.get(address))


def test_outcome_of_somebody_whom_the_engines_desk_let_in(client, mentor, staff):
    slot = duties.slots_of(duties.running_shift(mentor))[0]
    phone = "13911112222"
    done = add_walk_in(offering=slot.offering, name="赵大海", phone=phone, by=staff, at=timezone.now())
    client.force_login(mentor.user)
    address = f"/consultations/held/{done.reservation.pk}/"
    assert "没有写问题" in words(client.get(address))
    client.post(address, {"outcome": "class"})
    assert Consultation.objects.get(pk=done.reservation.pk).outcome == "class"


def test_outcome_before_the_start_is_refused(client, mentor, job_seeker):
    row = duties.book(duties.slots_of(duties.make_shift(mentor))[0], job_seeker)
    client.force_login(mentor.user)
    address = f"/consultations/held/{row.pk}/"
    assert "咨询还没有开始" in words(client.get(address))
    response = client.post(address, {"outcome": "advised"}, headers={"referer": address}, follow=True)
    assert "咨询还没有开始，开始后再填写" in words(response)
    assert Consultation.objects.get(pk=row.pk).outcome == ""


def _in_order():
    return ConsultationShift.objects.order_by("starts_at")


def _other_unit():
    return HostUnit.objects.filter(kind=HostUnit.Kind.PREFECTURE).first()
