"""What the API refuses: with 400 and a sentence that says what to do."""

import pytest
from django.test import Client

from tests import offerings
from tests.api.asking import API, get, post

pytestmark = pytest.mark.django_db

BAD = [
    ("ordering", "places_taken", "不能这样排序"),
    ("ordering", "starts_at,id", "不能这样排序"),
    ("ordering", "a\0b", "不能这样排序"),
    ("nothing", "1", "没有这个参数"),
    ("category", "no-such-category", "category："),
    ("category", "a\0b", "category："),
    ("category", "", "没有值"),
    ("q", "a\0b", "q："),
    ("since", "2026-02-30", "since："),
    ("free", "2", "free："),
    ("page", "0", "1 到"),
    ("page", "１", "1 到"),
    ("page", "1_0", "1 到"),
    ("page_size", "101", "1 到 100"),
]


@pytest.mark.parametrize(("name", "value", "sentence"), BAD)
def test_bad_parameter_is_refused_in_words(name, value, sentence):
    response = get("sessions/", **{name: value})
    told = response.json()
    assert response.status_code == 400 and told["code"] == "invalid"
    assert name in told["fields"] and sentence in told["detail"]


def test_parameter_twice_is_refused():
    assert Client().get(f"{API}sessions/?page=1&page=1").status_code == 400


@pytest.mark.parametrize("path", ["mentors/%00/", "sessions/1%00/", "slots/%00/book/"])
def test_nul_in_the_path_is_refused(path):
    assert Client().get(f"{API}{path}").status_code in (400, 401)
    assert Client().get(f"{API}mentors/%00/").json()["detail"].startswith("地址中不能有空字符")


@pytest.mark.parametrize("pk", ["x", "-1", "1.5", str(2**63), str(10**40), "0"])
@pytest.mark.parametrize("name", ["mentors", "sessions", "slots", "notices", "research/reports"])
def test_what_is_no_id_is_not_there(name, pk):
    response = get(f"{name}/{pk}/")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'{"name":' * 100_000 + b"1" + b"}" * 100_000,
        b'{"question": "a\\u0000b"}',
        b'{"question": "\\ud800"}',
        b'{"question": 5}',
        b'{"question": " "}',
        b'{"question": ""}',
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"question": "' + b"a" * 2_000_000 + b'"}',
        b'{"question": NaN}',
        b"1" * 10_000,
    ],
)
def test_body_that_cannot_be_understood_is_refused(body, job_seeker, duty_slot):
    client = Client()
    client.force_login(job_seeker)
    response = client.post(f"{API}slots/{duty_slot}/book/", body, content_type="application/json")
    assert response.status_code == 400, response.content
    assert response.json()["detail"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded"])
def test_what_is_no_json_is_refused(content_type, job_seeker):
    client = Client()
    client.force_login(job_seeker)
    path = f"{API}sessions/{offerings.make_session().pk}/book/"
    assert client.post(path, "name=x", content_type=content_type).status_code == 415


def test_nobody_books_without_signing_in_or_without_the_token(job_seeker):
    session = offerings.make_session()
    assert post(f"sessions/{session.pk}/book/", None).status_code == 401
    client = Client(enforce_csrf_checks=True)
    client.force_login(job_seeker)
    path = f"{API}sessions/{session.pk}/book/"
    refused = client.post(path, "{}", content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")
    client.cookies["csrftoken"] = token = "t" * 32
    headers = {"X-CSRFToken": token}
    assert client.post(path, "{}", content_type="application/json", headers=headers).status_code == 201
