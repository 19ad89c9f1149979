"""Whatever stands in an address or a form, the portal answers; it never breaks."""

import itertools

import pytest
from django.test import Client

from tests import scene as scenes

pytestmark = pytest.mark.django_db

HOSTILE = (
    "",
    "a\x00b",
    "字" * 10_000,
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "%_\\",
    "-1",
    "1e9",
    "99999999999999999999999",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "../../etc/passwd",
    "//evil.example/",
    "😀\u202e",
    "machinery",
)
LISTS = {
    "/classes/": ("q", "page", "day", "span", "category", "chain", "type", "prefecture", "free"),
    "/consultations/clinics/": ("page",),
    "/classes/feed.atom": ("q", "category", "chain", "type", "prefecture", "free"),
    "/search/": ("q",),
    "/widget/classes/": ("count", "q", "category", "chain", "type", "prefecture", "free"),
    "/mentors/": ("q", "page", "category", "chain", "type"),
    "/me/reservations/": ("tab", "page"),
    "/me/messages/": ("page",),
}
PARAMETERS = ("q", "page", "day", "tab", "category", "chain", "type", "prefecture", "free", "next", "email")
PAGES = (
    "/",
    "/classes/",
    "/mentors/",
    "/privacy/",
    "/terms/",
    "/sitemap/",
    "/sign-in/",
    "/sign-in/code/",
    "/account/login/",
    "/account/signup/",
    "/me/",
    "/me/reservations/",
    "/me/messages/",
    "/me/profile/",
    "/me/phone/",
)
FORMS = {
    "/sign-in/": ("identifier", "consent", "next"),
    "/sign-in/code/": ("code", "resend"),
    "/account/login/": ("login", "password", "next"),
    "/me/profile/": ("name",),
    "/me/phone/": ("phone", "next"),
    "/elder/": ("next",),
}


@pytest.fixture(params=["signed out", "signed in"])
def visitor(request, make_user):
    client = Client(raise_request_exception=False)
    if request.param == "signed in":
        client.force_login(make_user())
    return client


def test_no_value_in_an_address_breaks_a_page(visitor):
    """The same value in every parameter, each of them twice."""
    broken = [
        (page, value[:30])
        for page, value in itertools.product(PAGES, HOSTILE)
        if visitor.get(page, {name: [value, value] for name in PARAMETERS}).status_code >= 500
    ]
    assert not broken


def test_no_value_of_a_parameter_breaks_a_list(client, make_user):
    client.force_login(make_user())
    for page, names in LISTS.items():
        for name, value in itertools.product(names, HOSTILE):
            assert client.get(page, {name: value}).status_code == 200, (page, name, value[:30])


def test_no_value_of_a_field_breaks_a_form(visitor):
    broken = [
        (page, name, value[:30])
        for page, names in FORMS.items()
        for name, value in itertools.product(names, HOSTILE)
        if visitor.post(page, {**dict.fromkeys(names, "1"), name: value}).status_code >= 500
    ]
    assert not broken


def test_no_value_breaks_the_forms_about_a_booking():
    scene = scenes.build()
    client = Client(raise_request_exception=False)
    client.force_login(scene.owner)
    excuse = f"/me/reservations/{scene.reservations['late'].pk}/excuse/"
    book = f"/classes/{scene.sessions['mine'].pk}/book/"
    for value in HOSTILE:
        assert client.post(excuse, {"reason": value}).status_code in (302, 422), value[:30]
        assert client.post(book, {"name": value}).status_code == 302, value[:30]


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "-1", "1.5", "%00", "１"])
@pytest.mark.parametrize(
    "path",
    [
        "/classes/{}/",
        "/classes/{}/book/",
        "/classes/{}/seats/",
        "/mentors/{}/",
        "/mentors/{}/photo/",
        "/me/reservations/{}/cancel/",
        "/me/messages/{}/read/",
    ],
)
def test_number_that_is_no_row_is_not_there(visitor, path, number):
    assert visitor.get(path.format(number)).status_code in (302, 404, 405)


def test_name_of_a_person_keeps_hostile_text_out(client, make_user):
    person = make_user("李明")
    client.force_login(person)
    for name in ("<script>", "a\x00b", "x" * 31, "1", "=1+1"):
        assert client.post("/me/profile/", {"name": name}).status_code == 422
    person.refresh_from_db()
    assert person.name == "李明"


def test_search_shows_what_was_typed_as_text(client):
    response = client.get("/classes/", {"q": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in response.content.decode()


def test_unknown_host_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
