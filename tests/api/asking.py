"""Asks the API as programs do."""

from django.test import Client

from mentor_portal.accounts.models import User

API = "/api/v1/"


def get(path: str, client: Client | None = None, **parameters: object):
    return (client or Client()).get(f"{API}{path}", parameters)


def post(path: str, person: User | None, **body: object):
    client = Client()
    if person:
        client.force_login(person)
    return client.post(f"{API}{path}", body, content_type="application/json")


def ids(response) -> list[int]:
    """Return the ids of a page of a list."""
    return [row["id"] for row in response.json()["results"]]
