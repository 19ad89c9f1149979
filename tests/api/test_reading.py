"""What everyone reads by the API."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from mentors.models import Category, IndustrialChain
from tests import offerings
from tests import scene as scenes
from tests.api.asking import get, ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> scenes.Scene:
    return scenes.build()


def test_categories_and_chains_are_those_of_the_notice():
    categories = get("categories/").json()["results"]
    assert [each["name"] for each in categories] == [each.name for each in Category.objects.all()]
    assert sum(len(each["chains"]) for each in categories) == 20
    first = IndustrialChain.objects.first()
    told = get(f"chains/{first.pk}/").json()
    assert (told["slug"], told["category"]["slug"]) == (first.slug, first.category.slug)


def test_mentors_are_the_listed_ones_without_what_is_not_public(scene):
    mentor = scene.people["mentor"].mentor
    hidden = offerings.make_mentor("没有聘期的导师")
    assert mentor.pk in ids(get("mentors/")) and hidden.pk not in ids(get("mentors/"))
    assert get(f"mentors/{hidden.pk}/").status_code == 404
    told = get(f"mentors/{mentor.pk}/").json()
    assert told["name"] == "周建国"
    assert told["url"] == f"http://testserver/mentors/{mentor.pk}/"
    assert told["chains"][0]["slug"] == mentor.primary_chain.slug
    assert scene.people["mentor"].phone not in get("mentors/").content.decode()


def test_session_tells_its_moment_place_and_seats(scene):
    session = scene.sessions["few"]
    told = get(f"sessions/{session.pk}/").json()
    offering = session.offering
    assert datetime.fromisoformat(told["starts_at"]) == offering.starts_at
    assert told["starts_at"].endswith("+08:00")
    assert told["seats"] == {"capacity": 6, "left": 3, "waiting": 0, "word": "仅余 3 席", "action": "book"}
    assert told["prefecture"] == "4301" and told["place"] == str(offering.venue)
    assert [each["name"] for each in told["mentors"]] == [each.name for each in session.mentors.all()]


def test_sessions_begin_with_what_has_not_ended_and_know_the_past_by_its_days(scene):
    past, draft, off = (scene.sessions[name] for name in ("past", "draft", "cancelled"))
    coming = ids(get("sessions/", page_size=100))
    assert past.pk not in coming and draft.pk not in coming and off.pk in coming
    day = timezone.localtime(past.offering.starts_at).date()
    assert past.pk in ids(get("sessions/", since=day, until=day, page_size=100))
    assert past.pk not in ids(get("sessions/", since=day + timedelta(days=1), page_size=100))
    assert get(f"sessions/{past.pk}/").json()["id"] == past.pk
    assert get(f"sessions/{off.pk}/").json()["cancel_reason"] == "导师临时出差"


@pytest.mark.parametrize("bounds", [{"since": "0001-01-01"}, {"until": "9999-12-31"}])
def test_days_at_the_ends_of_the_calendar_are_days(bounds):
    session = offerings.make_session()
    assert ids(get("sessions/", **bounds)) == [session.pk]


def test_sessions_are_filtered_and_ordered(scene):
    free = scene.sessions["free"]
    chain = free.chains.first()
    assert ids(get("sessions/", chain=chain.slug)) == [free.pk]
    assert ids(get("sessions/", q=free.title)) == [free.pk]
    assert scene.sessions["full"].pk not in ids(get("sessions/", free="1", page_size=100))
    starts = [row["starts_at"] for row in get("sessions/", ordering="-starts_at").json()["results"]]
    assert starts == sorted(starts, reverse=True)


def test_slots_are_those_that_can_be_booked(scene):
    slots = get("slots/", page_size=100).json()["results"]
    assert slots and all(datetime.fromisoformat(each["starts_at"]) > timezone.now() for each in slots)
    mentor = scene.people["mentor"].mentor
    assert {each["mentor"]["id"] for each in get("slots/", mentor=mentor.pk).json()["results"]} == {mentor.pk}
    assert get("slots/", mentor=2**63 - 1).json()["count"] == 0


def test_research_and_notices_are_the_published_ones(scene):
    assert ids(get("research/reports/")) == [scene.reports["published"].pk]
    assert set(ids(get("research/themes/"))) == {scene.themes[name].pk for name in ("this month's", "later")}
    notice = scene.notices["published"]
    assert ids(get("notices/")) == [notice.pk]
    told = get(f"notices/{notice.pk}/").json()
    assert told["attachments"][0]["url"].startswith(f"http://testserver/notices/{notice.pk}/files/")


def test_pages_are_of_the_size_that_is_asked_for(scene):
    first = get("sessions/", page_size=2).json()
    second = Client().get(first["next"]).json()
    assert len(first["results"]) == len(second["results"]) == 2
    assert {row["id"] for row in first["results"]}.isdisjoint(row["id"] for row in second["results"])
    assert get("sessions/", page=999).status_code == 404


def test_any_site_may_show_what_everyone_reads_and_nothing_is_set(scene):
    response = get("sessions/")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "public" in response["Cache-Control"]
    assert not response.cookies
    again = Client().get("/api/v1/sessions/", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_staff_read_no_more_than_everyone(scene):
    client = Client()
    client.force_login(scene.people["root"])
    assert get(f"sessions/{scene.sessions['draft'].pk}/", client).status_code == 404
    assert get(f"notices/{scene.notices['draft'].pk}/", client).status_code == 404


def test_page_and_document_tell_of_every_operation():
    page = Client().get("/api/v1/").content.decode()
    document = Client().get("/api/v1/schema/").json()
    assert document["openapi"].startswith("3.")
    assert all(path in page for path in document["paths"])
    assert Client().get("/api/v1/nothing/").json()["code"] == "not_found"


def test_document_is_valid_and_leaves_nothing_to_guess(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yml"))
