"""Staff of the province read what went out to whom, and send again what failed."""

import pytest
from django.urls import reverse

from mentor_portal.accounts.sms import MemoryBackend
from mentor_portal.notifications import services
from mentor_portal.notifications.models import Delivery
from tests.moments import at
from tests.notifications import outbox

pytestmark = pytest.mark.django_db
NOON = at("2026-03-05 12:00")
DELIVERIES = reverse("admin:notifications_delivery_changelist")
MESSAGES = reverse("admin:notifications_message_changelist")


@pytest.fixture
def failed(make_user) -> Delivery:
    person = make_user("求职者小李", phone="13912345678", email="li@example.com")
    outbox.tell(person, NOON)
    services.route_messages(at=NOON)
    Delivery.objects.update(state=Delivery.State.FAILED, attempts=8, last_error="余额不足")
    return Delivery.objects.get(channel="sms")


def text(client, url: str, **query: str) -> str:
    return client.get(url, query).content.decode()


def test_log_shows_why_it_failed_and_no_whole_number(client, staff, failed):
    client.force_login(staff)
    for url in (DELIVERIES, reverse("admin:notifications_delivery_change", args=[failed.pk])):
        page = text(client, url)
        assert "139****5678" in page and "余额不足" in page and "发送失败" in page
        assert "13912345678" not in page and "li@example.com" not in page
    assert "13912345678" not in text(client, MESSAGES)


def test_log_is_filtered_and_searched(client, staff, failed):
    client.force_login(staff)
    assert "139****5678" in text(client, DELIVERIES, kind="booked", state__exact="failed", q="5678")
    assert "139****5678" not in text(client, DELIVERIES, kind="waiting")
    assert "139****5678" not in text(client, DELIVERIES, channel__exact="email")
    assert "139****5678" in text(client, MESSAGES, q="求职者小李", kind="booked")
    assert "139****5678" not in text(client, MESSAGES, q="5679")


def test_failed_delivery_is_sent_again_from_the_list(client, staff, failed):
    Delivery.objects.filter(channel="email").update(state=Delivery.State.DROPPED)
    client.force_login(staff)
    chosen = list(Delivery.objects.values_list("pk", flat=True))
    page = client.post(DELIVERIES, {"action": "resend", "_selected_action": chosen}, follow=True)
    assert "已安排 1 条重新发送" in page.content.decode()
    assert "只有发送失败的记录可以重新发送" in page.content.decode()
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == (Delivery.State.WAITING, 0)


def test_staff_of_a_unit_do_not_see_the_log(client, unit_staff, failed):
    client.force_login(unit_staff)
    assert client.get(DELIVERIES).status_code == client.get(MESSAGES).status_code == 403
    assert MemoryBackend.outbox == []
