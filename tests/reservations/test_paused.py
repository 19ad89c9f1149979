"""Booking paused: what the person sees, and how staff lift it in the admin."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from mentor_portal.reservations.models import Hosting, Reservation, Suspension
from tests import offerings

pytestmark = pytest.mark.django_db
CHANGELIST = reverse("admin:reservations_suspension_changelist")


@pytest.fixture
def suspension(job_seeker):
    now = timezone.now()
    return Suspension.objects.create(
        person=job_seeker,
        starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=29),
        reason="90 天内预约后未到场 3 次",
    )


def words(response) -> str:
    return response.content.decode()


def clears_on(suspension) -> str:
    local = timezone.localtime(suspension.ends_at)
    return f"{local.month}月{local.day}日"


@pytest.mark.parametrize("path", ["/me/", "/me/reservations/"])
def test_person_sees_until_when_booking_is_paused(client, job_seeker, suspension, path):
    client.force_login(job_seeker)
    assert f"暂停预约，{clears_on(suspension)}" in words(client.get(path))
    Suspension.objects.update(lifted_at=timezone.now(), lift_reason="已说明情况")
    assert "暂停预约" not in words(client.get(path))


def test_page_of_a_class_says_why_there_is_no_button(client, job_seeker, suspension):
    session = offerings.make_session()
    client.force_login(job_seeker)
    page = words(client.get(f"/classes/{session.pk}/"))
    assert "已暂停预约" in page
    assert clears_on(suspension) in page
    assert "立即预约" not in page
    assert client.get(f"/classes/{session.pk}/book/").url == f"/classes/{session.pk}/"
    client.post(f"/classes/{session.pk}/book/")
    assert not Reservation.objects.exists()


def lift(client, suspension, **fields):
    data = {"action": "lift", "_selected_action": [suspension.pk], **fields}
    return client.post(CHANGELIST, data, follow=True)


def test_staff_are_asked_for_a_reason_before_they_lift(client, staff, suspension):
    client.force_login(staff)
    assert "将为以下 1 人恢复预约" in words(lift(client, suspension))
    assert "请写明恢复预约的原因。" in words(lift(client, suspension, reason=""))
    suspension.refresh_from_db()
    assert suspension.lifted_at is None


def test_lifting_records_who_and_why(client, staff, suspension):
    client.force_login(staff)
    assert "已为 1 人恢复预约。" in words(lift(client, suspension, reason="签到系统故障"))
    suspension.refresh_from_db()
    assert (suspension.lifted_by, suspension.lift_reason) == (staff, "签到系统故障")
    entry = LogEntry.objects.get_for_object(suspension).filter(action=LogEntry.Action.UPDATE).get()
    assert entry.actor == staff
    assert entry.changes_dict["lift_reason"][1] == "签到系统故障"


def test_staff_of_a_unit_have_no_list_of_pauses(client, unit_staff, suspension):
    client.force_login(unit_staff)
    assert client.get(CHANGELIST).status_code == 403


def test_presence_is_noted_in_the_admin_for_the_own_unit_alone(client, unit_staff):
    starts_at = timezone.now() - timedelta(minutes=5)
    own = offerings.make_session(starts_at=starts_at, host_unit=unit_staff.host_unit)
    foreign = offerings.make_session(starts_at=starts_at)
    hostings = Hosting.objects.filter(offering__in=[own.pk, foreign.pk])
    client.force_login(unit_staff)
    data = {"action": "note_present", "_selected_action": [row.pk for row in hostings]}
    client.post(reverse("admin:reservations_hosting_changelist"), data, follow=True)
    assert Hosting.objects.get(offering=own.pk).presence == Hosting.Presence.PRESENT
    assert Hosting.objects.get(offering=foreign.pk).presence == Hosting.Presence.UNKNOWN
