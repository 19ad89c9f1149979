"""Staff open an extra class for a waiting list, and copy texts for the WeChat groups."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from classrooms import errors, services
from classrooms.models import ClassSession
from classrooms.selectors.extra import suggest_extra
from mentor_portal.reservations import services as places
from mentor_portal.reservations.models import Offering, Reservation
from tests import moments, offerings, topics

pytestmark = pytest.mark.django_db
State = Reservation.State


@pytest.fixture
def full():
    session = offerings.make_session(starts_at=moments.in_days(5, "14:30"), capacity=2)
    offerings.hold(session, offerings.make_people(42))
    return ClassSession.objects.select_related("offering__venue__host_unit").get(pk=session.pk)


@pytest.fixture
def client(staff):
    client = Client()
    client.force_login(staff)
    return client


def page_of(session, name="extra"):
    return f"/admin/classrooms/classsession/{session.pk}/{name}/"


def typed(placement, **fields):
    """What the browser sends for a placement."""
    start, end = (timezone.localtime(each) for each in (placement.starts_at, placement.ends_at))
    values = {
        "starts_at_0": f"{start:%Y-%m-%d}",
        "starts_at_1": f"{start:%H:%M}",
        "ends_at_0": f"{end:%Y-%m-%d}",
        "ends_at_1": f"{end:%H:%M}",
        "venue": placement.venue.pk,
        "capacity": placement.capacity,
    }
    return values | fields


def test_list_of_classes_marks_where_many_wait_and_leads_to_another_class(client, full):
    few = offerings.make_session(starts_at=moments.in_days(6), capacity=10)
    offerings.hold(few, offerings.make_people(11))
    classes = reverse("admin:classrooms_classsession_changelist")
    page = client.get(classes).content.decode()
    assert f'href="{page_of(full)}"' in page
    assert f'href="{page_of(few)}"' not in page
    for asked, found in {"many": {full.pk}, "some": {full.pk, few.pk}}.items():
        rows = client.get(classes, {"waiting": asked}).context["cl"].result_list
        assert {row.pk for row in rows} == found


def test_suggestion_is_the_next_day_at_the_same_time_where_all_are_free(full):
    suggestion = suggest_extra(full, timezone.now())
    assert suggestion.starts_at == moments.in_days(6, "14:30")
    assert suggestion.capacity == full.offering.venue.seats


def test_suggestion_passes_over_days_on_which_venue_or_mentor_is_taken(full):
    at = full.offering.starts_at - timedelta(hours=1)
    day = timedelta(days=1)
    offerings.make_session(starts_at=full.offering.starts_at + day, venue=full.offering.venue)
    offerings.make_session(starts_at=full.offering.starts_at + 2 * day, mentors=list(full.mentors.all()))
    assert suggest_extra(full, at).starts_at == full.offering.starts_at + 3 * day


def test_one_button_opens_the_class_and_offers_places_in_order(client, full):
    in_order = list(full.offering.reservations.waiting_in_order().values_list("person_id", flat=True))
    page = client.get(page_of(full))
    assert page.status_code == 200
    assert "40" in page.content.decode()
    answer = client.post(page_of(full), typed(suggest_extra(full, timezone.now())), follow=True)
    assert "已按候补先后通知 40 人" in answer.content.decode()
    extra = ClassSession.objects.get(extra_of=full)
    assert extra.offering.state == Offering.State.PUBLISHED
    rows = extra.offering.reservations.order_by("queued_at", "pk")
    assert list(rows.values_list("person_id", flat=True)) == in_order
    first = rows.select_related("person").first()
    places.accept(reservation=first, by=first.person, at=timezone.now())
    assert Reservation.objects.get(offering=full.pk, person=first.person).state == State.CANCELLED
    assert offerings.broken_invariants() == []


def test_staff_hear_how_many_of_those_who_wait_were_passed_over(client, full):
    busy = full.offering.reservations.waiting_in_order().select_related("person").first().person
    placement = suggest_extra(full, timezone.now())
    offerings.hold(offerings.make_session(starts_at=placement.starts_at), [busy])
    answer = client.post(page_of(full), typed(placement), follow=True).content.decode()
    assert "已按候补先后通知 39 人。另有 1 人当时另有安排或已暂停预约，仍在原来的候补中。" in answer


def test_clash_is_told_under_its_field_and_keeps_what_was_typed(client, full):
    other = offerings.make_session(
        starts_at=moments.in_days(8, "14:30"), venue=full.offering.venue, title="政策宣讲会"
    )
    placement = topics.placement(venue=full.offering.venue, capacity=23)
    sent = typed(
        placement, starts_at_0=f"{moments.in_days(8):%Y-%m-%d}", ends_at_0=f"{moments.in_days(8):%Y-%m-%d}"
    )
    answer = client.post(page_of(full), sent)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert other.title in text
    assert 'value="23"' in text
    assert not ClassSession.objects.filter(extra_of=full).exists()


def test_class_without_a_queue_needs_no_extra_one(staff):
    session = offerings.make_session()
    with pytest.raises(errors.NobodyWaits):
        services.open_extra_class(session=session, placement=topics.placement(), by=staff, at=timezone.now())


def test_text_for_the_group_says_everything_and_where_to_book(client, full):
    text = client.get(page_of(full, "group_text")).context["text"]
    for part in (
        full.title,
        "14:30–16:00",
        "周建国",
        "已满 · 候补 40 人",
        f"http://testserver/classes/{full.pk}/",
    ):
        assert part in text


def test_one_text_for_several_classes_is_by_time(client, full):
    early = offerings.make_session(starts_at=moments.in_days(4, "09:00"))
    answer = client.post(
        reverse("admin:classrooms_classsession_changelist"),
        {"action": "group_texts", "_selected_action": [full.pk, early.pk]},
    )
    text = answer.context["text"]
    assert text.index(early.title) < text.index(full.title)


@pytest.mark.parametrize("name", ["extra", "group_text", "open_desk"])
def test_other_units_session_is_not_there(unit_staff, full, name):
    client = Client()
    client.force_login(unit_staff)
    assert client.get(page_of(full, name)).status_code == 404
