"""约咨询 over HTTP: finding a time, booking it, whoever is free, the résumé, the rating, what falls away."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations import services
from consultations.models import Consultation, ConsultationShift
from mentor_portal.reservations.models import Reservation
from mentor_portal.reservations.services import check_in_at_desk
from mentors.models import IndustrialChain
from tests import documents as made
from tests import duties, offerings

pytestmark = pytest.mark.django_db
State = Reservation.State
LIST = reverse("consultations:slot-list")
HTMX = {"hx-request": "true"}


def words(response) -> str:
    return response.content.decode()


def book_path(slot) -> str:
    return reverse("consultations:slot-book", args=[slot.pk])


@pytest.fixture
def chain():
    return IndustrialChain.objects.order_by("pk").first()


@pytest.fixture
def mentor(chain):
    mentor = offerings.make_mentor("谭晓峰", primary_chain=chain, primary_category=chain.category)
    return duties.appoint(mentor)


@pytest.fixture
def slots(mentor):
    return duties.slots_of(duties.make_shift(mentor))


def test_list_opens_on_the_first_day_with_a_free_time(client, slots):
    page = words(client.get(LIST))
    assert "谭晓峰" in page
    assert all(
        f"{timezone.localtime(slot.offering.starts_at):%H:%M} 谭晓峰，可预约" in page for slot in slots
    )
    assert " data-sheet>" not in page  # signed out, a tap leads to the sign-in


def test_list_without_any_time_leads_elsewhere(client, db):
    assert "近期没有可约的咨询" in words(client.get(LIST))


def test_day_without_a_time_leads_to_the_next_with_one(client, slots):
    page = words(client.get(LIST, {"day": timezone.localdate().isoformat()}))
    assert "看最近有空的一天" in page
    assert f"?day={timezone.localtime(slots[0].offering.starts_at).date().isoformat()}" in page


@pytest.mark.parametrize(
    "query", ["day=x", "day=1999-01-01", "chain=nothing", "unit=abc", "mentor=99999999999999999999", "kind=y"]
)
def test_address_that_makes_no_sense_shows_the_list(client, slots, query):
    assert client.get(f"{LIST}?{query}").status_code == 200


def test_filters_narrow_to_chain_unit_mentor_and_kind(client, slots, chain):
    other = IndustrialChain.objects.exclude(category=chain.category).first()
    assert "谭晓峰" in words(client.get(LIST, {"chain": chain.slug}))
    assert "谭晓峰" not in words(client.get(LIST, {"chain": other.slug}))
    assert "谭晓峰" not in words(client.get(LIST, {"category": other.category.slug}))
    assert "谭晓峰" not in words(client.get(LIST, {"kind": "talent"}))
    assert "谭晓峰" in words(client.get(LIST, {"mentor": slots[0].shift.mentor_id}))
    assert "谭晓峰" in words(client.get(LIST, {"unit": offerings.province().pk}))


def test_booking_by_the_sheet_asks_for_the_question_and_leads_to_the_slot(client, job_seeker, slots):
    client.force_login(job_seeker)
    sheet = client.get(book_path(slots[0]), headers=HTMX)
    assert 'hx-encoding="multipart/form-data"' in words(sheet)
    refused = client.post(book_path(slots[0]), {"question": " "}, headers=HTMX)
    assert (refused.status_code, "请用一句话写明想咨询什么。" in words(refused)) == (422, True)
    done = client.post(book_path(slots[0]), {"question": "想转行"}, headers=HTMX)
    assert done["HX-Redirect"] == slots[0].get_absolute_url()
    page = words(client.get(slots[0].get_absolute_url()))
    assert "预约成功，请按时到场。" in page
    assert "想转行" in page
    assert "已约" in words(client.get(LIST))


def test_refused_resume_says_why_and_keeps_the_question(client, job_seeker, slots):
    client.force_login(job_seeker)
    sent = {"question": "想转行", "resume": made.upload("简历.pdf", made.EXE)}
    page = client.post(book_path(slots[0]), sent)
    assert page.status_code == 422
    assert "“简历.pdf”没有上传：文件是程序，不能上传，请上传 PDF、Word、JPG、PNG 文件。" in words(page)
    assert 'value="想转行"' in words(page)
    assert offerings.states(slots[0]) == []


def test_rule_that_refuses_keeps_the_question_for_the_next_try(client, job_seeker, slots):
    for slot in slots[:2]:
        duties.book(slot, job_seeker)
    client.force_login(job_seeker)
    refused = client.post(book_path(slots[2]), {"question": "第三个问题"}, follow=True)
    assert "您已有 2 个未完成的一对一咨询" in words(refused)
    assert 'value="第三个问题"' in words(client.get(book_path(slots[2])))


def test_taken_slot_offers_its_queue(client, job_seeker, stranger, slots):
    duties.book(slots[0], stranger)
    client.force_login(job_seeker)
    assert "加入候补" in words(client.get(slots[0].get_absolute_url()))
    page = client.post(book_path(slots[0]), {"question": "问"}, follow=True)
    assert "这个时段已约满，您已进入候补" in words(page)


def test_talk_is_applied_for(client, job_seeker, mentor):
    [slot, *_] = duties.slots_of(duties.make_shift(mentor, kind=ConsultationShift.Kind.TALENT))
    client.force_login(job_seeker)
    assert "提交申请" in words(client.get(book_path(slot)))
    page = client.post(book_path(slot), {"question": "问"}, follow=True)
    assert "申请已提交，时段为您保留，审核后通知您。" in words(page)
    assert "待审核" in words(client.get(reverse("reservations:list"), {"tab": "waiting"}))


def any_path(chain, slot) -> str:
    query = urlencode({"chain": chain.slug, "at": slot.offering.starts_at.isoformat()})
    return f"{reverse('consultations:any-book')}?{query}"


def test_any_mentor_of_a_chain_is_booked_from_the_list(client, job_seeker, slots, chain):
    client.force_login(job_seeker)
    page = words(client.get(LIST, {"chain": chain.slug}))
    assert "任意导师" in page
    assert any_path(chain, slots[0]).replace("&", "&amp;") in page
    assert "任意导师" in words(client.get(any_path(chain, slots[0])))
    done = client.post(any_path(chain, slots[0]), {"question": "问"})
    assert done.url == slots[0].get_absolute_url()


def test_any_mentor_where_all_are_taken_says_so_and_keeps_the_question(
    client, job_seeker, stranger, slots, chain
):
    client.force_login(job_seeker)
    duties.book(slots[0], stranger)
    page = client.post(any_path(chain, slots[0]), {"question": "我的问题"}, follow=True)
    assert "的导师刚刚都约满了，请选择其他时间。" in words(page)
    assert 'value="我的问题"' in words(client.get(any_path(chain, slots[1])))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "chain=x",
        "at=2026-01-01T00:00:00Z",
        "chain={chain}&at=x",
        "chain={chain}&at=2026-01-01",
        "chain={chain}&at=0001-01-01T00:00:00%2B14:00",
        "chain={chain}&at=9999-12-31T23:59:00-14:00",
    ],
)
def test_any_mentor_without_chain_or_moment_is_not_there(client, job_seeker, chain, query):
    client.force_login(job_seeker)
    address = f"{reverse('consultations:any-book')}?{query.format(chain=chain.slug)}"
    assert client.get(address).status_code == 404


def test_resume_opens_for_its_person_the_mentor_and_the_staff_of_the_unit_alone(
    client, job_seeker, stranger, judge, staff, unit_staff, mentor_user, slots, mentor
):
    outcome = services.book_slot(
        slot=slots[0],
        person=job_seeker,
        question="问",
        resume=made.upload("简历.pdf", made.PDF),
        by=job_seeker,
        at=timezone.now(),
    )
    address = reverse("consultations:resume", args=[outcome.reservation.pk])
    for person in (job_seeker, mentor.user, staff):
        client.force_login(person)
        response = client.get(address)
        assert response.status_code == 200
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"].startswith("private")
    for person in (stranger, judge, unit_staff, mentor_user):
        client.force_login(person)
        assert client.get(address).status_code == 404


def test_who_came_is_asked_how_it_was_and_answers_once(client, job_seeker, stranger, staff):
    slot = duties.slots_of(duties.running_shift(at=timezone.now() - timedelta(hours=1)))[0]
    booked = duties.book_before(slot, job_seeker)
    check_in_at_desk(reservation=booked, by=staff, at=slot.offering.starts_at)
    rate = reverse("consultations:consultation-rate", args=[booked.pk])
    client.force_login(stranger)
    assert client.post(rate, {"rating": "5"}).status_code == 404
    client.force_login(job_seeker)
    assert "您对这次咨询满意吗" in words(client.get(slot.get_absolute_url()))
    refused = client.post(rate, {"words": "很好"})
    assert refused.status_code == 422
    assert "请选择满意度。" in words(refused)
    assert "很好</textarea>" in words(refused)
    assert "谢谢您的评价。" in words(client.post(rate, {"rating": "4", "words": "很好"}, follow=True))
    page = words(client.get(slot.get_absolute_url()))
    assert "满意：很好" in page
    assert "您对这次咨询满意吗" not in page
    assert Consultation.objects.get().rating == 4


def test_who_is_still_in_the_consultation_is_not_asked_yet(client, job_seeker, staff):
    slot = duties.slots_of(duties.running_shift())[0]
    booked = duties.book_before(slot, job_seeker)
    duties.check_in(booked, staff)
    client.force_login(job_seeker)
    assert "您对这次咨询满意吗" not in words(client.get(slot.get_absolute_url()))
    rate = reverse("consultations:consultation-rate", args=[booked.pk])
    assert "结束后再评价" in words(client.post(rate, {"rating": "5"}, follow=True))
    assert Consultation.objects.get().rating is None


@pytest.mark.parametrize("number", ["0", "99999999999999999999"])
def test_number_that_is_no_consultation_is_not_there(client, job_seeker, number):
    client.force_login(job_seeker)
    assert client.get(f"/consultations/held/{number}/resume/").status_code == 404
    assert client.post(f"/consultations/held/{number}/rate/", {"rating": "5"}).status_code == 404


def test_request_is_taken_back_in_words_of_its_own(client, job_seeker):
    slot = duties.slots_of(duties.make_shift(kind=duties.Kind.TALENT))[0]
    asked = duties.book(slot, job_seeker)
    client.force_login(job_seeker)
    address = reverse("reservations:cancel", args=[asked.pk])
    assert "确认撤回" in words(client.get(address))
    assert "申请已撤回" in words(client.post(address, follow=True))


def test_who_has_two_open_ones_is_led_to_the_own_bookings(client, job_seeker, slots):
    for slot in slots[:2]:
        duties.book(slot, job_seeker)
    client.force_login(job_seeker)
    refused = client.post(book_path(slots[2]), {"question": "问"}, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert f'href="{reverse("reservations:list")}"' in words(refused)


def test_slot_that_was_called_off_offers_others(client, job_seeker, staff, slots):
    duties.book(slots[0], job_seeker)
    services.cancel_slot(slot=slots[0], by=staff, at=timezone.now(), reason="导师临时出差")
    client.force_login(job_seeker)
    page = words(client.get(slots[0].get_absolute_url()))
    assert "导师临时出差" in page
    assert "换一个时段" in page
    assert book_path(slots[1]) in page


def test_mentors_page_leads_to_their_times(client, slots, mentor):
    page = words(client.get(reverse("mentors:mentor-detail", args=[mentor.pk])))
    assert f"{LIST}?mentor={mentor.pk}" in page
    assert "一对一咨询 ·" not in page
