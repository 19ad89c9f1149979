"""Staff: signing in by password, the second factor, and a class from the form to its cancelling."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from classrooms.models import ClassSession
from classrooms.services import cancel_session
from mentor_portal.accounts.sms import MemoryBackend
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.models import Offering, Reservation
from mentors.models import Category, TopicType
from tests import moments, offerings
from tests import scene as scenes

pytestmark = pytest.mark.django_db

SESSIONS = "/admin/classrooms/classsession/"
LOGIN = "/account/login/"


def words(response) -> str:
    return response.content.decode()


def sign_in(client: Client, login: str, password: str = scenes.PASSWORD, **more: str):
    return client.post(LOGIN, {"login": login, "password": password, **more})


@pytest.fixture
def people():
    return scenes.make_people()


@pytest.fixture
def as_staff(people, client):
    client.force_login(people["staff"])
    return client


@pytest.mark.parametrize("login", ["13700000006", "+86 137-0000-0006", "wang@example.com"])
def test_staff_sign_in_by_password_and_land_in_the_admin(people, client, login):
    people["staff"].email = "wang@example.com"
    people["staff"].save(update_fields=["email"])
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == f"{LOGIN}?next=%2Fadmin%2F"
    response = sign_in(client, login, next="/admin/")
    assert (response.status_code, response.url) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


def test_staff_without_a_phone_sign_in_by_email(people, client):
    person = people["staff"]
    person.phone, person.email = None, "wang@example.com"
    person.save(update_fields=["phone", "email"])
    assert sign_in(client, "wang@example.com", next="/admin/").url == "/admin/"


def test_staff_session_ends_with_the_working_day(people, client, settings):
    sign_in(client, "13700000006")
    assert client.session.get_expiry_age() == settings.STAFF_SESSION_HOURS * 3600


def test_wrong_password_is_told_and_after_five_no_password_is_looked_at(people, client):
    for _ in range(5):
        response = sign_in(client, "13700000006", "not-the-password")
        assert response.status_code == 200
        assert "密码不正确" in str(response.context["form"].errors)
    response = sign_in(client, "13700000006")
    assert response.status_code == 200
    assert "登录失败次数过多，请稍后重试。" in words(response)
    assert client.get("/admin/").status_code == 302


def test_admin_login_has_no_way_of_its_own_past_the_limit(people, client):
    """The admin's own form is not served: a password posted to it signs nobody in."""
    asked = {"username": "13700000006", "password": scenes.PASSWORD, "next": "/admin/"}
    response = client.post("/admin/login/", asked)
    assert response.url.startswith("/sign-in/")
    assert "_auth_user_id" not in client.session


def test_job_seeker_with_a_password_does_not_come_into_the_admin(client, make_user):
    make_user("小李", "13800138000", password=scenes.PASSWORD)
    sign_in(client, "13800138000", next="/admin/")
    assert client.get("/admin/", follow=True).status_code == 403


