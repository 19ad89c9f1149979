"""One box: mentors by name and sound, classes by words of their outline, chains by a part of their name."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentor_portal.notifications.models import Notice
from mentors.models import IndustrialChain, Mentor
from tests import duties, offerings

pytestmark = pytest.mark.django_db


def found(text: str):
    response = Client().get("/search/", {"q": text})
    assert response.status_code == 200
    return response.context["found"]


def names(text: str) -> list[str]:
    return [mentor.name for mentor in found(text).mentors]


@pytest.fixture
def mentor() -> Mentor:
    return duties.appoint(offerings.make_mentor("曾建国"))


@pytest.mark.parametrize(
    "text",
    [
        "曾建国",
        "建国",
        "曾",
        "zengjianguo",
        "ZengJianguo",
        "zeng jianguo",
        "zjg",
        "ＺＪＧ",
        "zēng",
        "jianguo",
        "zengj",
    ],
)
def test_mentor_is_found_by_name_pinyin_and_initials(mentor, text):
    duties.appoint(offerings.make_mentor("李慧芳"), 2)
    assert names(text) == ["曾建国"]
    assert [each["name"] for each in Client().get("/api/v1/mentors/", {"q": text}).json()["results"]] == [
        "曾建国"
    ]
    assert Client().get("/mentors/", {"q": text}).context["count"] == 1


@pytest.mark.parametrize("text", ["engjianguo", "z%", "zj_", "jianguo zhang", "\\"])
def test_what_is_no_beginning_finds_nobody(mentor, text):
    assert names(text) == []


def test_name_that_changes_is_found_by_its_new_sound(mentor):
    mentor.name = "彭德怀"
    mentor.save()
    assert names("pdh") == ["彭德怀"] and names("zjg") == []


def test_mentor_who_is_not_listed_is_not_found():
    offerings.make_mentor("没有聘期")
    assert names("没有聘期") == [] and names("mypq") == []


def test_class_is_found_by_words_of_its_outline_and_by_its_mentors_sound(mentor):
    session = offerings.make_session(
        title="职场第一课", outline="怎样核对社保缴费基数，怎样看懂工资条。", mentors=[mentor]
    )
    offerings.make_session(title="另一堂课")
    for text in ("缴费基数", "社保 工资条", "第一课", "zengjianguo"):
        assert [card.pk for card in found(text).classes] == [session.pk], text
    assert found("社保 没有这个词").is_nothing


def test_coming_classes_stand_before_past_ones_and_drafts_nowhere():
    now = timezone.now()
    past = offerings.make_session(title="面试技巧", starts_at=now - timedelta(days=9))
    later = offerings.make_session(title="面试技巧", starts_at=now + timedelta(days=9))
    soon = offerings.make_session(title="面试技巧", starts_at=now + timedelta(days=2))
    offerings.make_draft(title="面试技巧")
    told = found("面试技巧")
    assert [card.pk for card in told.classes] == [soon.pk, later.pk]
    assert [card.pk for card in told.past] == [past.pk]


def test_chain_is_found_by_a_part_of_its_name_and_leads_on():
    chain = IndustrialChain.objects.get(name__startswith="工程机械")
    page = Client().get("/search/", {"q": "程机"})
    assert page.context["found"].chains == [chain]
    assert f"/classes/?chain={chain.slug}" in page.content.decode()
    assert [each.name for each in found("机械").categories] == [chain.category.name]


def test_notices_are_found_by_title_and_text_once_published():
    now = timezone.now()
    told = Notice.objects.create(
        title="放假安排", body="国庆期间课堂暂停。", state="published", published_at=now
    )
    Notice.objects.create(title="放假草稿", body="国庆")
    assert found("国庆 暂停").notices == [told]
    assert found("放假").notice_count == 1


def test_more_than_is_shown_is_counted_and_leads_to_all():
    session = offerings.make_session(title="简历第零讲")
    offerings.make_many(session, 9)
    page = Client().get("/search/", {"q": "讲"})
    assert page.context["found"].class_count == 10
    assert "近期课堂 10 场" in page.content.decode() and "/classes/?q=%E8%AE%B2" in page.content.decode()


def test_nothing_typed_and_nothing_found_say_how_to_go_on():
    assert "首字母" in Client().get("/search/").content.decode()
    assert "没有找到相关内容" in Client().get("/search/", {"q": "绝无此词"}).content.decode()
    long = Client().get("/search/", {"q": "字" * 200})
    assert "只按前 60 个字查找" in long.content.decode() and "字" * 200 in long.content.decode()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80))
def test_any_text_is_answered(client, text):
    assert client.get("/search/", {"q": text.encode("utf-8", "ignore").decode()}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_mentors_from_before_are_spelt_by_the_migration():
    mentor = offerings.make_mentor("周建国")
    executor = MigrationExecutor(connection)
    executor.migrate([("mentors", "0003_likes")])
    call_command("migrate", "mentors", verbosity=0)
    mentor.refresh_from_db()
    assert " zjg " in mentor.spelling
