"""``check_invariants`` names what is broken: each invariant is broken once on purpose."""

from contextlib import suppress
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from mentor_portal.reservations.models import Hosting, Offering, Reservation
from mentor_portal.reservations.services import add_walk_in
from tests import offerings

pytestmark = pytest.mark.django_db
State = Reservation.State


def run() -> str:
    out = StringIO()
    with suppress(CommandError):
        call_command("check_invariants", stdout=out)
    return out.getvalue()


def test_a_sound_database_has_none():
    offerings.hold(offerings.make_session(capacity=1), offerings.make_people(3))
    assert run() == "No broken invariant.\n"


def test_a_broken_one_makes_the_command_fail():
    session = offerings.make_session()
    Offering.objects.filter(pk=session.pk).update(places_taken=3)
    with pytest.raises(CommandError, match="1 broken"):
        call_command("check_invariants", stdout=StringIO())


def test_wrong_counts_are_named():
    session = offerings.make_session()
    Offering.objects.filter(pk=session.pk).update(places_taken=3)
    assert f"offering {session.pk}: 3 taken and 0 waiting are noted, 0 and 0 counted" in run()


def test_people_who_wait_beside_free_places_are_named():
    session = offerings.make_session(capacity=1)
    offerings.hold(session, offerings.make_people(2))
    Offering.objects.filter(pk=session.pk).update(capacity=2)
    assert f"offering {session.pk}: 1 wait beside 1 free places" in run()


def test_live_reservations_in_a_draft_are_named():
    session = offerings.make_session()
    [row] = offerings.hold(session, offerings.make_people(1))
    Offering.objects.filter(pk=session.pk).update(state=Offering.State.DRAFT)
    assert f"reservation {row.pk}: confirmed in offering {session.pk}, which is not open" in run()


def test_a_venue_in_two_places_is_named():
    first, second = offerings.make_session(), offerings.make_session()
    Offering.objects.filter(pk=second.pk).update(
        venue=first.offering.venue,
        starts_at=first.offering.starts_at,
        ends_at=first.offering.ends_at,
    )
    assert f"offering {first.pk}: its venue" in run()


def test_a_host_in_two_places_is_named():
    starts_at = timezone.now() + timedelta(days=3)
    first = offerings.make_session(starts_at=starts_at)
    second = offerings.make_session(starts_at=starts_at)
    host = first.mentors.get().user
    Hosting.objects.create(offering=second.offering, person=host)
    assert f"offering {first.pk}: host {host.pk} is elsewhere" in run()


def test_a_person_in_two_places_is_named():
    starts_at = timezone.now() + timedelta(days=3)
    first = offerings.make_session(starts_at=starts_at)
    second = offerings.make_session(starts_at=starts_at + timedelta(days=1))
    [person] = offerings.make_people(1)
    [row] = offerings.hold(first, [person])
    offerings.hold(second, [person])
    Offering.objects.filter(pk=second.pk).update(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), booking_closes_at=starts_at
    )
    assert f"reservation {row.pk}: person {person.pk} holds another" in run()


def test_a_place_given_out_of_turn_is_named():
    session = offerings.make_session(capacity=1)
    rows = offerings.hold(session, offerings.make_people(3))
    Reservation.objects.filter(pk=rows[2].pk).update(
        state=State.CONFIRMED, offered_at=timezone.now(), queued_at=timezone.now() + timedelta(1)
    )
    assert f"reservation {rows[2].pk}: was offered a place before" in run()


def test_a_mentor_who_does_not_host_is_named():
    session = offerings.make_session()
    session.mentors.add(offerings.make_mentor())
    assert f"class session {session.pk}: mentor" in run()


def test_live_reservations_in_what_is_finished_are_named():
    starts_at = timezone.now() - timedelta(hours=3)
    session = offerings.make_session(starts_at=starts_at)
    rows = offerings.hold(session, offerings.make_people(2), starts_at - timedelta(days=1))
    Offering.objects.filter(pk=session.pk).update(state=Offering.State.FINISHED)
    Reservation.objects.filter(pk=rows[1].pk).update(excuse=Reservation.Excuse.ASKED)
    assert f"reservation {rows[0].pk}: confirmed in offering {session.pk}, which is not open" in run()
    assert f"reservation {rows[1].pk}" not in run()


def test_walk_ins_take_no_place(staff):
    session = offerings.make_session(starts_at=timezone.now() + timedelta(minutes=5), capacity=1)
    offerings.hold(session, offerings.make_people(1))
    walk_in = {"name": "赵大海", "phone": "13912345678", "by": staff, "at": timezone.now()}
    add_walk_in(offering=session.offering, **walk_in)
    assert run() == "No broken invariant.\n"
    Reservation.objects.filter(is_walk_in=True).update(is_walk_in=False)
    assert f"offering {session.pk}: 1 taken and 0 waiting are noted, 2 and 0 counted" in run()


def test_what_moved_without_a_revision_is_named():
    session = offerings.make_session()
    Offering.objects.filter(pk=session.pk).update(moved_at=timezone.now())
    assert f"offering {session.pk}: moved or called off, but still in its first revision" in run()
