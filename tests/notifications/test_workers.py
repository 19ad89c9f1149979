"""Every message is sent once: with two workers, with one killed half-way, with the broker gone."""

import contextlib
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from mentor_portal.accounts.sms import MemoryBackend
from mentor_portal.notifications.models import Delivery, Message
from mentor_portal.notifications.tasks import deliver_messages
from tests import offerings
from tests.notifications import carriers, outbox
from tests.notifications.workers import kill, worker
from tests.ops import frozen
from tests.races import server
from tests.races.together import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_quiet_hours")]
FILES = ""
BROKERS = [pytest.param("files", id="files"), pytest.param("redis", id="redis", marks=pytest.mark.redis)]
SENT = Delivery.State.SENT


@pytest.fixture(params=BROKERS)
def broker(request) -> str:
    """The address of a broker that works: none for the one of files."""
    return settings.REDIS_URL if request.param == "redis" else FILES


@pytest.fixture
def carrier(tmp_path) -> Path:
    folder = tmp_path / "carrier"
    folder.mkdir()
    return folder


def refs_of(messages: list[Message]) -> set[str]:
    return {f"message-{message.pk}-sms" for message in messages}


def all_are_sent(count: int) -> bool:
    return Delivery.objects.filter(state=SENT).count() == count


def test_task_that_runs_in_three_workers_at_once_sends_each_message_once(staff):
    messages = outbox.move_a_full_class(staff)
    at_once([deliver_messages] * 3)
    assert outbox.states() == {SENT: 80}
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}
    assert Counter(text.ref for text in MemoryBackend.outbox) == Counter(refs_of(messages))


def test_task_delivered_twice_finds_nothing_left(staff):
    outbox.move_a_full_class(staff)
    deliver_messages()
    deliver_messages()
    assert len(MemoryBackend.outbox) == 80


def test_worker_killed_half_way_loses_nothing_and_doubles_nothing(staff, broker, carrier):
    messages = outbox.move_a_full_class(staff)
    with worker(broker, carrier) as first:
        outbox.wait_until(lambda: len(carriers.tries(carrier)) >= 20)
        kill(first)
    tried = set(carriers.tries(carrier))
    assert 20 <= len(tried) < 80
    in_flight = set(Delivery.objects.filter(state=Delivery.State.SENDING).values_list("ref", flat=True))
    with worker(broker, carrier):
        outbox.wait_until(lambda: all_are_sent(80))
    tries = carriers.tries(carrier)
    assert set(tries) == refs_of(messages)
    assert {ref for ref, times in tries.items() if times > 1} <= in_flight
    assert len(in_flight) <= 1 and max(tries.values()) <= 2
    assert outbox.states() == {SENT: 80}


def test_two_workers_side_by_side_send_each_message_once(staff, broker, carrier):
    messages = outbox.move_a_full_class(staff)
    with worker(broker, carrier), worker(broker, carrier):
        outbox.wait_until(lambda: all_are_sent(80))
    assert carriers.tries(carrier) == dict.fromkeys(refs_of(messages), 1)


def test_messages_written_while_the_broker_is_down_go_out_when_it_is_back(monkeypatch, broker, carrier):
    session = offerings.make_session(capacity=2)
    people = offerings.make_people(5)
    keys = server.sign_in(people)
    book = reverse("classrooms:session-book", args=[session.pk])
    with _portal_without_broker(monkeypatch) as port:
        started = time.monotonic()
        answers = server.post_at_once(port, [(keys[person.pk], book) for person in people])
        assert time.monotonic() - started < 5
    assert [status for status, _ in answers] == [302] * 5
    assert Message.objects.unrouted().filter(kind="booked").count() == 2
    with worker(broker, carrier):
        outbox.wait_until(lambda: all_are_sent(2))
    assert carriers.tries(carrier) == dict.fromkeys(refs_of(Message.objects.filter(kind="booked")), 1)
    assert Message.objects.unrouted().count() == 0


@contextlib.contextmanager
def _portal_without_broker(monkeypatch) -> Iterator[int]:
    with frozen.closed_port() as nothing, monkeypatch.context() as environment:
        environment.setenv("REDIS_URL", f"redis://127.0.0.1:{nothing}/0")
        with server.portal() as port:
            yield port
