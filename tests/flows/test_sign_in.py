"""Signing in by code, from the first page to the account."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from mentor_portal.accounts.models import Consent, PrivacyNotice, SignInCode, User
from mentor_portal.accounts.sms import MemoryBackend
from tests import offerings

pytestmark = pytest.mark.django_db

PHONE = "13800138000"


def ask(client: Client, identifier: str = PHONE, **more: str):
    return client.post("/sign-in/", {"identifier": identifier, "consent": "on", **more})


def give(client: Client, code: str):
    return client.post("/sign-in/code/", {"code": code})


def sent_code() -> str:
    return MemoryBackend.outbox[-1].params["code"]


def wrong_code() -> str:
    return "000000" if sent_code() != "000000" else "111111"


def sign_in(client: Client, identifier: str = PHONE, **more: str):
    assert ask(client, identifier, **more).status_code == 302
    return give(client, sent_code())


def let_a_minute_pass() -> None:
    """Move what was sent so far back in time."""
    for code in SignInCode.objects.all():
        code.created_at -= timedelta(seconds=61)
        code.save(update_fields=["created_at"])


def words(response) -> str:
    return response.content.decode()


def test_unknown_number_becomes_an_account_and_the_consent_names_its_version(client):
    response = sign_in(client, next="/classes/")
    assert (response.status_code, response.url) == (302, "/classes/")
    person = User.objects.get(phone=PHONE)
    assert not person.has_usable_password()
    consent = Consent.objects.get(person=person)
    assert consent.notice == PrivacyNotice.objects.order_by("published_on", "pk").last()
    assert client.get("/me/").status_code == 200


def test_consent_to_a_new_version_is_recorded_beside_the_old_one(client):
    sign_in(client)
    newer = PrivacyNotice.objects.create(version="2099-1", text="新的", published_on="2099-01-01")
    client.post("/sign-out/")
    let_a_minute_pass()
    sign_in(client)
    person = User.objects.get(phone=PHONE)
    assert person.consents.count() == 2
    assert person.consents.filter(notice=newer).exists()


def test_sign_in_without_consent_sends_nothing(client):
    response = client.post("/sign-in/", {"identifier": PHONE})
    assert response.status_code == 422
    assert "请先阅读并同意《隐私政策》。" in words(response)
    assert f'value="{PHONE}"' in words(response)
    assert MemoryBackend.outbox == []


@pytest.mark.parametrize(
    "spelling",
    [
        "+86 138 0013 8000",
        "86-138-0013-8000",
        "0086 13800138000",
        "138 0013 8000",
        "１３８００１３８０００",
        "(138)0013-8000",
    ],
)
def test_every_spelling_of_a_number_lands_on_the_same_account(client, spelling):
    person = User.objects.create_user(PHONE, name="李明")
    sign_in(client, spelling)
    assert User.objects.get() == person
    assert client.get("/me/").context["user"] == person


@pytest.mark.parametrize(
    "spelling", ["", "12345", "23800138000", "138001380001", "电话", "name@", "+1 202 555 0100"]
)
def test_what_is_no_number_is_told_under_the_field_and_kept(client, spelling):
    response = ask(client, spelling)
    assert response.status_code == 422
    assert "请填写 11 位大陆手机号" in words(response)
    assert response.context["form"]["identifier"].value() == spelling
    assert MemoryBackend.outbox == []


def test_second_code_within_a_minute_is_refused_with_the_seconds(client):
    ask(client)
    response = ask(Client())
    assert response.status_code == 422
    seconds = int(re.search(r"请 (\d+) 秒后再试。", words(response)).group(1))
    assert 1 <= seconds <= 60
    assert len(MemoryBackend.outbox) == 1


def test_another_number_from_the_same_address_is_not_held_up(client):
    ask(client)
    assert ask(Client(), "13900139000").status_code == 302


def test_resend_too_early_is_told_on_the_code_page(client):
    ask(client)
    response = client.post(
        "/sign-in/code/", {"resend": "1"}, headers={"referer": "http://testserver/sign-in/code/"}, follow=True
    )
    assert response.redirect_chain[-1][0] == "/sign-in/code/"
    assert re.search(r"请 \d+ 秒后再试。", words(response))
    assert len(MemoryBackend.outbox) == 1


def test_resend_after_a_minute_sends_a_code_that_works(client):
    ask(client, next="/classes/")
    let_a_minute_pass()
    response = client.post("/sign-in/code/", {"resend": "1"}, follow=True)
    assert "新的验证码已发送。" in words(response)
    assert len(MemoryBackend.outbox) == 2
    assert give(client, sent_code()).url == "/classes/"


def test_five_wrong_codes_end_it_and_the_right_one_is_too_late(client):
    ask(client)
    wrong = wrong_code()
    for left in (4, 3, 2, 1):
        assert f"验证码不正确，还可以再试 {left} 次。" in words(give(client, wrong))
    assert "验证码已失效，请重新获取。" in words(give(client, wrong))
    assert "验证码已失效，请重新获取。" in words(give(client, sent_code()))
    assert not User.objects.exists()


def test_code_is_good_once(client):
    sign_in(client)
    other = Client()
    other.cookies = client.cookies
    client.post("/sign-out/")
    assert client.get("/sign-in/code/").url == "/sign-in/"


def test_code_that_is_ten_minutes_old_has_ended(client):
    ask(client)
    SignInCode.objects.update(expires_at=timezone.now())
    assert "验证码已失效，请重新获取。" in words(give(client, sent_code()))


def test_code_with_spaces_and_wide_digits_is_understood(client):
    ask(client)
    wide = sent_code().translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert give(client, f" {wide[:3]} {wide[3:]} ").status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "\x00/me/",
    ],
)
def test_next_leads_to_our_own_addresses_only(client, elsewhere):
    assert sign_in(client, next=elsewhere).url == "/me/"


def test_closed_account_is_told_so_and_stays_outside(client):
    User.objects.create_user(PHONE, is_active=False)
    response = sign_in(client)
    assert response.status_code == 422
    assert "这个账号已停用。如有疑问，请联系工作人员。" in words(response)
    assert client.get("/me/").status_code == 302


def test_account_that_is_closed_while_signed_in_is_outside_at_once(client):
    sign_in(client)
    User.objects.update(is_active=False)
    assert client.get("/me/").url == "/sign-in/?next=/me/"


def test_email_account_binds_a_phone_before_it_books(client):
    session = offerings.make_session()
    book = f"/classes/{session.pk}/book/"
    ask(client, "Li.Ming@Example.com", next=book)
    code = re.search(r"\d{6}", mail.outbox[-1].body).group()
    response = client.post("/sign-in/code/", {"code": code}, follow=True)
    assert response.redirect_chain[-1][0] == f"/me/phone/?next={quote(book, safe='')}"
    assert "请先绑定手机号" in words(response)
    client.post(f"/me/phone/?next={book}", {"phone": "138 0013 8000"})
    assert give(client, sent_code()).url == book
    assert User.objects.get(email="li.ming@example.com").phone == PHONE
    assert client.get(book).status_code == 200


def test_phone_of_another_account_is_not_bound(client):
    User.objects.create_user(PHONE)
    person = User.objects.create_user(email="li@example.com")
    client.force_login(person)
    client.post("/me/phone/", {"phone": PHONE})
    assert "这个手机号已有账号。请退出后用该手机号登录。" in words(give(client, sent_code()))
    person.refresh_from_db()
    assert person.phone is None


def test_sign_in_page_forgets_nothing_on_the_way_to_the_code(client):
    """Whoever opens the code page without having asked for one is sent to ask."""
    assert client.get("/sign-in/code/").url == "/sign-in/"
    page = words(ask(client, next="/classes/?q=1") and client.get("/sign-in/code/"))
    assert "138****8000" in page
    assert PHONE not in page
    assert sent_code() not in page


def test_sign_out_ends_the_session(client):
    sign_in(client)
    client.post("/sign-out/")
    assert client.get("/me/").status_code == 302
