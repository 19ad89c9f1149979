"""Offerings as iCalendar events (RFC 5545), for the calendars that people subscribe to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from icalendar import Calendar, Event, vDuration

from mentor_portal.feeds import KEPT_SECONDS, readable
from mentor_portal.reservations.kinds import detail_url
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.selectors import place_of

PRODUCT = "-//职业导师课堂//iCalendar//ZH"
# How long what is over, or was called off, stays in a calendar; and how many events one has at most.
KEPT_DAYS, MOST = timedelta(days=30), 500
ASK_AGAIN = timedelta(hours=1)
# The time zone is told for these years: no class was earlier.
FIRST_ON, LAST_ON = date(2019, 1, 1), date(2038, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An offering in a calendar; its venue and unit are loaded with it.

    ``word`` is what its reader must know of it, ``steps`` how often that has changed.
    """

    offering: Offering
    status: str = "CONFIRMED"
    word: str = ""
    description: str = ""
    steps: int = 0


def status_of(offering: Offering) -> str:
    return "CANCELLED" if offering.state == Offering.State.CANCELLED else "CONFIRMED"


def calendar_response(
    request: HttpRequest, *, name: str, entries: Iterable[Entry], filename: str
) -> HttpResponse:
    """Return the calendar; the same rows make the same bytes, so that readers need not fetch them twice."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", readable(name))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", vDuration(ASK_AGAIN), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(request, entry))
    calendar.add_missing_timezones(first_date=FIRST_ON, last_date=LAST_ON)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


def _event(request: HttpRequest, entry: Entry) -> Event:
    offering = entry.offering
    said_at = offering.revised_at or offering.published_at or offering.starts_at
    url = request.build_absolute_uri(detail_url(offering.kind, offering.pk))
    event = Event()
    event.add("uid", f"{offering.kind}-{offering.pk}@{settings.FEED_DOMAIN}")
    event.add("sequence", offering.revision + entry.steps)
    event.add("dtstamp", said_at)
    event.add("last-modified", said_at)
    event.add("dtstart", timezone.localtime(offering.starts_at))
    event.add("dtend", timezone.localtime(offering.ends_at))
    event.add("status", entry.status)
    event.add("summary", readable(_summary(entry)))
    event.add("location", readable(_where(offering)))
    event.add("description", readable("\n\n".join(filter(None, [entry.description, url]))))
    event.add("url", url)
    return event


def _summary(entry: Entry) -> str:
    word = "已取消" if entry.status == "CANCELLED" else entry.word
    return f"{word}：{entry.offering.title}" if word else entry.offering.title


def _where(offering: Offering) -> str:
    """Return the place with its address, which maps can look up."""
    address = offering.venue.address if offering.venue else ""
    return f"{place_of(offering)}（{address}）" if address else place_of(offering)
