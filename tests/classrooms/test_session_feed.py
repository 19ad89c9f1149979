"""The Atom feed of the classes, as feed readers understand it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import feedparser
import pytest
from django.utils import timezone

from classrooms.models import ClassSession
from classrooms.services import cancel_session, change_session, plan_session, publish_session
from mentor_portal.feeds import NEWEST
from mentor_portal.reservations.models import Offering
from mentors.models import Category
from tests import moments, offerings

pytestmark = pytest.mark.django_db
FEED = "/classes/feed.atom"


def read(client, **filters: str) -> feedparser.FeedParserDict:
    found = feedparser.parse(client.get(FEED, filters).content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def instant(parsed: tuple) -> datetime:
    return datetime(*parsed[:6], tzinfo=UTC)


def published_at(session: ClassSession, at: datetime) -> None:
    Offering.objects.filter(pk=session.pk).update(published_at=at)


def test_entry_says_what_when_where_and_by_whom(client):
    year = timezone.localdate().year + 1
    session = offerings.make_session(
        title="面试技巧",
        starts_at=moments.at(f"{year}-12-31 23:30"),
        outline="从初筛\n到终面",
        mentors=[offerings.make_mentor("周建国")],
        venue=offerings.make_venue("中心二楼课堂"),
    )
    [entry] = read(client).entries
    assert entry.title == "面试技巧"
    assert entry.link == f"http://testserver/classes/{session.pk}/"
    assert "12月31日" in entry.summary
    assert "23:30–1月1日" in entry.summary
    assert "长沙 · 中心二楼课堂，周建国 导师主讲。" in entry.summary
    assert "从初筛<br />到终面" in entry.summary
    assert [tag.term for tag in entry.tags] == [session.category.name, session.topic_type.name]


def test_moments_are_kept_across_zones(client):
    session = offerings.make_session()
    published_at(session, moments.at("2026-12-31 23:30"))
    [entry] = read(client).entries
    assert instant(entry.published_parsed) == datetime(2026, 12, 31, 15, 30, tzinfo=UTC)
    assert entry.updated_parsed == entry.published_parsed


def test_what_changed_last_comes_first_and_keeps_its_id(client, staff):
    plan = offerings.make_plan(title="先发布的")
    first = plan_session(plan=plan, by=staff)
    publish_session(session=first, by=staff, at=timezone.now() - timedelta(days=2))
    offerings.make_session(title="后发布的")
    before = {entry.title: entry.id for entry in read(client).entries}
    assert list(before) == ["后发布的", "先发布的"]
    later = timezone.now() + timedelta(minutes=1)
    change_session(session=first, plan=replace(plan, title="改了题目"), by=staff, at=later)
    changed = read(client).entries[0]
    assert changed.title == "改了题目"
    assert changed.id == before["先发布的"]
    assert instant(changed.updated_parsed) == later.replace(microsecond=0)


def test_called_off_says_so_and_comes_first(client, staff):
    session = offerings.make_session(title="要取消的")
    offerings.make_session()
    at = timezone.now() + timedelta(minutes=1)
    cancel_session(session=session, by=staff, at=at, reason="停电")
    assert read(client).entries[0].title == "已取消：要取消的"


def test_drafts_what_is_over_and_a_draft_called_off_are_not_told(client, staff):
    offerings.make_draft()
    off = offerings.make_draft()
    cancel_session(session=off, by=staff, at=timezone.now(), reason="不办了")
    offerings.make_session(starts_at=timezone.now() - timedelta(hours=3))
    assert read(client).entries == []


def test_filters_of_the_schedule_hold_and_unknown_ones_change_nothing(client):
    one, other = Category.objects.order_by("position")[:2]
    offerings.make_session(title="机械", category=one)
    offerings.make_session(title="材料", category=other)
    found = read(client, category=one.slug)
    assert [entry.title for entry in found.entries] == ["机械"]
    assert one.short_name in found.feed.title
    query = urlencode({"category": one.slug})
    links = {link.rel: link.href for link in found.feed.links}
    assert links == {
        "alternate": f"http://testserver/classes/?{query}",
        "self": f"http://testserver{FEED}?{query}",
    }
    everything = read(client, category="no-such", utm_source="wechat")
    assert len(everything.entries) == 2
    assert everything.feed.id != found.feed.id


def test_ids_do_not_depend_on_the_host(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    offerings.make_session()
    feeds = [client.get(FEED, headers={"host": host}).content for host in ("a.example", "b.example")]
    first, second = (feedparser.parse(feed) for feed in feeds)
    assert (first.feed.id, first.entries[0].id) == (second.feed.id, second.entries[0].id)
    assert first.entries[0].link != second.entries[0].link


def test_hostile_titles_stay_readable(client):
    title = '面试\x08\x1b，"简历"；<b>&\U0001f600' + "字" * 70
    offerings.make_session(title=title, outline="讲\x0b什么\ufffe")
    [entry] = read(client).entries
    assert entry.title_detail.type == "text/plain"
    assert entry.title == title.replace("\x08\x1b", "")
    assert "讲什么" in entry.summary


def test_what_was_typed_is_text_and_no_markup(client):
    offerings.make_session(outline="<script>alert(1)</script>")
    assert "&amp;lt;script&amp;gt;alert(1)" in client.get(FEED).content.decode()


def test_many_classes_are_bounded(client):
    offerings.make_many(offerings.make_session(), NEWEST + 10)
    assert len(read(client).entries) == NEWEST


def test_reader_who_has_it_already_gets_nothing_again(client):
    offerings.make_session()
    first = client.get(FEED)
    assert first["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert first["Cache-Control"] == "public, max-age=300"
    again = client.get(FEED, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_schedule_leads_to_the_feed_with_its_filters(client):
    page = client.get("/classes/", {"category": "machinery", "q": "不存在"}).content.decode()
    query = urlencode({"category": "machinery", "q": "不存在"}).replace("&", "&amp;")
    assert f'<link rel="alternate" type="application/atom+xml" title="课堂预告" href="{FEED}">' in page
    assert f'href="{FEED}?{query}"' in page
