"""Signing in by code, consent, and what people change about themselves."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from mentor_portal import portal_settings
from mentor_portal.accounts import errors, rules, sms
from mentor_portal.accounts.models import Consent, PrivacyNotice, SignInCode, SignInQuota, User

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CODES_KEPT_FOR = timedelta(days=30)


def request_code(*, target: str, address: str | None, at: datetime) -> tuple[SignInCode, str]:
    """Send a six-digit code to a normalised phone number or e-mail address.

    Returns the stored code and its digits. Raises TooManyCodes with the seconds to wait where the
    number or the network address has had its share, CodeNotSent where the carrier refused.
    """
    digits = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}d}"
    with transaction.atomic():
        _lock_quotas(target, address)
        wait = max(_wait_for_number(target, at), _wait_for_address(address, at))
        if wait:
            raise errors.TooManyCodes(seconds=wait)
        code = SignInCode.objects.create(
            target=target,
            address=address,
            code_hash=_hash(target, digits),
            created_at=at,
            expires_at=at + rules.CODE_LIFETIME,
        )
    _deliver(code, digits)
    return code, digits


def verify_code(*, code: SignInCode, digits: str, at: datetime) -> str:
    """Spend a code and return the number or address that it proves.

    Each call costs one of five attempts, also when several arrive at once. Raises WrongCode with
    the attempts left, CodeEnded where the code is spent, expired or out of attempts.
    """
    open_code = SignInCode.objects.filter(
        pk=code.pk, spent_at__isnull=True, attempts_left__gt=0, expires_at__gt=at
    )
    if not open_code.update(attempts_left=F("attempts_left") - 1):
        raise errors.CodeEnded
    if not constant_time_compare(_hash(code.target, digits.strip()), code.code_hash):
        left = SignInCode.objects.values_list("attempts_left", flat=True).get(pk=code.pk)
        if left == 0:
            raise errors.CodeEnded
        raise errors.WrongCode(left=left)
    if not SignInCode.objects.filter(pk=code.pk, spent_at__isnull=True).update(spent_at=at):
        raise errors.CodeEnded
    return code.target


@transaction.atomic
def account_for(*, target: str, at: datetime) -> User:
    """Return the account of a proven number or address, made now where there is none.

    The privacy notice in force is recorded as agreed to. Raises AccountClosed.
    """
    key = "email" if "@" in target else "phone"
    user = User.objects.filter(**{key: target}).first()
    if user is None:
        try:
            with transaction.atomic():
                user = User.objects.create_user(**{key: target})
        except IntegrityError:  # the same person, a moment earlier
            user = User.objects.get(**{key: target})
    if not user.is_active:
        raise errors.AccountClosed
    notice = PrivacyNotice.objects.order_by("published_on", "pk").last()
    if notice:
        Consent.objects.get_or_create(person=user, notice=notice, defaults={"given_at": at})
    return user


def bind_phone(*, person: User, phone: str) -> None:
    """Give a person the phone number that a code has proven. Raises PhoneTaken."""
    try:
        with transaction.atomic():
            User.objects.filter(pk=person.pk).update(phone=phone)
    except IntegrityError:
        raise errors.PhoneTaken from None
    person.phone = phone


def set_name(*, person: User, name: str) -> None:
    """Store the name that a person goes by here."""
    User.objects.filter(pk=person.pk).update(name=name)
    person.name = name


def forget_old_codes(*, at: datetime) -> int:
    """Delete the codes that no limit looks at any more; returns how many went."""
    return SignInCode.objects.filter(created_at__lt=at - CODES_KEPT_FOR).delete()[0]


def _lock_quotas(target: str, address: str | None) -> None:
    keys = sorted({target, *([address] if address else [])})
    SignInQuota.objects.bulk_create([SignInQuota(key=key) for key in keys], ignore_conflicts=True)
    list(SignInQuota.objects.select_for_update().filter(key__in=keys).order_by("key"))


def _wait_for_number(target: str, at: datetime) -> int:
    values = portal_settings.read()
    limits = [
        (MINUTE, values["CODE_LIMIT_MINUTE"]),
        (HOUR, values["CODE_LIMIT_HOUR"]),
        (DAY, values["CODE_LIMIT_DAY"]),
    ]
    return rules.seconds_to_wait(_sent_within_a_day(at, limits, target=target), at, limits)


def _wait_for_address(address: str | None, at: datetime) -> int:
    if address is None:
        return 0
    values = portal_settings.read()
    limits = [
        (MINUTE, values["CODE_ADDRESS_LIMIT_MINUTE"]),
        (HOUR, values["CODE_ADDRESS_LIMIT_HOUR"]),
        (DAY, values["CODE_ADDRESS_LIMIT_DAY"]),
    ]
    return rules.seconds_to_wait(_sent_within_a_day(at, limits, address=address), at, limits)


def _sent_within_a_day(at: datetime, limits: list[tuple[timedelta, int]], **where: str) -> list[datetime]:
    most = max(allowed for _, allowed in limits)
    newest = SignInCode.objects.filter(created_at__gt=at - DAY, **where).order_by("-created_at")
    return list(newest.values_list("created_at", flat=True)[:most])


def _hash(target: str, digits: str) -> str:
    return salted_hmac(
        "mentor_portal.accounts.sign_in_code", f"{target}:{digits}", algorithm="sha256"
    ).hexdigest()


def _deliver(code: SignInCode, digits: str) -> None:
    minutes = int(rules.CODE_LIFETIME.total_seconds() // 60)
    if "@" in code.target:
        text = f"您的登录验证码是 {digits}，{minutes} 分钟内有效。如非本人操作，请忽略。"
        if not send_mail("职业导师课堂登录验证码", text, None, [code.target], fail_silently=True):
            raise errors.CodeNotSent
        return
    result = sms.backend().send(
        code.target, "sign_in", {"code": digits, "minutes": str(minutes)}, f"sign-in-{code.pk}"
    )
    if not result.is_accepted:
        raise errors.CodeNotSent


@transaction.atomic
def accounts_for_phones(*, names: Mapping[str, str]) -> dict[str, User]:
    """Return the account of each normalised phone number, made now where there is none.

    ``names`` holds the name that goes with each number; accounts without a name take it. The
    number of queries does not grow with the numbers. Closed accounts come back as they are.
    """
    known = set(User.objects.filter(phone__in=names).values_list("phone", flat=True))
    missing = [User(phone=phone, name=name) for phone, name in names.items() if phone not in known]
    for user in missing:
        user.set_unusable_password()
    User.objects.bulk_create(missing, ignore_conflicts=True)
    accounts = {user.phone: user for user in User.objects.filter(phone__in=names)}
    nameless = [user for user in accounts.values() if not user.name]
    for user in nameless:
        user.name = names[user.phone]
    User.objects.bulk_update(nameless, ["name"])
    return accounts
