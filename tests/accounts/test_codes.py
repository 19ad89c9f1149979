"""Asking for a code and giving it back."""

from datetime import timedelta

import pytest
from constance.test import override_config
from django.core import mail
from django.utils import timezone

from mentor_portal import portal_settings
from mentor_portal.accounts import errors, services, sms
from mentor_portal.accounts.models import Consent, SignInCode, User
from tests.races.together import at_once

PHONE = "13800138000"


def ask(target=PHONE, address="10.0.0.1", at=None):
    return services.request_code(target=target, address=address, at=at or timezone.now())


@pytest.mark.django_db
def test_request_code_sends_six_digits_and_keeps_only_a_hash():
    code, digits = ask()
    assert digits.isdecimal()
    assert len(digits) == 6
    assert sms.MemoryBackend.outbox[-1].params["code"] == digits
    assert digits not in (code.code_hash, code.target)


@pytest.mark.django_db
def test_request_code_for_an_address_sends_mail():
    _, digits = ask(target="li@example.com")
    assert digits in mail.outbox[0].body
    assert mail.outbox[0].to == ["li@example.com"]


@pytest.mark.django_db
def test_request_code_again_within_a_minute_says_how_long_to_wait():
    now = timezone.now()
    ask(at=now)
    with pytest.raises(errors.TooManyCodes, match="请 42 秒后再试") as refusal:
        ask(at=now + timedelta(seconds=18))
    assert refusal.value.data["seconds"] == 42
    assert len(sms.MemoryBackend.outbox) == 1


@pytest.mark.django_db
def test_request_code_stops_after_five_in_an_hour_and_ten_in_a_day():
    now = timezone.now()
    for minute in range(5):
        ask(at=now + timedelta(minutes=2 * minute))
    with pytest.raises(errors.TooManyCodes, match="分钟"):
        ask(at=now + timedelta(minutes=10))
    for minute in range(5):
        ask(at=now + timedelta(minutes=61 + 2 * minute))
    with pytest.raises(errors.TooManyCodes, match="小时"):
        ask(at=now + timedelta(hours=5))
    assert SignInCode.objects.count() == 10


@pytest.mark.django_db
def test_request_code_limits_each_address_over_all_numbers():
    now = timezone.now()
    with override_config(CODE_ADDRESS_LIMIT_MINUTE=3):
        portal_settings.forget()
        for number in range(3):
            ask(target=f"1380013800{number}", at=now)
        with pytest.raises(errors.TooManyCodes):
            ask(target="13800138009", at=now)
        ask(target="13800138009", address="10.0.0.2", at=now)


@pytest.mark.django_db
def test_request_code_refused_by_the_carrier_is_told(settings):
    settings.SMS_BACKEND = "tests.accounts.carriers.RefusingBackend"
    with pytest.raises(errors.CodeNotSent):
        ask()


@pytest.mark.django_db
def test_verify_code_proves_the_number_once():
    code, digits = ask()
    assert services.verify_code(code=code, digits=digits, at=timezone.now()) == PHONE
    with pytest.raises(errors.CodeEnded):
        services.verify_code(code=code, digits=digits, at=timezone.now())


@pytest.mark.django_db
def test_verify_code_five_wrong_times_ends_it():
    code, digits = ask()
    wrong = "000000" if digits != "000000" else "111111"
    for left in (4, 3, 2, 1):
        with pytest.raises(errors.WrongCode, match=f"还可以再试 {left} 次"):
            services.verify_code(code=code, digits=wrong, at=timezone.now())
    with pytest.raises(errors.CodeEnded):
        services.verify_code(code=code, digits=wrong, at=timezone.now())
    with pytest.raises(errors.CodeEnded):
        services.verify_code(code=code, digits=digits, at=timezone.now())


@pytest.mark.django_db
def test_verify_code_after_ten_minutes_has_ended():
    now = timezone.now()
    code, digits = ask(at=now)
    with pytest.raises(errors.CodeEnded):
        services.verify_code(code=code, digits=digits, at=now + timedelta(minutes=10))


@pytest.mark.django_db
def test_account_for_an_unknown_number_makes_one_with_consent():
    first = services.account_for(target=PHONE, at=timezone.now())
    second = services.account_for(target=PHONE, at=timezone.now())
    assert first == second
    assert first.phone == PHONE
    assert not first.has_usable_password()
    assert Consent.objects.get(person=first).notice.version == "1.0"


@pytest.mark.django_db
def test_account_for_a_closed_account_is_refused(make_user):
    make_user(phone=PHONE, is_active=False)
    with pytest.raises(errors.AccountClosed):
        services.account_for(target=PHONE, at=timezone.now())


@pytest.mark.django_db
def test_bind_phone_of_somebody_else_is_refused(make_user):
    make_user(phone=PHONE)
    person = User.objects.create_user(email="li@example.com")
    with pytest.raises(errors.PhoneTaken):
        services.bind_phone(person=person, phone=PHONE)
    person.refresh_from_db()
    assert person.phone is None


@pytest.mark.django_db
def test_forget_old_codes_keeps_what_a_limit_still_counts():
    now = timezone.now()
    ask(at=now - timedelta(days=31))
    ask(at=now - timedelta(hours=23))
    assert services.forget_old_codes(at=now) == 1
    assert SignInCode.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_wrong_codes_at_once_cost_five_attempts_not_one():
    code, digits = ask()
    wrong = "000000" if digits != "000000" else "111111"

    def verify():
        return services.verify_code(code=code, digits=wrong, at=timezone.now())

    results = at_once([verify] * 10)
    assert sum(isinstance(result, errors.WrongCode) for result in results) <= 4
    code.refresh_from_db()
    assert code.attempts_left == 0


@pytest.mark.django_db(transaction=True)
def test_ten_requests_at_once_send_one_code():
    results = at_once([ask] * 10)
    assert sum(isinstance(result, errors.TooManyCodes) for result in results) == 9
    assert len(sms.MemoryBackend.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_ten_first_sign_ins_at_once_make_one_account():
    at_once([lambda: services.account_for(target=PHONE, at=timezone.now())] * 10)
    assert User.objects.filter(phone=PHONE).count() == 1
    assert Consent.objects.count() == 1
