"""What every visitor sees alike is kept for a moment; who is signed in sees the present."""

from dataclasses import replace

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from classrooms.services import cancel_session, change_session, plan_session, publish_session
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


def test_page_of_a_class_shows_visitors_the_seats_of_now(client, job_seeker, django_assert_max_num_queries):
    session = offerings.make_session(capacity=30, mentors=[offerings.make_mentor("周建国")])
    first = client.get(session.get_absolute_url()).content.decode()
    assert "余 30 席" in first and "周建国" in first
    offerings.hold(session, [job_seeker])
    with django_assert_max_num_queries(1):
        again = client.get(session.get_absolute_url()).content.decode()
    assert "余 29 席" in again and "周建国" in again


def test_page_of_a_class_never_shows_what_was_moved_or_called_off_as_it_was(client, staff):
    plan = offerings.make_plan(title="面试技巧")
    session = plan_session(plan=plan, by=staff)
    publish_session(session=session, by=staff, at=timezone.now())
    address = session.get_absolute_url()
    client.get(address)
    moved = replace(plan, title="换了题目", venue=offerings.make_venue("另一个课堂"))
    change_session(session=session, plan=moved, by=staff, at=timezone.now())
    page = client.get(address).content.decode()
    assert "换了题目" in page and "另一个课堂" in page and "面试技巧" not in page
    cancel_session(session=session, by=staff, at=timezone.now(), reason="导师出差")
    assert "本场已取消：导师出差" in client.get(address).content.decode()


def test_draft_is_not_there_for_visitors_however_often_they_ask(client):
    draft = offerings.make_draft()
    assert [client.get(draft.get_absolute_url()).status_code for _ in range(2)] == [404, 404]
