"""How often one may ask, and who is counted."""

import pytest
from django.test import Client

from tests.api.asking import API

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_a_minute(settings) -> None:
    settings.API_RATE = "3/min"


def ask(client: Client | None = None, address: str = "192.0.2.1", forwarded: str = ""):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return (client or Client()).get(f"{API}chains/", REMOTE_ADDR=address, headers=headers)


def statuses(many: int, **how: object) -> list[int]:
    return [ask(**how).status_code for _ in range(many)]


def test_too_many_requests_are_told_when_to_come_again():
    assert statuses(4) == [200, 200, 200, 429]
    refused = ask()
    assert 0 < int(refused["Retry-After"]) <= 60
    assert "no-store" in refused["Cache-Control"]
    assert refused.json()["code"] == "throttled" and "秒" in refused.json()["detail"]
    assert ask(address="192.0.2.2").status_code == 200


def test_forwarded_addresses_count_for_nothing_without_a_proxy_of_ours():
    answers = [ask(forwarded=f"198.51.100.{number}").status_code for number in range(4)]
    assert answers == [200, 200, 200, 429]


def test_behind_a_proxy_the_address_that_it_saw_counts_and_none_that_was_made_up(settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    answers = [ask(forwarded=f"203.0.113.{number}, 198.51.100.7").status_code for number in range(4)]
    assert answers == [200, 200, 200, 429]
    assert ask(forwarded="203.0.113.1, 198.51.100.8").status_code == 200


def test_signed_in_people_are_counted_one_by_one(job_seeker, stranger):
    clients = []
    for person in (job_seeker, stranger):
        client = Client()
        client.force_login(person)
        clients.append(client)
    path = f"{API}reservations/"
    assert [clients[0].get(path).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert clients[1].get(path).status_code == 200
