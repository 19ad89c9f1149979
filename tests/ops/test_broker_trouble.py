"""A Redis that is stopped or frozen: people notice nothing, and nothing is lost when it is back."""

import http.client
import time
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from mentor_portal.home.models import WorkerHeartbeat
from mentor_portal.reservations.models import Reservation
from tests import offerings
from tests.ops import frozen
from tests.ops.real_worker import wait_until, worker
from tests.races import server

pytestmark = pytest.mark.django_db(transaction=True)

USUAL_SECONDS = 2


@pytest.mark.parametrize("trouble", [frozen.silent_port, frozen.closed_port])
def test_pages_and_booking_answer_in_their_usual_time(trouble, monkeypatch):
    session = offerings.make_session(capacity=1)
    [person] = offerings.make_people(1)
    keys = server.sign_in([person])
    with trouble() as redis_port:
        monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{redis_port}/0")
        with server.portal() as port:
            for path in (
                reverse("home:index"),
                reverse("classrooms:session-list"),
                session.get_absolute_url(),
            ):
                assert _timed(lambda path=path: _status(port, path)) == 200
            book = reverse("classrooms:session-book", args=[session.pk])
            answers = _timed(lambda: server.post_at_once(port, [(keys[person.pk], book)]))
    assert [status for status, _ in answers] == [302]
    assert offerings.states(session) == [(person.name, Reservation.State.CONFIRMED)]


@pytest.mark.redis
def test_worker_after_a_frozen_redis_does_what_fell_due_meanwhile():
    session = offerings.make_session(capacity=1)
    held, waiting, _ = offerings.hold(session, offerings.make_people(3))
    address = urlsplit(settings.REDIS_URL)
    proxy = frozen.PausingProxy(address.hostname or "127.0.0.1", address.port or 6379)
    with worker(f"redis://127.0.0.1:{proxy.port}{address.path}"):
        wait_until(lambda: WorkerHeartbeat.objects.exists())

        proxy.pause()
        _let_offer_expire(held, waiting)
        time.sleep(3)
        assert _state(waiting) == Reservation.State.OFFERED

        proxy.go_on()
        wait_until(lambda: _state(waiting) == Reservation.State.CANCELLED)
    proxy.close()
    assert [state for _, state in offerings.states(session)] == ["cancelled", "cancelled", "offered"]
    assert offerings.broken_invariants() == []


def _let_offer_expire(held: Reservation, waiting: Reservation) -> None:
    """The holder cancels, the first in line gets an offer, and its time is over at once."""
    from mentor_portal.reservations.services import cancel

    cancel(reservation=held, by=held.person, at=timezone.now())
    Reservation.objects.filter(pk=waiting.pk).update(offer_expires_at=timezone.now() - timedelta(seconds=1))


def _state(reservation: Reservation) -> str:
    return Reservation.objects.values_list("state", flat=True).get(pk=reservation.pk)


def _status(port: int, path: str) -> int:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    client.request("GET", path)
    status = client.getresponse().status
    client.close()
    return status


def _timed(act: Callable):
    """Return what it returns, and refuse where it takes unusually long."""
    started = time.monotonic()
    outcome = act()
    assert time.monotonic() - started < USUAL_SECONDS
    return outcome
