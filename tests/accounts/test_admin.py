"""The staff's pages about people."""

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentor_portal.accounts.models import Consent, PrivacyNotice, User

pytestmark = pytest.mark.django_db
PEOPLE = reverse("admin:accounts_user_changelist")
ADD = reverse("admin:accounts_user_add")
LISTS = [
    PEOPLE,
    reverse("admin:accounts_hostunit_changelist"),
    reverse("admin:accounts_consent_changelist"),
    reverse("admin:accounts_privacynotice_changelist"),
    reverse("admin:auditlog_logentry_changelist"),
]


@pytest.fixture
def provincial(make_user):
    """Staff with exactly what the provincial group may do."""
    user = make_user("中心小王", is_staff=True)
    user.groups.add(Group.objects.get(name="中心工作人员"))
    return user


@pytest.fixture
def desk(client, provincial):
    client.force_login(provincial)
    return client


def change(person: User) -> str:
    return reverse("admin:accounts_user_change", args=[person.pk])


def password_of(person: User) -> str:
    return reverse("admin:auth_user_password_change", args=[person.pk])


def fields_of(person: User, **fields: object) -> dict[str, object]:
    return {"name": person.name, "phone": person.phone or "", "email": "", "is_active": "on"} | fields


@pytest.mark.parametrize("address", LISTS)
def test_lists_cost_the_same_for_one_and_thirty(desk, make_user, address):
    notice = PrivacyNotice.objects.create(version="测试")
    _agree(make_user(), notice)
    one = _cost(desk, address)
    for number in range(29):
        _agree(make_user(f"人{number}"), notice)
    assert _cost(desk, address) == one


def _agree(person: User, notice: PrivacyNotice) -> None:
    Consent.objects.create(person=person, notice=notice, given_at=timezone.now())


def _cost(desk, address: str) -> int:
    assert desk.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        desk.get(address)
    return len(queries)


def test_list_masks_phones_and_finds_by_whole_number(desk, make_user):
    person = make_user("李明")
    content = desk.get(PEOPLE).content.decode()
    assert person.masked_phone in content
    assert person.phone not in content
    assert list(desk.get(PEOPLE, {"q": person.phone}).context["cl"].queryset) == [person]


def test_no_page_shows_a_password_hash(desk, make_user):
    person = make_user("李明", password="a-long-password-1")
    for address in (change(person), password_of(person)):
        content = desk.get(address).content.decode()
        assert person.password.split("$")[-1][:8] not in content
        assert "md5$" not in content


def test_new_person_has_no_password_until_one_is_set(desk):
    response = desk.post(ADD, {"name": "新人", "phone": "138 0013 8000", "email": "", "is_active": "on"})
    person = User.objects.get(phone="13800138000")
    assert response.status_code == 302
    assert not person.has_usable_password()
    words = "river-blue-2026"
    posted = {"password1": words, "password2": words, "usable_password": "true"}
    assert desk.post(password_of(person), posted).status_code == 302
    person.refresh_from_db()
    assert person.check_password(words)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"phone": "123"}, "请填写 11 位大陆手机号"),
        ({"phone": ""}, "手机号和电子邮箱至少填一项"),
        ({"phone": "13900009999"}, "已存在"),
        ({"email": "nonsense"}, "合法的邮件地址"),
    ],
)
def test_new_person_with_bad_fields_is_refused_in_words(desk, make_user, fields, sentence):
    make_user(phone="13900009999")
    posted = {"name": "新人", "phone": "13800138000", "email": "", "is_active": "on", **fields}
    assert sentence in str(desk.post(ADD, posted).context["adminform"].form.errors)


def test_staff_change_people_and_the_record_says_who(desk, provincial, make_user):
    person = make_user("李明")
    assert desk.post(change(person), fields_of(person, is_judge="on")).status_code == 302
    person.refresh_from_db()
    entry = LogEntry.objects.get_for_object(person).first()
    assert person.is_judge
    assert (entry.actor, entry.changes) == (provincial, {"is_judge": ["False", "True"]})


def test_record_holds_no_password_and_no_whole_phone(make_user):
    person = make_user("李明", password="a-long-password-1")
    person.phone = "13800138000"
    person.save()
    recorded = str([entry.changes for entry in LogEntry.objects.get_for_object(person)])
    assert "password" not in recorded and "13800138000" not in recorded


def test_staff_cannot_touch_or_make_superusers(desk, provincial, make_user):
    root = make_user("管理员", is_staff=True, is_superuser=True)
    assert desk.post(change(root), fields_of(root, name="改名")).status_code == 403
    assert desk.post(password_of(root), {"password1": "x" * 12, "password2": "x" * 12}).status_code == 403
    desk.post(change(provincial), fields_of(provincial, is_staff="on", is_superuser="on"))
    root.refresh_from_db()
    provincial.refresh_from_db()
    assert (root.name, provincial.is_superuser) == ("管理员", False)


def test_nobody_deletes_people_consents_or_records(client, make_user):
    root = make_user("管理员", is_staff=True, is_superuser=True)
    client.force_login(root)
    notice = PrivacyNotice.objects.create(version="测试")
    _agree(root, notice)
    entry = LogEntry.objects.get_for_object(root).first()
    for name, row in (
        ("accounts_user", root),
        ("accounts_consent", Consent.objects.get(person=root)),
        ("accounts_privacynotice", notice),
        ("auditlog_logentry", entry),
    ):
        address = reverse(f"admin:{name}_delete", args=[row.pk])
        assert client.post(address, {"post": "yes"}).status_code == 403


def test_notice_that_someone_agreed_to_is_not_rewritten(desk, make_user):
    notice = PrivacyNotice.objects.create(version="测试", text="旧")
    address = reverse("admin:accounts_privacynotice_change", args=[notice.pk])
    posted = {"version": "测试", "text": "新", "published_on": "2026-01-01"}
    assert desk.post(address, posted).status_code == 302
    _agree(make_user(), notice)
    assert desk.post(address, posted | {"text": "更新"}).status_code == 403
    notice.refresh_from_db()
    assert notice.text == "新"


def test_unit_staff_see_no_people(client, make_user):
    person = make_user("怀化小张", is_staff=True)
    person.groups.add(Group.objects.get(name="承办单位工作人员"))
    client.force_login(person)
    assert client.get(PEOPLE).status_code == 403
