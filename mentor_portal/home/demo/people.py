"""The people of the demo: those one can sign in as, other staff and judges, and job seekers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from mentor_portal.accounts.models import Consent, HostUnit, Prefecture, PrivacyNotice, User
from mentor_portal.home.demo import words
from mentor_portal.home.roles import PROVINCE_GROUP, UNIT_GROUP

PASSWORD = "demo-portal-2026"

NEWCOMER = "13800138001"
SEEKER = "13800138002"
MENTOR = "13800138003"
JUDGE = "13800138004"
STAFF = "13800138005"
UNIT_STAFF = "13800138006"
SUPERUSER = "13800138007"
UNIT_STAFF_OF = Prefecture.HUAIHUA

SEEKER_NAME = "林晓雯"
JUDGES = {JUDGE: "周敬文", "13800138008": "贺明远", "13800138009": "章素梅"}
SEEKERS = 200


@dataclass(frozen=True)
class SignIn:
    """One line of the list of demo sign-ins."""

    role: str
    phone: str
    note: str


def sign_ins(admin_path: str) -> list[SignIn]:
    """Return one sign-in for each role."""
    by_password = f"口令 {PASSWORD}，后台 {admin_path}"
    return [
        SignIn("求职者（新用户）", NEWCOMER, "验证码登录，还没有预约"),
        SignIn("求职者（有预约、候补、待确认）", SEEKER, "验证码登录"),
        SignIn("职业导师", MENTOR, "验证码登录"),
        SignIn("评审专家", JUDGE, "验证码登录"),
        SignIn("中心工作人员", STAFF, by_password),
        SignIn(f"市州工作人员（{UNIT_STAFF_OF.label}）", UNIT_STAFF, by_password),
        SignIn("管理员", SUPERUSER, by_password),
    ]


def scattered(place: int) -> str:
    """Return six digits that differ for every place below a million and do not look counted."""
    return f"{(place * 7919 + 104_729) % 1_000_000:06d}"


def seeker_phone(place: int) -> str:
    return f"19900{scattered(place)}"


def names_from(first: int, count: int) -> list[str]:
    """Return names from a place on in an endless list; the same place has the same name always."""
    names = words.read("names")
    randoms = [Random(place) for place in range(first, first + count)]
    return [random.choice(names["surnames"]) + random.choice(names["given"]) for random in randoms]


def ensure_staff(joined_at: datetime) -> User:
    """Make the staff, judges and sign-ins that are missing; return the provincial member of staff."""
    province = HostUnit.objects.get(kind=HostUnit.Kind.PROVINCE)
    centres = {unit.prefecture: unit for unit in HostUnit.objects.filter(kind=HostUnit.Kind.PREFECTURE)}
    password = make_password(PASSWORD)
    unit_staff = _unit_staff(centres, password)
    people = [
        User(phone=SUPERUSER, name="系统管理员", is_staff=True, is_superuser=True, password=password),
        User(phone=STAFF, name="刘静怡", is_staff=True, host_unit=province, password=password),
        *unit_staff,
        *(User(phone=phone, name=name, is_judge=True) for phone, name in JUDGES.items()),
        User(phone=NEWCOMER),
        User(phone=SEEKER, name=SEEKER_NAME),
    ]
    accounts = ensure_accounts(people, joined_at)
    _join(PROVINCE_GROUP, [accounts[STAFF]])
    _join(UNIT_GROUP, [accounts[user.phone] for user in unit_staff])
    return accounts[STAFF]


def _unit_staff(centres: dict[str, HostUnit], password: str) -> list[User]:
    names = names_from(900_000, len(centres))
    return [
        User(
            phone=UNIT_STAFF if code == UNIT_STAFF_OF else f"1380013{place:04d}",
            name=name,
            is_staff=True,
            host_unit=centres[code],
            password=password,
        )
        for place, (code, name) in enumerate(zip(sorted(centres), names, strict=True), start=8101)
    ]


def ensure_seekers(first: int, count: int, joined_at: datetime) -> list[int]:
    """Make the job seekers of these places that are missing; return the ids of all, in order."""
    names = names_from(first, count)
    people = [
        User(phone=seeker_phone(first + place), name=name, date_joined=joined_at - timedelta(hours=7 * place))
        for place, name in enumerate(names)
    ]
    accounts = ensure_accounts(people, joined_at)
    return [accounts[user.phone].pk for user in people]


def ensure_accounts(people: list[User], joined_at: datetime) -> dict[str, User]:
    """Make the accounts that are missing; return all by phone number."""
    phones = [user.phone for user in people]
    known = set(User.objects.filter(phone__in=phones).values_list("phone", flat=True))
    missing = [user for user in people if user.phone not in known]
    for user in missing:
        if not user.password:
            user.set_unusable_password()
        user.date_joined = min(user.date_joined, joined_at)
    User.objects.bulk_create(missing)
    accounts = {user.phone: user for user in User.objects.filter(phone__in=phones)}
    _consent([accounts[user.phone] for user in missing if user.phone != NEWCOMER])
    return accounts


def _consent(people: list[User]) -> None:
    """They agreed to the privacy notice when they joined."""
    notice = PrivacyNotice.objects.order_by("published_on", "pk").last()
    if notice:
        Consent.objects.bulk_create(
            Consent(person=user, notice=notice, given_at=user.date_joined) for user in people
        )


def _join(group_name: str, people: list[User]) -> None:
    group, _made = Group.objects.get_or_create(name=group_name)
    group.user_set.add(*people)
