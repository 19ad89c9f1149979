"""Messages are routed to the channels they go by, each is sent once, and what fails is tried again."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentor_portal.accounts.models import User
from mentor_portal.accounts.sms import MemoryBackend
from mentor_portal.notifications import services
from mentor_portal.notifications.errors import NotFailed
from mentor_portal.notifications.models import Delivery, Message
from mentor_portal.reservations.services import cancel
from tests import offerings
from tests.moments import at
from tests.notifications import outbox

pytestmark = pytest.mark.django_db
NOON, NIGHT, MORNING = at("2026-03-05 12:00"), at("2026-03-05 22:00"), at("2026-03-06 08:00")
REFUSING = "tests.notifications.carriers.RefusingBackend"
BROKEN = "tests.notifications.carriers.BrokenBackend"
State = Delivery.State


@pytest.fixture
def reachable(make_user) -> User:
    return make_user("求职者小李", phone="13900000001", email="li@example.com")


def only() -> Delivery:
    return Delivery.objects.get()


def test_saying_is_one_statement_and_sends_nothing(job_seeker):
    outbox.tell(job_seeker, NOON)
    note = services.Note(person_id=job_seeker.pk, key="once", kind="booked", words=outbox.WORDS, at=NOON)
    with CaptureQueriesContext(connection) as queries:
        services.say(notes=[note])
    assert len(queries) == 1
    assert MemoryBackend.outbox == [] and Delivery.objects.count() == 0
    message = Message.objects.get(key="once")
    assert message.words == outbox.WORDS and message.routed_at is None


def test_message_goes_by_every_channel_of_its_kind_that_reaches_the_person(reachable):
    message = outbox.tell(reachable, NOON)
    assert outbox.send(NOON) == 2
    [text], [letter] = MemoryBackend.outbox, mail.outbox
    ref = f"message-{message.pk}-sms"
    assert (text.phone, text.kind, text.ref) == (reachable.phone, "booked", ref)
    assert text.params == {**outbox.WORDS, "text": message.body}
    assert (letter.subject, letter.body, letter.to) == (message.title, message.body, [reachable.email])
    assert letter.extra_headers["Message-ID"] == f"<message-{message.pk}-email@localhost>"
    assert outbox.states() == {State.SENT: 2}
    assert {row.sent_at for row in Delivery.objects.all()} == {NOON}


@pytest.mark.parametrize(
    ("kind", "fields", "channels"),
    [
        ("booked", {"phone": "13900000001"}, ["sms"]),
        ("booked", {"phone": "13900000001", "email": "li@example.com"}, ["email", "sms"]),
        ("waiting", {"phone": "13900000001", "email": "li@example.com"}, ["email"]),
        ("waiting", {"phone": "13900000001"}, []),
        ("booked", {"phone": "13900000001", "email": "li@example.com", "is_active": False}, []),
    ],
)
def test_channels_are_those_of_the_kind_and_of_the_person(make_user, kind, fields, channels):
    outbox.tell(make_user(**fields), NOON, kind)
    assert services.route_messages(at=NOON) == 1
    assert sorted(Delivery.objects.values_list("channel", flat=True)) == channels
    assert services.route_messages(at=NOON) == 0


def test_message_of_a_kind_that_is_gone_is_routed_nowhere(job_seeker):
    Message.objects.create(person=job_seeker, key="old", kind="gone", title="旧", body="旧", created_at=NOON)
    assert services.route_messages(at=NOON) == 1
    assert Delivery.objects.count() == 0


def test_text_message_waits_for_the_morning_and_e_mail_does_not(reachable):
    outbox.tell(reachable, NIGHT)
    assert outbox.send(NIGHT) == 1
    assert (len(MemoryBackend.outbox), len(mail.outbox)) == (0, 1)
    assert Delivery.objects.get(channel="sms").due_at == MORNING
    assert outbox.send(MORNING - timedelta(seconds=1)) == 0
    assert outbox.send(MORNING) == 1


def test_text_message_that_would_be_too_late_in_the_morning_is_dropped(job_seeker):
    outbox.tell(job_seeker, NIGHT, expires_at=MORNING)
    assert outbox.send(NIGHT) == outbox.send(MORNING) == 0
    assert (only().state, only().last_error) == (State.DROPPED, "静默时段结束前已过期")


def test_text_message_that_is_still_of_use_in_the_morning_is_sent(job_seeker):
    outbox.tell(job_seeker, NIGHT, expires_at=MORNING + timedelta(seconds=1))
    outbox.send(NIGHT)
    assert outbox.send(MORNING) == 1


def test_message_found_after_its_time_is_dropped(job_seeker):
    outbox.tell(job_seeker, NOON, expires_at=NOON + timedelta(hours=1))
    assert outbox.send(NOON + timedelta(hours=1)) == 0
    assert (only().state, only().last_error) == (State.DROPPED, "消息已过期")


def test_what_comes_due_while_no_worker_runs_does_not_go_out_at_night(job_seeker):
    outbox.tell(job_seeker, NOON)
    services.route_messages(at=NOON)
    assert outbox.send(NIGHT) == 0
    assert (only().state, only().due_at, only().attempts) == (State.WAITING, MORNING, 0)


def test_what_expires_while_it_waits_is_dropped(job_seeker):
    outbox.tell(job_seeker, NOON, expires_at=NOON + timedelta(hours=1))
    services.route_messages(at=NOON)
    assert outbox.send(NOON + timedelta(hours=2)) == 0
    assert only().state == State.DROPPED


@pytest.mark.parametrize(("carrier", "reason"), [(REFUSING, "余额不足"), (BROKEN, "LookupError: unexpected")])
def test_failed_delivery_is_tried_eight_times_at_growing_distances(job_seeker, settings, carrier, reason):
    settings.SMS_BACKEND = carrier
    outbox.tell(job_seeker, NOON)
    now, waits = NOON, []
    for _ in range(7):
        outbox.send(now)
        waits.append(int((only().due_at - now).total_seconds()) // 60)
        assert only().state == State.WAITING
        now = only().due_at
    assert waits == [1, 2, 4, 8, 16, 32, 64]
    outbox.send(now)
    assert (only().state, only().attempts) == (State.FAILED, 8)
    assert only().last_error.startswith(reason)
    assert outbox.send(now + timedelta(hours=3)) == 0


def test_one_failure_does_not_hold_the_others_up(make_user, settings):
    settings.SMS_BACKEND = BROKEN
    for number in range(3):
        outbox.tell(make_user(email=f"li{number}@example.com"), NOON)
    assert outbox.send(NOON) == 3
    assert len(mail.outbox) == 3


def test_delivery_tried_again_keeps_its_ref_and_is_sent(job_seeker, settings):
    settings.SMS_BACKEND = REFUSING
    outbox.tell(job_seeker, NOON)
    outbox.send(NOON)
    ref = only().ref
    settings.SMS_BACKEND = "mentor_portal.accounts.sms.MemoryBackend"
    assert outbox.send(NOON + timedelta(minutes=1)) == 1
    assert (only().ref, only().attempts, only().last_error) == (ref, 2, "")
    assert [text.ref for text in MemoryBackend.outbox] == [ref]


def test_claim_of_a_lost_worker_runs_out_and_the_next_takes_it_up(job_seeker, settings):
    outbox.tell(job_seeker, NOON)
    services.route_messages(at=NOON)
    runs_out = NOON + timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
    Delivery.objects.update(state=State.SENDING, attempts=1, claimed_until=runs_out)
    assert outbox.send(runs_out - timedelta(seconds=1)) == 0
    assert outbox.send(runs_out) == 1
    assert (only().state, only().attempts) == (State.SENT, 2)


def test_claim_lost_on_the_last_try_ends_as_failed(job_seeker):
    outbox.tell(job_seeker, NOON)
    services.route_messages(at=NOON)
    Delivery.objects.update(state=State.SENDING, attempts=8, claimed_until=NOON)
    assert outbox.send(NOON) == 0
    assert (only().state, only().last_error) == (State.FAILED, "多次发送均未完成")


def test_person_without_a_number_any_more_gets_nothing(reachable):
    outbox.tell(reachable, NOON)
    services.route_messages(at=NOON)
    User.objects.filter(pk=reachable.pk).update(phone=None)
    assert outbox.send(NOON) == 1
    assert Delivery.objects.get(channel="sms").state == State.DROPPED


def test_run_ends_at_its_time_and_the_next_goes_on(make_user):
    for _ in range(5):
        outbox.tell(make_user(), NOON)
    services.route_messages(at=NOON)
    seconds = iter(range(100))

    def clock():
        return NOON + timedelta(seconds=next(seconds))

    first = services.send_due(clock=clock, until=NOON + timedelta(seconds=8))
    assert 0 < first < 5
    assert first + outbox.send(NOON + timedelta(minutes=2)) == 5


def test_idle_run_is_three_statements_and_writes_nothing(db):
    with CaptureQueriesContext(connection) as queries:
        outbox.send(NOON)
    assert [query["sql"].split()[0] for query in queries] == ["SELECT"] * 3


def test_failed_delivery_is_sent_again_by_staff_and_no_other(job_seeker, staff):
    outbox.tell(job_seeker, NOON)
    services.route_messages(at=NOON)
    with pytest.raises(NotFailed):
        services.resend(delivery=only(), by=staff, at=NOON)
    Delivery.objects.update(state=State.FAILED, attempts=8)
    services.resend(delivery=only(), by=staff, at=NOON)
    assert (only().state, only().attempts, only().due_at) == (State.WAITING, 0, NOON)
    assert outbox.send(NOON) == 1


def test_moved_class_of_sixty_and_twenty_waiting_tells_each_once(staff, no_quiet_hours):
    messages = outbox.move_a_full_class(staff)
    assert len(messages) == 80
    assert outbox.send(timezone.now()) == 80
    assert Counter(text.phone for text in MemoryBackend.outbox) == Counter(
        message.person.phone for message in messages
    )


@pytest.mark.parametrize(
    ("event", "expires"),
    [("booked", "ends_at"), ("waiting", "ends_at"), ("offered", "offer_expires_at")],
)
def test_message_about_a_reservation_expires_with_what_it_is_about(event, expires):
    session = offerings.make_session(capacity=1)
    first, second = offerings.hold(session, offerings.make_people(2))
    cancel(reservation=first, by=first.person, at=timezone.now())
    second.refresh_from_db()
    until = {"ends_at": session.offering.ends_at, "offer_expires_at": second.offer_expires_at}
    assert Message.objects.get(kind=event).expires_at == until[expires]
