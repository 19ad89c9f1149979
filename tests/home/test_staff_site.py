"""The staff's site as a whole: who gets in, what its menu holds, that it speaks Chinese."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from mentor_portal import portal_settings
from mentor_portal.home import roles

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")
MO = Path(settings.LOCALE_PATHS[0], "zh_Hans", "LC_MESSAGES", "django.mo")


def registered(action: str) -> list[str]:
    return [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}")
        for model in admin.site._registry
    ]


@pytest.fixture
def root(make_user):
    return make_user("管理员", is_staff=True, is_superuser=True)


@pytest.fixture
def provincial(make_user):
    user = make_user("中心小王", is_staff=True)
    user.groups.add(Group.objects.get(name=roles.PROVINCE_GROUP))
    return user


@pytest.fixture
def of_unit(make_user):
    from mentor_portal.accounts.models import HostUnit

    unit = HostUnit.objects.filter(kind=HostUnit.Kind.PREFECTURE).first()
    user = make_user("怀化小张", is_staff=True, host_unit=unit)
    user.groups.add(Group.objects.get(name=roles.UNIT_GROUP))
    return user


def titles(client) -> list[str]:
    groups = client.get(INDEX).context["sidebar_navigation"]
    return [item["title"] for group in groups for item in group["items"]]


def test_visitor_is_sent_to_the_portal_s_sign_in_and_back(client):
    response = client.get(INDEX, follow=True)
    address, _ = response.redirect_chain[-1]
    assert address.startswith(reverse("account_login"))
    assert "admin" in address


def test_job_seeker_is_refused(client, job_seeker):
    client.force_login(job_seeker)
    assert client.get(INDEX, follow=True).status_code == 403


def test_every_list_opens_for_a_superuser(client, root):
    client.force_login(root)
    refused = {address for address in registered("changelist") if client.get(address).status_code != 200}
    assert refused == set()


def test_pages_carry_the_admin_s_policy_and_the_portal_does_not(client, root):
    client.force_login(root)
    policy = client.get(INDEX)["Content-Security-Policy"]
    assert "'unsafe-eval'" in policy and "object-src 'none'" in policy
    assert "unsafe" not in client.get("/")["Content-Security-Policy"]


def test_pages_ask_no_other_host(client, root):
    client.force_login(root)
    for address in (INDEX, reverse("admin:mentors_mentor_changelist")):
        content = client.get(address).content.decode()
        assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//[^"']+""", content)


TITLES = ("课堂", "评价", "咨询与帮扶", "调研", "两优评选", "导师", "预约", "消息", "人员", "系统")


def test_menu_is_by_job(client, root):
    client.force_login(root)
    groups = client.get(INDEX).context["sidebar_navigation"]
    assert [group.get("title") for group in groups] == [None, *TITLES]


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("index", "今日"),
        ("classrooms_topicapplication_board", "排课台"),
        ("classrooms_topicapplication_changelist", "主题申报"),
        ("mentors_mentor_add", "职业导师"),
    ],
)
def test_menu_marks_the_one_entry_that_the_page_belongs_to(client, root, page, title):
    client.force_login(root)
    groups = client.get(reverse(f"admin:{page}")).context["sidebar_navigation"]
    marked = [item["title"] for group in groups for item in group["items"] if item["active"]]
    assert marked == [title]


def test_menu_of_a_unit_holds_its_own_work_alone(client, of_unit):
    client.force_login(of_unit)
    shown = titles(client)
    assert {"课堂", "场地", "预约记录"} <= set(shown)
    assert {"人员", "参数设置", "权限组", "操作记录"}.isdisjoint(shown)


def test_provincial_staff_open_what_the_menu_shows(client, provincial):
    client.force_login(provincial)
    groups = client.get(INDEX).context["sidebar_navigation"]
    links = [item["link"] for group in groups for item in group["items"]]
    assert reverse("admin:constance_config_changelist") in links
    assert {client.get(link).status_code for link in links} == {200}


def test_provincial_staff_change_the_numbers(client, provincial):
    # The settings' type is made on demand: another test may have made one that is rolled back.
    ContentType.objects.clear_cache()
    client.force_login(provincial)
    address = reverse("admin:constance_config_changelist")
    form = client.get(address).context["form"]
    posted = {name: form.initial.get(name, "") for name in form.fields} | {"OFFER_HOLD_HOURS": 6}
    assert client.post(address, posted).status_code == 302
    assert portal_settings.read()["OFFER_HOLD_HOURS"] == 6


def test_groups_are_kept_and_what_staff_added_stays():
    extra = Permission.objects.get(codename="view_contenttype")
    unit = Group.objects.get(name=roles.UNIT_GROUP)
    unit.permissions.add(extra)
    unit.permissions.remove(Permission.objects.get(codename="view_venue"))
    before = Group.objects.count()
    roles.keep_groups(apps.get_app_config("home"), using="default")
    codenames = set(unit.permissions.values_list("codename", flat=True))
    assert {"view_venue", "view_contenttype"} <= codenames
    assert Group.objects.count() == before


def test_every_named_permission_exists():
    named = [*roles.PROVINCE_ALSO, *roles.NEVER_BY_GROUP, *roles.UNIT_PERMISSIONS]
    found = {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Permission.objects.select_related("content_type")
    }
    assert set(named) <= found


def test_translations_are_compiled_as_they_are_written():
    """The compiled file is in the repository, since a fresh clone may have no gettext."""
    import gettext

    with MO.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    source = MO.with_suffix(".po").read_text(encoding="utf-8")
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', source, flags=re.MULTILINE)
    assert len(pairs) > 50
    for original, translated in pairs:
        assert compiled.gettext(original.replace('\\"', '"')) == translated.replace('\\"', '"')


ENGLISH = re.compile(r"""(?:>|placeholder=")\s*([A-Z][a-z]+(?: [a-z]+)+|[A-Z][a-z]{3,})\s*[<"]""")


@pytest.mark.parametrize(
    "address",
    [
        INDEX,
        reverse("admin:classrooms_topicapplication_changelist"),
        reverse("admin:classrooms_topicapplication_board"),
        reverse("admin:classrooms_classsession_add"),
        reverse("admin:classrooms_hostevent_add"),
        reverse("admin:mentors_mentor_changelist"),
        reverse("admin:mentors_mentor_add"),
        reverse("admin:mentors_mentor_import"),
        reverse("admin:accounts_user_changelist"),
        reverse("admin:accounts_user_add"),
        reverse("admin:auditlog_logentry_changelist"),
        reverse("admin:constance_config_changelist"),
        reverse("admin:auth_group_add"),
        reverse("admin:home_secondfactor_changelist"),
        reverse("admin:home_taskrecord_changelist"),
        reverse("admin:password_change"),
    ],
)
def test_pages_speak_chinese(client, root, address):
    client.force_login(root)
    content = client.get(address).content.decode()
    content = re.sub(r"<(script|style|svg)\b.*?</\1>", "", content, flags=re.DOTALL)
    assert set(ENGLISH.findall(content)) == set()
