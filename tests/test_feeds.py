"""The ids and the texts of feeds, without a database."""

import pytest

from mentor_portal.feeds import Atom, readable, tag


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("面试\x00技\x07巧\x1b", "面试技巧"),
        ("一行\r\n二行\t三", "一行\r\n二行\t三"),
        ("\ufffe\uffff\ud800好", "好"),
        ("😀𠮷<&>", "😀𠮷<&>"),
    ],
)
def test_what_no_feed_can_hold_is_left_out(typed, shown):
    assert readable(typed) == shown


def test_ids_are_made_of_the_domain_of_the_feeds(settings):
    settings.FEED_DOMAIN = "example.gov.cn"
    assert tag("class/7") == "tag:example.gov.cn,2026:class/7"


def test_atom_leaves_unreadable_characters_out_everywhere():
    feed = Atom(title="课\x01堂", link="https://example.com/", description="", author_name="中\x02心")
    feed.add_item(title="面\x03试", link="https://example.com/1", description="讲\x04什么")
    text = feed.writeString("utf-8")
    assert all(word in text for word in ("课堂", "中心", "面试", "讲什么"))
