"""The Atom feed of the notices, as feed readers understand it."""

from datetime import timedelta

import feedparser
import pytest

from mentor_portal.accounts.models import HostUnit
from mentor_portal.feeds import NEWEST
from mentor_portal.notifications import services
from mentor_portal.notifications.models import Notice
from tests.moments import at

pytestmark = pytest.mark.django_db
FEED = "/notices/feed.atom"
NOON = at("2026-03-05 12:00")


def notice(title: str, minutes: int = 0, **fields: object) -> Notice:
    moment = NOON + timedelta(minutes=minutes)
    values = {"body": "正文。", "state": Notice.State.PUBLISHED, "published_at": moment} | fields
    return Notice.objects.create(title=title, **values)


def read(client) -> feedparser.FeedParserDict:
    found = feedparser.parse(client.get(FEED).content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_notices_stand_in_full_the_newest_first(client):
    unit = HostUnit.objects.get(kind=HostUnit.Kind.PREFECTURE, prefecture="4312")
    notice("置顶的旧通知", is_pinned=True)
    shown = notice("新通知", 5, body="各市州：\n\n详见 https://example.com/plan 。", host_unit=unit)
    newest, pinned = read(client).entries
    assert (newest.title, pinned.title) == ("新通知", "置顶的旧通知")
    assert newest.link == f"http://testserver{shown.get_absolute_url()}"
    assert (newest.author, pinned.author) == (unit.name, "湖南省人力资源服务中心")
    assert '<a href="https://example.com/plan"' in newest.summary
    assert newest.published_parsed[:5] == (2026, 3, 5, 4, 5)


def test_what_was_typed_is_text_and_no_markup(client):
    notice("通知", body="<script>alert(1)</script>")
    assert "&amp;lt;script&amp;gt;alert(1)" in client.get(FEED).content.decode()


def test_drafts_are_not_told_and_what_comes_back_keeps_its_id(client, staff):
    row = notice("放假安排")
    [before] = read(client).entries
    services.withdraw_notice(notice=row, by=staff)
    assert read(client).entries == []
    services.publish_notice(notice=row, by=staff, at=NOON + timedelta(days=1))
    [after] = read(client).entries
    assert after.id == before.id
    assert after.updated_parsed > before.updated_parsed


def test_hostile_notices_stay_readable(client):
    notice("通知\x0c\x1f" + "字" * 90, body="正\x00".replace("\x00", "\x01") + "文")
    [entry] = read(client).entries
    assert entry.title == "通知" + "字" * 90
    assert "正文" in entry.summary


def test_many_notices_are_bounded(client):
    Notice.objects.bulk_create(
        Notice(title=f"{number}", body="字", state="published", published_at=NOON)
        for number in range(NEWEST + 5)
    )
    assert len(read(client).entries) == NEWEST


def test_pages_of_notices_lead_to_the_feed(client):
    page = client.get("/notices/").content.decode()
    assert f'<link rel="alternate" type="application/atom+xml" title="通知公示" href="{FEED}">' in page
    assert f'href="{FEED}">' in page.split("</head>")[1]
