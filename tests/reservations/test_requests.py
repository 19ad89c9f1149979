"""One-to-ones: slots in a row, places that need the staff's yes, and how many a person may hold."""

from datetime import timedelta

import pytest
from constance import config
from django.utils import timezone

from mentor_portal.notifications.models import Message
from mentor_portal.reservations import errors, invariants, services
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Reservation
from tests import offerings

pytestmark = pytest.mark.django_db
State = Reservation.State
HALF_HOUR = timedelta(minutes=30)


def plan(starts_at, venue, host) -> services.OfferingPlan:
    return services.OfferingPlan(
        title="一对一咨询 · 周建国",
        starts_at=starts_at,
        ends_at=starts_at + HALF_HOUR,
        host_unit=venue.host_unit,
        venue=venue,
        hosts=[host],
        capacity=1,
        booking_opens_at=starts_at - timedelta(days=14),
        booking_closes_at=starts_at,
    )


def open_slots(count: int, staff, *, venue=None, host=None, after=timedelta(days=3), needs_approval=False):
    """Open slots that follow each other, by default of a mentor and in a room of their own."""
    venue, host = venue or offerings.make_venue(), host or offerings.make_mentor().user
    at = timezone.now()
    first = at.replace(second=0, microsecond=0) + after
    plans = [plan(first + HALF_HOUR * each, venue, host) for each in range(count)]
    return services.open_row(
        kind=OfferingKind.CONSULTATION, plans=plans, by=staff, at=at, needs_approval=needs_approval
    )


def reserve(offering: Offering, person) -> Reservation:
    return services.reserve(offering=offering, person=person, by=person, at=timezone.now()).reservation


@pytest.fixture
def asked(staff) -> Offering:
    """A slot whose bookings need the staff's yes."""
    [slot] = open_slots(1, staff, needs_approval=True)
    return slot


@pytest.fixture
def people():
    return offerings.make_people(3)


def told(person) -> list[str]:
    return list(Message.objects.of(person).order_by("pk").values_list("kind", flat=True))


def test_row_of_slots_is_published_with_its_host(staff):
    row = open_slots(4, staff)
    found = Offering.objects.filter(pk__in=[slot.pk for slot in row]).published()
    assert found.count() == 4
    assert all(slot.hostings.count() == 1 for slot in found)
    assert list(invariants.broken(timezone.now())) == []


def test_row_in_a_taken_room_or_with_a_busy_host_makes_nothing(staff):
    [first] = open_slots(1, staff)
    before = Offering.objects.count()
    with pytest.raises(errors.VenueClash, match="一对一咨询 · 周建国"):
        open_slots(3, staff, venue=first.venue, after=timedelta(days=3) - HALF_HOUR * 2)
    with pytest.raises(errors.HostClash, match="一对一咨询 · 周建国"):
        open_slots(3, staff, host=first.hosts.get(), after=timedelta(days=3) - HALF_HOUR * 2)
    assert Offering.objects.count() == before


def test_requested_place_is_held_until_staff_say_yes(asked, people, staff):
    first, second, _ = people
    request = reserve(asked, first)
    assert request.state == State.REQUESTED
    assert reserve(asked, second).state == State.WAITLISTED
    yes = services.approve_request(reservation=request, by=staff, at=timezone.now())
    again = services.approve_request(reservation=request, by=staff, at=timezone.now())
    assert yes.state == again.state == State.CONFIRMED
    assert told(first) == ["requested", "approved"]
    assert list(invariants.broken(timezone.now())) == []


def test_refused_request_says_why_and_offers_the_slot_to_the_next(asked, people, staff):
    first, second, _ = people
    request = reserve(asked, first)
    waiting = reserve(asked, second)
    at = timezone.now()
    with pytest.raises(errors.ReasonMissing):
        services.refuse_request(reservation=request, by=staff, at=at, note=" ")
    services.refuse_request(reservation=request, by=staff, at=at, note="请先完善简历")
    waiting.refresh_from_db()
    assert waiting.state == State.OFFERED
    assert "请先完善简历" in Message.objects.get(kind="refused", person=first).body
    with pytest.raises(errors.RequestSettled, match="预约未获同意"):
        services.approve_request(reservation=request, by=staff, at=at)
    accepted = services.accept(reservation=waiting, by=second, at=at)
    assert accepted.state == State.REQUESTED
    assert list(invariants.broken(timezone.now())) == []


def test_two_requests_for_one_slot_cannot_both_be_approved(asked, people, staff):
    first, second, _ = people
    request, waiting = reserve(asked, first), reserve(asked, second)
    services.approve_request(reservation=request, by=staff, at=timezone.now())
    with pytest.raises(errors.RequestSettled):
        services.approve_request(reservation=waiting, by=staff, at=timezone.now())
    assert offerings.states(asked)[0][1] == State.CONFIRMED


def test_request_given_up_by_the_person_frees_the_slot(asked, people):
    request = reserve(asked, people[0])
    services.cancel(reservation=request, by=people[0], at=timezone.now())
    asked.refresh_from_db()
    assert asked.places_taken == 0


def test_request_nobody_decided_ends_with_the_slot(asked, people):
    request = reserve(asked, people[0])
    services.finish_offering(offering_id=asked.pk, at=asked.ends_at)
    request.refresh_from_db()
    assert (request.state, request.cause) == (State.CANCELLED, Reservation.Cause.NOT_REACHED)
    assert list(invariants.broken(timezone.now())) == []


def test_at_most_two_open_one_to_ones(staff, people):
    row = open_slots(4, staff)
    held = [reserve(slot, people[0]) for slot in row[:2]]
    with pytest.raises(errors.TooManyOneToOnes, match="已有 2 个未完成的一对一咨询"):
        reserve(row[2], people[0])
    services.cancel(reservation=held[0], by=people[0], at=timezone.now())
    assert reserve(row[2], people[0]).state == State.CONFIRMED
    config.MOST_ONE_TO_ONES = 3
    assert reserve(row[3], people[0]).state == State.CONFIRMED


def test_classes_and_past_slots_do_not_count_among_open_one_to_ones(staff, people):
    row = open_slots(3, staff)
    for slot in row[:2]:
        reserve(slot, people[0])
    late = row[1].ends_at
    Offering.objects.filter(pk=row[2].pk).update(
        starts_at=late + HALF_HOUR, ends_at=late + HALF_HOUR * 2, booking_closes_at=late + HALF_HOUR
    )
    outcome = services.reserve(offering=row[2], person=people[0], by=people[0], at=late)
    assert outcome.reservation.state == State.CONFIRMED
