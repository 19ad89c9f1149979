"""What every visitor sees alike is kept for a moment; who is signed in sees the present."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from tests import offerings

pytestmark = pytest.mark.django_db
PAGES = ["home:index", "classrooms:session-list"]


@pytest.fixture(autouse=True)
def kept_for_a_while(settings):
    settings.VISITOR_PAGES_KEPT_SECONDS = 60
    caches["memory"].clear()
    yield
    caches["memory"].clear()


@pytest.mark.parametrize("page", PAGES)
def test_visitor_meets_a_kept_page_and_it_asks_the_database_nothing(client, page, django_assert_num_queries):
    session = offerings.make_session()
    client.get(reverse(page))
    with django_assert_num_queries(0):
        again = client.get(reverse(page))
    assert session.title in again.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_signed_in_person_sees_what_changed_since(client, page, job_seeker):
    client.get(reverse(page))
    session = offerings.make_session()
    client.force_login(job_seeker)
    assert session.title in client.get(reverse(page)).content.decode()
    offerings.hold(session, [job_seeker])
    assert "已预约" in client.get(reverse(page)).content.decode()


def test_each_address_of_the_schedule_is_kept_apart(client):
    session = offerings.make_session()
    schedule = reverse("classrooms:session-list")
    assert session.title in client.get(schedule).content.decode()
    assert session.title not in client.get(schedule, {"q": "没有这样的课"}).content.decode()
