"""What every test may use: a clean start, and a small cast of people."""

import itertools
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from tests import moments

PASSWORD = "demo-password-1"


def pytest_configure() -> None:
    """Spare the tests what only costs time: slow password hashes."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test with real transactions the rows of the data migrations back."""
    for item in items:
        if _is_transactional(item):
            marker = pytest.mark.django_db(transaction=True, serialized_rollback=True)
            item.add_marker(marker, append=False)


def _is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or not {
        "transactional_db",
        "live_server",
    }.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def _clean_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what earlier tests left in this process: portal settings, wordings, sent codes.

    Settings and wordings are then kept for the whole test, so that a slow machine counts the same queries.
    """
    from mentor_portal import portal_settings
    from mentor_portal.accounts import sms
    from mentor_portal.notifications import selectors as notifications

    monkeypatch.setattr(portal_settings, "KEPT_FOR_SECONDS", 3600)
    portal_settings.forget()
    monkeypatch.setattr(notifications, "KEPT_FOR_SECONDS", 3600)
    notifications.forget_wordings()
    sms.MemoryBackend.outbox.clear()


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty the cache table after a test with real transactions: no rollback does it."""
    yield
    if _is_transactional(request.node):
        from django.core.cache import cache

        with request.getfixturevalue("django_db_blocker").unblock():
            cache.clear()


@pytest.fixture
def at() -> Callable:
    """``at("2026-03-05 14:30")``: the aware moment, Shanghai time."""
    return moments.at


@pytest.fixture
def make_user(db: None) -> Callable:
    """``make_user(name="李明", phone=…, **fields)``: a person, with a phone number of their own."""
    from mentor_portal.accounts.models import User

    numbers = itertools.count(13_900_000_001)

    def make(name: str = "李明", phone: str | None = None, **fields: object) -> User:
        return User.objects.create_user(phone or str(next(numbers)), name=name, **fields)

    return make


@pytest.fixture
def job_seeker(make_user: Callable):
    return make_user("求职者小李")


@pytest.fixture
def stranger(make_user: Callable):
    """Another job seeker, to whom nothing of the first one belongs."""
    return make_user("求职者小陈")


@pytest.fixture
def judge(make_user: Callable):
    return make_user("评审专家老周", is_judge=True)


@pytest.fixture
def mentor_user(make_user: Callable):
    """A listed mentor's account, in the chain 工程机械; ``mentor_user.mentor`` is the mentor."""
    from mentors.models import Appointment, IndustrialChain, Mentor

    user = make_user("周建国")
    chain = IndustrialChain.objects.order_by("pk").first()
    mentor = Mentor.objects.create(
        user=user,
        name=user.name,
        employer="三一重工股份有限公司",
        title="人力资源总监",
        specialities_text="面试技巧、薪酬谈判",
        primary_category=chain.category,
        primary_chain=chain,
    )
    today = moments.in_days(0).date()
    Appointment.objects.create(
        mentor=mentor,
        number="湘职导〔2026〕0001号",
        starts_on=today - timedelta(days=30),
        ends_on=today + timedelta(days=700),
    )
    return user


@pytest.fixture
def staff(make_user: Callable):
    """Staff of the provincial centre, who see every unit."""
    from mentor_portal.home.roles import PROVINCE_GROUP

    return _with_group(make_user("中心小王", is_staff=True, password=PASSWORD), PROVINCE_GROUP)


@pytest.fixture
def unit_staff(make_user: Callable):
    """Staff of one prefecture's centre, who see their own unit alone."""
    from mentor_portal.accounts.models import HostUnit
    from mentor_portal.home.roles import UNIT_GROUP

    unit = HostUnit.objects.get(kind=HostUnit.Kind.PREFECTURE, prefecture="4312")
    user = make_user("怀化小张", is_staff=True, host_unit=unit, password=PASSWORD)
    return _with_group(user, UNIT_GROUP)


def _with_group(user, name: str):
    from django.contrib.auth.models import Group

    user.groups.add(Group.objects.get(name=name))
    return user
