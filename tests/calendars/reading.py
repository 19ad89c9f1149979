"""Reads a calendar as a calendar program does."""

from datetime import datetime

from django.test import Client
from icalendar import Calendar, Event


def calendar(path: str, client: Client | None = None, **filters: str) -> Calendar:
    response = (client or Client()).get(path, filters)
    assert response.status_code == 200, (path, response.status_code)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(response.content)
    assert not found.errors and not any(event.errors for event in found.events)
    return found


def events(path: str, client: Client | None = None, **filters: str) -> list[Event]:
    return calendar(path, client, **filters).events


def titles(path: str, client: Client | None = None, **filters: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in events(path, client, **filters)]


def instants(event: Event) -> tuple[datetime, datetime]:
    return event["DTSTART"].dt, event["DTEND"].dt
