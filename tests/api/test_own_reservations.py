"""Booking, waiting, accepting and cancelling by the API: by the services of the pages, for oneself alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from consultations.models import Consultation
from mentor_portal.accounts.models import User
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.models import Reservation
from mentor_portal.reservations.services import cancel
from tests import offerings
from tests.api.asking import get, ids, post

pytestmark = pytest.mark.django_db
State = Reservation.State


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_booking_confirms_and_a_second_time_answers_with_the_first(job_seeker):
    session = offerings.make_session()
    made = post(f"sessions/{session.pk}/book/", job_seeker)
    again = post(f"sessions/{session.pk}/book/", job_seeker)
    assert (made.status_code, again.status_code) == (201, 200)
    assert made.json()["id"] == again.json()["id"]
    told = made.json()
    assert (told["state"], told["offering"], told["acts"]) == ("confirmed", session.pk, ["cancel"])
    assert Message.objects.of(job_seeker).count() == 1
    assert offerings.broken_invariants() == []


def test_full_class_is_waited_for_offered_and_accepted(job_seeker):
    session = offerings.make_session(capacity=1)
    [holder] = offerings.hold(session, offerings.make_people(1))
    told = post(f"sessions/{session.pk}/book/", job_seeker).json()
    assert (told["state"], told["position"], told["word"]) == ("waitlisted", 1, "候补第 1 位")
    cancel(reservation=holder, by=holder.person, at=timezone.now())
    told = get(f"reservations/{told['id']}/", signed_in(job_seeker)).json()
    assert (told["state"], told["acts"]) == ("offered", ["accept", "decline"]) and told["offer_expires_at"]
    accepted = post(f"reservations/{told['id']}/accept/", job_seeker)
    assert (accepted.status_code, accepted.json()["state"]) == (200, "confirmed")
    assert offerings.broken_invariants() == []


def test_declining_passes_the_place_on(job_seeker, stranger):
    session = offerings.make_session(capacity=1)
    [holder, mine, _] = offerings.hold(session, [*offerings.make_people(1), job_seeker, stranger])
    cancel(reservation=holder, by=holder.person, at=timezone.now())
    assert post(f"reservations/{mine.pk}/decline/", job_seeker).json()["state"] == "cancelled"
    assert [state for _, state in offerings.states(session)] == ["cancelled", "cancelled", "offered"]


def test_cancelling_frees_the_place_until_it_is_too_late(job_seeker):
    soon = timezone.now() + timedelta(hours=1)
    [mine] = offerings.hold(offerings.make_session(), [job_seeker])
    [too_late] = offerings.hold(offerings.make_session(starts_at=soon), [job_seeker])
    assert post(f"reservations/{mine.pk}/cancel/", job_seeker).json()["state"] == "cancelled"
    refused = post(f"reservations/{too_late.pk}/cancel/", job_seeker)
    assert (refused.status_code, refused.json()["code"]) == (409, "cancel_too_late")
    assert "请假" in refused.json()["detail"]
    excused = post(f"reservations/{too_late.pk}/excuse/", job_seeker, reason="临时要面试")
    assert excused.json()["next_step"] == "请假待工作人员处理"


def test_rules_of_the_pages_refuse_here_too(job_seeker, mentor_user):
    session = offerings.make_session(mentors=[mentor_user.mentor])
    own = post(f"sessions/{session.pk}/book/", mentor_user)
    assert (own.status_code, own.json()["code"]) == (409, "own_offering")
    offerings.hold(session, [job_seeker])
    clash = offerings.make_session(starts_at=session.offering.starts_at)
    refused = post(f"sessions/{clash.pk}/book/", job_seeker)
    assert (refused.status_code, refused.json()["code"]) == (409, "person_clash")
    assert post(f"sessions/{offerings.make_draft().pk}/book/", job_seeker).status_code == 404


def test_somebody_elses_reservation_is_not_there(job_seeker, stranger):
    [theirs] = offerings.hold(offerings.make_session(), [stranger])
    assert get(f"reservations/{theirs.pk}/", signed_in(job_seeker)).status_code == 404
    for act in ("accept", "decline", "cancel", "excuse"):
        assert post(f"reservations/{theirs.pk}/{act}/", job_seeker, reason="x").status_code == 404
    assert ids(get("reservations/", signed_in(job_seeker))) == []
    theirs.refresh_from_db()
    assert theirs.state == State.CONFIRMED


def test_list_has_the_tabs_of_the_page(job_seeker):
    full = offerings.make_session(capacity=1, starts_at=timezone.now() + timedelta(days=5))
    offerings.hold(full, offerings.make_people(1))
    [coming] = offerings.hold(offerings.make_session(), [job_seeker])
    [waiting] = offerings.hold(full, [job_seeker])
    client = signed_in(job_seeker)
    assert ids(get("reservations/", client)) == [waiting.pk, coming.pk]
    assert ids(get("reservations/", client, tab="coming")) == [coming.pk]
    assert ids(get("reservations/", client, tab="waiting")) == [waiting.pk]
    assert ids(get("reservations/", client, tab="past")) == []
    assert get("reservations/", client, tab="other").status_code == 400
    assert "no-store" in get("reservations/", client)["Cache-Control"]


def test_first_booking_asks_for_the_name_and_keeps_it(make_user):
    person, session = make_user(name=""), offerings.make_session()
    refused = post(f"sessions/{session.pk}/book/", person)
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["name"])
    assert post(f"sessions/{session.pk}/book/", person, name="李 1").status_code == 400
    assert post(f"sessions/{session.pk}/book/", person, name="李晓明").status_code == 201
    person.refresh_from_db()
    assert person.name == "李晓明"


def test_who_cannot_be_told_of_changes_binds_a_phone_number_first():
    person = User.objects.create_user(email="someone@example.com", name="李晓明")
    refused = post(f"sessions/{offerings.make_session().pk}/book/", person)
    assert (refused.status_code, refused.json()["code"]) == (409, "phone_missing")


def test_one_to_one_is_booked_with_a_question(job_seeker, duty_slot):
    refused = post(f"slots/{duty_slot}/book/", job_seeker)
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["question"])
    told = post(f"slots/{duty_slot}/book/", job_seeker, question="想转行做数据分析")
    assert (told.status_code, told.json()["kind"]) == (201, "consultation")
    assert Consultation.objects.of(job_seeker).get().question == "想转行做数据分析"
