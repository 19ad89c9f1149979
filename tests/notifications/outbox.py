"""Things to send, and what came of them."""

import itertools
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from mentor_portal.accounts.models import User
from mentor_portal.notifications import services
from mentor_portal.notifications.models import Delivery, Message
from mentor_portal.notifications.services import Note
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.services import OfferingPlan, change_offering
from tests import offerings

_numbers = itertools.count(1)
WORDS = {
    "offering": "面试课",
    "when": "3月12日（周四）14:30–16:00",
    "place": "长沙 · 中心二楼课堂",
    "until": "",
    "note": "",
}


def tell(person: User, at: datetime, kind: str = "booked", **fields: object) -> Message:
    """Say something of a kind that goes by text message and e-mail."""
    key = f"test:{next(_numbers)}"
    services.say(notes=[Note(person_id=person.pk, key=key, kind=kind, words=WORDS, at=at, **fields)])
    return Message.objects.get(key=key)


def send(at: datetime) -> int:
    """Route and send what is due at a moment, which stands still meanwhile."""
    services.route_messages(at=at)
    return services.send_due(clock=lambda: at, until=at + timedelta(seconds=1))


def states() -> Counter:
    return Counter(Delivery.objects.values_list("state", flat=True))


def wait_until(is_true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, f"not in time: {states()}"
        time.sleep(0.1)


def move_a_full_class(by: User) -> list[Message]:
    """Move a class with 60 holders and 20 waiting; returns the messages, the only ones not yet routed."""
    session = offerings.make_session(capacity=60)
    offerings.hold(session, offerings.make_people(80))
    Message.objects.update(routed_at=timezone.now())
    offering = Offering.objects.get(pk=session.pk)
    later = timedelta(hours=3)
    plan = OfferingPlan(
        title=offering.title,
        starts_at=offering.starts_at + later,
        ends_at=offering.ends_at + later,
        host_unit=offering.host_unit,
        venue=offering.venue,
        hosts=list(offering.hosts.all()),
        capacity=offering.capacity,
        booking_opens_at=offering.booking_opens_at,
        booking_closes_at=offering.booking_closes_at,
    )
    change_offering(offering=offering, plan=plan, by=by, at=timezone.now())
    return list(Message.objects.filter(kind="moved"))
