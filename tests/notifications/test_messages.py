"""What a person sees of the own messages."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from mentor_portal.notifications.kinds import all_kinds
from mentor_portal.notifications.models import Message
from tests.moments import at
from tests.notifications import outbox

pytestmark = pytest.mark.django_db
NOON = at("2026-03-05 12:00")


def test_every_kind_has_an_icon_that_there_is():
    sprite = ET.parse(Path(settings.BASE_DIR, "static", "icons", "sprite.svg"))
    known = {symbol.get("id") for symbol in sprite.getroot()}
    assert {kind.icon for kind in all_kinds()} <= known


def test_list_marks_each_message_with_the_icon_of_its_kind(client, job_seeker):
    outbox.tell(job_seeker, NOON)
    Message.objects.create(person=job_seeker, key="old", kind="gone", title="旧", body="旧", created_at=NOON)
    client.force_login(job_seeker)
    page = client.get(reverse("notifications:list")).content.decode()
    marks = page.split('class="message__mark"')[1:]
    assert ["#bell" in marks[0], "#check-circle" in marks[1]] == [True, True]