def test_second_factor_is_compulsory_where_the_setting_says_so(people, client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    sign_in(client, "13700000006")
    for path in ("/admin/", SESSIONS, "/admin/logout/", "/desk/"):
        assert client.get(path).url == reverse("mfa_activate_totp")
    assert client.get("/me/").status_code == 200
    _give_second_factor(people["staff"])
    assert client.get("/admin/").status_code == 200
    assert client.get("/desk/").status_code == 200


def test_second_factor_is_asked_for_after_the_password(people, client):
    _give_second_factor(people["staff"])
    [code, *_] = RecoveryCodes.activate(people["staff"]).get_unused_codes()
    response = sign_in(client, "13700000006", next="/admin/")
    assert response.url == reverse("mfa_authenticate")
    assert client.get("/admin/").status_code == 302
    assert client.post(response.url, {"code": "000000"}).status_code == 200
    assert client.post(response.url, {"code": code}).url == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert client.get("/desk/").status_code == 200


def test_second_factor_is_asked_for_after_a_code_by_text_message_too(people, client):
    _give_second_factor(people["staff"])
    client.post("/sign-in/", {"identifier": "13700000006", "consent": "on"})
    response = client.post("/sign-in/code/", {"code": MemoryBackend.outbox[-1].params["code"]})
    assert response.url == reverse("mfa_authenticate")
    assert client.get("/admin/").status_code == 302


def test_unit_staff_see_and_change_only_what_is_theirs(people, client):
    own = offerings.make_session(host_unit=scenes.unit(), title="怀化的课")
    foreign = offerings.make_session(title="省中心的课")
    rows = {session: offerings.hold(session, offerings.make_people(1))[0] for session in (own, foreign)}
    client.force_login(people["unit"])
    assert _rows(client, SESSIONS) == [own]
    assert _rows(client, "/admin/reservations/venue/") == [own.offering.venue]
    assert _rows(client, "/admin/reservations/reservation/") == [rows[own]]
    page = words(client.get(f"{SESSIONS}add/"))
    assert str(own.offering.venue) in page
    assert str(foreign.offering.venue) not in page
    client.post(SESSIONS, {"action": "call_off", "_selected_action": [foreign.pk], "reason": "误操作"})
    assert Offering.objects.get(pk=foreign.pk).state == Offering.State.PUBLISHED


def test_unit_staff_cannot_plan_a_class_for_another_unit(people, client):
    client.force_login(people["unit"])
    response = client.post(f"{SESSIONS}add/", _class_form(title="别家的课"))
    assert response.status_code == 200
    assert {"host_unit", "venue"} <= set(response.context["adminform"].form.errors)
    assert not ClassSession.objects.exists()


def test_staff_make_publish_and_call_off_a_class(as_staff):
    response = as_staff.post(f"{SESSIONS}add/", _class_form(title="简历怎么写"), follow=True)
    assert response.redirect_chain, response.context["adminform"].form.errors
    session = ClassSession.objects.get()
    assert Client().get(f"/classes/{session.pk}/").status_code == 404

    as_staff.post(SESSIONS, {"action": "publish", "_selected_action": [session.pk]})
    assert "简历怎么写" in words(Client().get(f"/classes/{session.pk}/"))
    [row] = offerings.hold(session, offerings.make_people(1))

    chosen = {"action": "call_off", "_selected_action": [session.pk]}
    assert "取消原因" in words(as_staff.post(SESSIONS, chosen))
    assert "请填写取消原因，预约人会看到。" in words(as_staff.post(SESSIONS, {**chosen, "reason": ""}))
    as_staff.post(SESSIONS, {**chosen, "reason": "导师临时出差"})
    row.refresh_from_db()
    assert (row.state, row.cause) == (Reservation.State.CANCELLED, Reservation.Cause.OFFERING_CANCELLED)
    assert "导师临时出差" in Message.objects.of(row.person).first().body
    assert "本场已取消：导师临时出差" in words(Client().get(f"/classes/{session.pk}/"))
    assert offerings.broken_invariants() == []


@pytest.mark.parametrize(
    ("field", "sentence"), [("venue", "已安排“原来的课”"), ("mentors", "已有“原来的课”")]
)
def test_clash_is_told_beside_its_field_and_what_was_typed_is_kept(as_staff, field, sentence):
    there = offerings.make_session(title="原来的课", starts_at=moments.in_days(3, "14:30"))
    form = _class_form(title="新的课")
    form |= {"venue": there.offering.venue.pk} if field == "venue" else {"mentors": [there.mentors.get().pk]}
    response = as_staff.post(f"{SESSIONS}add/", form)
    assert response.status_code == 200
    shown = response.context["adminform"].form
    assert list(shown.errors) == [field]
    assert sentence in str(shown.errors[field])
    assert 'value="新的课"' in words(response)
    assert ClassSession.objects.count() == 1


def test_class_that_is_moved_tells_those_who_booked(as_staff):
    session = offerings.make_session(title="原来的课", starts_at=moments.in_days(3, "14:30"))
    [row] = offerings.hold(session, offerings.make_people(1))
    form = _class_form(title="原来的课", start=moments.in_days(4, "09:00"))
    form |= {"_confirm_move": "1"}
    response = as_staff.post(f"{SESSIONS}{session.pk}/change/", form, follow=True)
    assert response.redirect_chain, response.context["adminform"].form.errors
    assert Message.objects.of(row.person).filter(kind="moved").count() == 1


def _class_form(title: str, start=None) -> dict[str, object]:
    """What staff type into the form of a class."""
    start = start or moments.in_days(3, "14:30")
    end = start + timedelta(minutes=90)
    return {
        "title": title,
        "topic_type": TopicType.objects.first().pk,
        "category": Category.objects.first().pk,
        "mentors": [offerings.make_mentor("李老师").pk],
        "starts_at_0": f"{start:%Y-%m-%d}",
        "starts_at_1": f"{start:%H:%M}",
        "ends_at_0": f"{end:%Y-%m-%d}",
        "ends_at_1": f"{end:%H:%M}",
        "host_unit": offerings.province().pk,
        "venue": offerings.make_venue().pk,
        "capacity": 30,
    }


def _rows(client: Client, path: str) -> list[object]:
    return list(client.get(path).context["cl"].result_list)


def _give_second_factor(person) -> None:
    totp.TOTP.activate(person, totp.generate_totp_secret())
    assert Authenticator.objects.filter(user=person).exists()


def test_classes_are_listed_as_they_come_and_the_past_ones_after_them(as_staff):
    days = {number: moments.in_days(number) for number in (9, -1, 2, -5)}
    made = {number: offerings.make_session(starts_at=start).pk for number, start in days.items()}
    rows = as_staff.get(SESSIONS).context["cl"].result_list
    assert [row.pk for row in rows] == [made[number] for number in (2, 9, -1, -5)]


def test_page_of_a_reservation_tells_the_time_as_people_here_write_it(as_staff):
    session = offerings.make_session(starts_at=moments.in_days(3, "14:30"))
    [row] = offerings.hold(session, offerings.make_people(1))
    page = words(as_staff.get(reverse("admin:reservations_reservation_change", args=[row.pk])))
    day = moments.in_days(3, "14:30")
    assert f"{day.year}年{day.month}月{day.day}日 14:30" in page
    assert "+00:00" not in page


def test_mentors_of_what_has_begun_stand_first_to_be_confirmed(as_staff):
    days = {number: moments.in_days(number) for number in (9, -1, 2, -5)}
    made = {number: offerings.make_session(starts_at=start).pk for number, start in days.items()}
    rows = as_staff.get(reverse("admin:reservations_hosting_changelist")).context["cl"].result_list
    assert [row.offering_id for row in rows] == [made[number] for number in (-1, -5, 2, 9)]


def test_mentor_of_a_cancelled_class_is_not_waited_for(as_staff, people):
    session = offerings.make_session(starts_at=moments.in_days(2))
    cancel_session(session=session, by=people["staff"], at=timezone.now(), reason="导师临时出差")
    page = words(as_staff.get(reverse("admin:reservations_hosting_changelist")))
    assert "场次已取消" in page
    assert "未确认</span>" not in "".join(page.split())
