"""The first page of the staff's site: today's classes and the queues."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentor_portal.accounts.models import HostUnit
from mentor_portal.reservations.models import Reservation
from tests import duties, moments, offerings

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")


def today(**fields: object):
    return offerings.make_session(starts_at=moments.in_days(0, "12:00"), **fields)


def seen(client, person) -> dict[str, object]:
    client.force_login(person)
    context = client.get(INDEX).context
    return {
        "sessions": [session.pk for session in context["sessions"]],
        "crowded": [session.pk for session in context["crowded"]],
        "queues": {queue.word: queue.count for queue in context["queues"]},
    }


def test_today_holds_the_classes_of_this_day(client, staff):
    session = today(title="今天的课")
    offerings.make_session(title="后天的课")
    assert seen(client, staff)["sessions"] == [session.pk]
    assert "今天的课" in client.get(INDEX).content.decode()


def test_queues_count_drafts_excuses_and_offers(client, staff):
    offerings.make_draft()
    session = offerings.make_session()
    asked, offered = offerings.hold(session, offerings.make_people(2))
    Reservation.objects.filter(pk=asked.pk).update(excuse="asked")
    Reservation.objects.filter(pk=offered.pk).update(
        state="offered", offer_expires_at=session.offering.starts_at
    )
    queues = seen(client, staff)["queues"]
    assert {word: count for word, count in queues.items() if count} == {
        "待发布的课堂": 1,
        "待处理的请假": 1,
        "待确认的递补": 1,
    }


def test_each_queue_leads_to_a_list_that_opens(client, staff):
    client.force_login(staff)
    for queue in client.get(INDEX).context["queues"]:
        assert client.get(queue.url).status_code == 200


@pytest.mark.parametrize(
    ("capacity", "waiting", "is_crowded"),
    [(4, 1, False), (4, 2, True), (2, 0, False), (60, 9, False), (60, 10, True)],
)
def test_crowded_are_those_over_a_threshold(client, staff, capacity, waiting, is_crowded):
    session = offerings.make_session(capacity=capacity)
    offerings.hold(session, offerings.make_people(capacity + waiting))
    assert seen(client, staff)["crowded"] == ([session.pk] if is_crowded else [])


def test_staff_of_a_unit_see_their_own_unit_alone(client, unit_staff):
    other = today()
    own = today(host_unit=unit_staff.host_unit)
    assert seen(client, unit_staff)["sessions"] == [own.pk]
    assert HostUnit.objects.filter(pk=other.offering.host_unit_id).exists()


def test_staff_without_permissions_see_that_they_have_none(client, make_user):
    newcomer = make_user("新人", is_staff=True)
    assert not Group.objects.filter(user=newcomer).exists()
    assert seen(client, newcomer) == {"sessions": [], "crowded": [], "queues": {}}
    assert "还没有分配权限" in client.get(INDEX).content.decode()


def test_first_page_costs_the_same_for_one_and_thirty(client, staff):
    client.force_login(staff)
    today()
    one = cost_of(client)
    for _ in range(29):
        today()
    assert cost_of(client) == one


def cost_of(client) -> int:
    client.get(INDEX)
    with CaptureQueriesContext(connection) as queries:
        client.get(INDEX)
    return len(queries)


def test_duty_whose_time_came_stops_asking_and_the_list_tells_it_apart(client, staff):
    [lapsed] = duties.declare(at=moments.in_days(-5), starts_at=moments.in_days(-2))
    [waiting] = duties.declare()
    client.force_login(staff)
    queues = {queue.word: queue for queue in client.get(INDEX).context["queues"]}
    queue = queues["待安排的咨询值班"]
    assert queue.count == 1
    assert list(client.get(queue.url).context["cl"].queryset) == [waiting]
    page = client.get(queue.url.replace("submitted", "lapsed"))
    assert list(page.context["cl"].queryset) == [lapsed]
    assert "过时未安排" in page.content.decode()
