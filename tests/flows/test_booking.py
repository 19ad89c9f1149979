"""Booking, waiting and giving up over HTTP, and the switch to 长辈版."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentor_portal.accounts.sms import MemoryBackend
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.models import Reservation
from tests import offerings

pytestmark = pytest.mark.django_db
State = Reservation.State
HTMX = {"hx-request": "true"}


def words(response) -> str:
    return response.content.decode()


def test_signed_out_person_is_sent_to_sign_in_and_comes_back_to_the_booking(client):
    session = offerings.make_session()
    book = f"/classes/{session.pk}/book/"
    response = client.get(book)
    assert response.url == f"/sign-in/?next={book}"
    client.post(response.url, {"identifier": "13800138000", "consent": "on"})
    response = client.post("/sign-in/code/", {"code": MemoryBackend.outbox[-1].params["code"]})
    assert response.url == book
    assert 'name="name"' in words(client.get(book))
    response = client.post(book, {"name": " 李  明 "}, follow=True)
    assert response.redirect_chain == [(f"/classes/{session.pk}/", 302)]
    assert "预约成功，请按时到场。" in words(response)
    assert offerings.states(session) == [("李 明", State.CONFIRMED)]


def test_first_booking_without_a_name_is_asked_for_it_and_books_nothing(client):
    session = offerings.make_session()
    [person] = offerings.make_people(1)
    person.name = ""
    person.save(update_fields=["name"])
    client.force_login(person)
    response = client.post(f"/classes/{session.pk}/book/", {"name": ""})
    assert response.status_code == 422
    assert "请填写您的姓名" in words(response)
    assert offerings.states(session) == []


def test_second_submit_is_answered_with_the_first_reservation(client, job_seeker):
    session = offerings.make_session()
    client.force_login(job_seeker)
    client.post(f"/classes/{session.pk}/book/")
    response = client.post(f"/classes/{session.pk}/book/", follow=True)
    assert "您之前已预约过这一场，不需要重复预约。" in words(response)
    assert len(offerings.states(session)) == 1
    assert Message.objects.of(job_seeker).count() == 1


def test_seat_lost_between_page_and_submit_becomes_a_place_in_the_queue(client, job_seeker):
    session = offerings.make_session(capacity=1)
    client.force_login(job_seeker)
    assert "确认预约" in words(client.get(f"/classes/{session.pk}/book/"))
    offerings.hold(session, offerings.make_people(1))
    response = client.post(f"/classes/{session.pk}/book/", follow=True)
    assert "您已进入候补" in words(response)
    assert "候补第 1 位" in words(response)


def test_booking_inside_the_sheet_answers_fragments_and_then_redirects(client, job_seeker):
    session = offerings.make_session()
    client.force_login(job_seeker)
    sheet = client.get(f"/classes/{session.pk}/book/", headers=HTMX)
    assert "<html" not in words(sheet)
    response = client.post(f"/classes/{session.pk}/book/", headers=HTMX)
    assert (response.status_code, response.headers["HX-Redirect"]) == (204, f"/classes/{session.pk}/")


def test_refusal_inside_the_sheet_is_a_422_fragment(client, job_seeker):
    first = offerings.make_session()
    other = offerings.make_session(starts_at=first.offering.starts_at)
    offerings.hold(first, [job_seeker])
    client.force_login(job_seeker)
    response = client.post(f"/classes/{other.pk}/book/", headers=HTMX)
    assert response.status_code == 422
    assert "时间有重叠" in words(response)
    assert "<html" not in words(response)


def test_refusal_on_a_page_comes_back_to_that_page_as_a_message(client, job_seeker):
    session = offerings.make_session(booking_opens_at=timezone.now() + timedelta(days=1))
    client.force_login(job_seeker)
    page = f"/classes/{session.pk}/"
    referer = {"referer": f"http://testserver{page}"}
    response = client.post(f"{page}book/", headers=referer, follow=True)
    assert response.redirect_chain == [(page, 302)]
    assert "开始预约，请到时再来。" in words(response)


def test_refusal_with_a_foreign_referer_stays_here(client, job_seeker):
    session = offerings.make_session(booking_opens_at=timezone.now() + timedelta(days=1))
    client.force_login(job_seeker)
    response = client.post(f"/classes/{session.pk}/book/", headers={"referer": "https://evil.example/x"})
    assert response.url == "/"


def test_accepting_an_offer_of_somebody_else_is_not_there(client, stranger):
    session = offerings.make_session(capacity=1)
    first, second = offerings.hold(session, offerings.make_people(2))
    client.force_login(first.person)
    client.post(f"/me/reservations/{first.pk}/cancel/")
    client.force_login(stranger)
    assert client.post(f"/me/reservations/{second.pk}/accept/").status_code == 404
    client.force_login(second.person)
    response = client.post(f"/me/reservations/{second.pk}/accept/", follow=True)
    assert "已确认，名额归您了，请按时到场。" in words(response)


def test_message_that_is_opened_is_read_and_leads_to_the_class(client, job_seeker):
    session = offerings.make_session()
    offerings.hold(session, [job_seeker])
    client.force_login(job_seeker)
    message = Message.objects.of(job_seeker).get()
    assert "条未读" in words(client.get("/me/"))
    assert client.post(f"/me/messages/{message.pk}/read/").url == f"/classes/{session.pk}/"
    assert "条未读" not in words(client.get("/me/"))


def test_elder_switch_turns_the_large_face_on_and_off_and_stays_on_the_page(client):
    large = '<html lang="zh-CN" class="elder'
    assert large not in words(client.get("/classes/"))
    assert client.post("/elder/", {"next": "/classes/?q=x"}).url == "/classes/?q=x"
    assert large in words(client.get("/classes/"))
    assert client.post("/elder/", {"next": "https://evil.example/"}).url == "/"
    assert large not in words(client.get("/classes/"))
