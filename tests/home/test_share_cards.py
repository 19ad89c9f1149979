"""What a page becomes where its address is shared."""

from html.parser import HTMLParser

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from mentor_portal.notifications.models import Notice
from tests import moments, offerings

pytestmark = pytest.mark.django_db


class _Card(HTMLParser):
    """The tags of the head that a sharing site reads."""

    def __init__(self) -> None:
        super().__init__()
        self.told: dict[str, str] = {}

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag == "meta" and (name := values.get("property") or values.get("name")):
            self.told[name] = values["content"]
        if tag == "link" and values.get("rel") == "canonical":
            self.told["canonical"] = values["href"]


def card(path: str, **how: str) -> dict[str, str]:
    reader = _Card()
    reader.feed(Client().get(path, **how).content.decode())
    return reader.told


def test_class_is_shared_with_its_title_when_where_and_by_whom():
    session = offerings.make_session(
        title='面试"技巧" <讲>',
        starts_at=moments.at(f"{timezone.localdate().year + 1}-03-12 14:30"),
        mentors=[offerings.make_mentor("周建国")],
        venue=offerings.make_venue("中心二楼课堂"),
    )
    told = card(f"/classes/{session.pk}/?utm=x")
    assert told["og:title"] == '面试"技巧" <讲>'
    assert told["og:description"].endswith("14:30–16:00，长沙 · 中心二楼课堂，周建国 导师主讲。")
    assert told["og:description"] == told["description"]
    assert told["og:url"] == told["canonical"] == f"http://testserver/classes/{session.pk}/"
    assert told["og:image"] == "http://testserver/static/img/share.png"


def test_card_keeps_to_the_host_that_was_asked(settings):
    settings.ALLOWED_HOSTS = ["*"]
    session = offerings.make_session()
    for host in ("a.example", "b.example", "a.example"):
        assert card(f"/classes/{session.pk}/", headers={"host": host})["og:url"].startswith(f"http://{host}/")


def test_mentor_is_shared_with_the_photo_where_there_is_one(mentor_user):
    mentor = mentor_user.mentor
    told = card(f"/mentors/{mentor.pk}/")
    assert told["og:title"] == "周建国 导师"
    assert told["og:description"].startswith("三一重工股份有限公司，人力资源总监，")
    assert told["og:image"].endswith("share.png")
    mentor.photo.save("photo.jpg", ContentFile(b"jpeg"))
    session = offerings.make_session(mentors=[mentor])
    for path in (f"/mentors/{mentor.pk}/", f"/classes/{session.pk}/"):
        assert card(path)["og:image"] == f"http://testserver/mentors/{mentor.pk}/photo/"


def test_notice_is_shared_with_the_beginning_of_its_text():
    shown = {"state": Notice.State.PUBLISHED, "published_at": timezone.now()}
    notice = Notice.objects.create(title="放假安排", body="国庆期间课堂暂停。\n\n" * 50, **shown)
    told = card(f"/notices/{notice.pk}/")
    assert told["og:title"] == "放假安排"
    assert told["og:description"].startswith("国庆期间课堂暂停。") and len(told["og:description"]) <= 81


def test_picture_is_large_enough_to_be_shown():
    with Image.open(finders.find("img/share.png")) as picture:
        assert min(picture.size) >= 300
