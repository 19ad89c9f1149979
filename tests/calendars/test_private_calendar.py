"""我的预约 as a calendar at an address that its person makes, changes and stops."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.services import cancel_session
from mentor_portal.reservations.models import CalendarAddress
from mentor_portal.reservations.services import cancel, make_calendar_address, stop_calendar_address
from tests import duties, moments, offerings
from tests.calendars.reading import events, instants, titles

pytestmark = pytest.mark.django_db
PAGE = "/me/calendar/"


@pytest.fixture
def signed_in(job_seeker) -> Client:
    client = Client()
    client.force_login(job_seeker)
    return client


def address_of(client: Client) -> str:
    """Return the path that the page shows."""
    return urlsplit(client.get(PAGE).context["url"]).path


def made(client: Client) -> str:
    client.post(PAGE, {"act": "make"})
    return address_of(client)


def test_address_shows_the_persons_reservations_to_whoever_knows_it(signed_in, job_seeker, stranger):
    session = offerings.make_session(title="我的课", starts_at=moments.in_days(3))
    other = offerings.make_session(title="别人的课")
    offerings.hold(session, [job_seeker])
    offerings.hold(other, [stranger])
    [event] = events(made(signed_in))
    assert event["SUMMARY"] == "我的课" and event["STATUS"] == "CONFIRMED"
    assert instants(event) == (session.offering.starts_at, session.offering.ends_at)
    [public] = [each for each in events("/classes/calendar.ics") if each["SUMMARY"] == "我的课"]
    assert public["UID"] == event["UID"]


def test_one_to_ones_are_in_it_too(signed_in, job_seeker, mentor_user):
    slot = duties.slots_of(duties.make_shift(mentor_user.mentor))[0]
    duties.book(slot, job_seeker)
    [event] = events(made(signed_in))
    assert event["UID"].startswith("consultation-")
    assert instants(event)[0] == slot.offering.starts_at


def test_what_is_waited_for_is_tentative_and_what_is_given_up_is_cancelled(signed_in, job_seeker, staff):
    address = made(signed_in)
    session = offerings.make_session(title="热门的课", capacity=1)
    [first, mine] = offerings.hold(session, [*offerings.make_people(1), job_seeker])
    [waiting] = events(address)
    assert (waiting["STATUS"], waiting["SUMMARY"]) == ("TENTATIVE", "候补第 1 位：热门的课")
    cancel(reservation=mine, by=job_seeker, at=timezone.now())
    [given_up] = events(address)
    assert (given_up["STATUS"], given_up["SUMMARY"]) == ("CANCELLED", "已取消：热门的课")
    cancel(reservation=first, by=first.person, at=timezone.now())
    offerings.hold(session, [job_seeker])
    [held] = events(address)
    assert (held["STATUS"], held["SUMMARY"]) == ("CONFIRMED", "热门的课")
    cancel_session(session=session, by=staff, at=timezone.now(), reason="导师出差")
    [off] = events(address)
    assert off["STATUS"] == "CANCELLED"
    assert len({each["UID"] for each in (waiting, given_up, held, off)}) == 1
    sequences = [each["SEQUENCE"] for each in (waiting, given_up, held, off)]
    assert sequences == sorted(set(sequences))


def test_another_address_ends_the_first_and_stopping_ends_all(signed_in):
    first = made(signed_in)
    second = made(signed_in)
    assert first != second
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    signed_in.post(PAGE, {"act": "stop"})
    assert Client().get(second).status_code == 404
    assert signed_in.get(PAGE).context["address"] is None


def test_address_of_a_closed_account_leads_nowhere(signed_in, job_seeker):
    address = made(signed_in)
    job_seeker.is_active = False
    job_seeker.save()
    assert Client().get(address).status_code == 404


def test_no_address_is_made_up(signed_in, job_seeker):
    good = made(signed_in).removeprefix("/calendar/").removesuffix(".ics")
    key = CalendarAddress.objects.get(person=job_seeker).key
    assert good.startswith(key) and len(good) == 64
    other = "0" if good[-1] != "0" else "1"
    for spoilt in (good[:-1] + other, key, f"{key}{key}", good.upper(), good * 2, "字" * 64, "x"):
        assert Client().get(f"/calendar/{spoilt}.ics").status_code == 404


def test_address_is_kept_out_of_caches_searches_and_referrers(signed_in):
    response = Client().get(made(signed_in))
    assert "private" in response["Cache-Control"]
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex")
    assert (
        Client().get(response.request["PATH_INFO"], headers={"If-None-Match": response["ETag"]}).status_code
        == 304
    )


def test_making_twice_and_stopping_twice_is_once(job_seeker):
    make_calendar_address(person=job_seeker, by=job_seeker, at=timezone.now())
    make_calendar_address(person=job_seeker, by=job_seeker, at=timezone.now())
    assert CalendarAddress.objects.filter(person=job_seeker).count() == 1
    stop_calendar_address(person=job_seeker, by=job_seeker)
    stop_calendar_address(person=job_seeker, by=job_seeker)
    assert not CalendarAddress.objects.exists()


def test_one_reservation_is_a_file_for_its_person_alone(signed_in, job_seeker, stranger):
    [mine] = offerings.hold(offerings.make_session(title="我的课"), [job_seeker])
    [theirs] = offerings.hold(offerings.make_session(), [stranger])
    assert titles(f"/me/reservations/{mine.pk}/calendar.ics", signed_in) == ["我的课"]
    assert signed_in.get(f"/me/reservations/{theirs.pk}/calendar.ics").status_code == 404
    assert "calendar.ics" in signed_in.get("/me/reservations/").content.decode()


def test_what_is_long_over_leaves_the_calendar(signed_in, job_seeker):
    long_ago = timezone.now() - timedelta(days=40)
    session = offerings.make_session(title="很久以前", starts_at=long_ago)
    offerings.hold(session, [job_seeker], long_ago - timedelta(days=1))
    assert titles(made(signed_in)) == []
