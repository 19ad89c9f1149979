"""The demo's research: a year's plan, past trips with reports in every state, coming trips in every standing.

All of it is told by the services, as staff and mentors would have done it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from mentor_portal.accounts.models import User
from mentor_portal.errors import DomainError
from mentor_portal.home.demo import words
from mentor_portal.home.demo.calendar import midnight
from mentor_portal.home.demo.classes import Cast
from mentor_portal.home.demo.vocabulary import Vocabulary
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.services import check_in_at_desk, finish_offering
from mentors.models import Mentor
from research import services
from research.models import ResearchReport, ResearchTheme, ResearchTrip
from research.rules import Decision

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
STARTS, LASTS = time(9), 7 * HOUR
OPENS_BEFORE, CLOSES_BEFORE = 21 * DAY, 3 * DAY
CAPACITY, MINIMUM = 6, 5
GATHERING = "中心一楼大厅（演示）"
NOTES = "8:50 集合，统一乘车；中午在企业食堂用餐。\n\n请穿平底鞋，进车间听从安全员安排。"
# Past trips: so many days ago, so many who came. The mentor of the sign-ins was on each of them.
PAST = ((45, 6), (24, 5), (6, 5))
# Coming trips: one in so many days is open, one is full, one has ended below the minimum.
OPEN, FULL, SHORT = 12, 19, 2
COLOURS = ("#2273B8", "#0F6B45", "#7A4A00")

State = ResearchReport.State


@dataclass
class _Teller:
    """Who and what research is told with, on one day."""

    mentors: list[Mentor]
    today: date
    at: datetime
    staff: User

    def __post_init__(self) -> None:
        self.material: dict[str, Any] = words.read("research")
        self.vocabulary = Vocabulary()
        self.turn = self.today.toordinal()

    def start(self, days: int) -> datetime:
        """Return when a trip so many days from today starts; none on a Sunday."""
        day = self.today + timedelta(days=days)
        day -= DAY if day.isoweekday() == 7 else timedelta()
        return timezone.make_aware(datetime.combine(day, STARTS))

    def theme_of(self, day: date) -> ResearchTheme:
        return ResearchTheme.objects.get(year=day.year, month=day.month)

    def others(self) -> Iterator[Mentor]:
        """Yield the other mentors, beginning elsewhere each time."""
        self.turn += 7
        rest = self.mentors[1:]
        for place in range(len(rest)):
            yield rest[(self.turn + place) % len(rest)]


def tell(cast: Cast, today: date, at: datetime, staff: User) -> None:
    """Bring research to where visitors should find it; what is still so stays as it is."""
    teller = _Teller(cast.mentors, today, at, staff)
    reached = [teller.start(days).date() for days in (-PAST[0][0] - 7, 0, FULL)]
    for year in sorted({day.year for day in reached}):
        _ensure_plan(teller, year)
    if not ResearchTrip.objects.exists():
        _tell_the_past(teller)
        _tell_free_reports(teller)
    _tell_what_comes(teller)


def _ensure_plan(teller: _Teller, year: int) -> None:
    """Publish the year's plan in its first days where there is none yet."""
    if ResearchTheme.objects.of_year(year).exists():
        return
    for month, said in enumerate(teller.material["theme"], start=1):
        theme = ResearchTheme.objects.create(
            year=year,
            month=month,
            **{name: said[name] for name in ("title", "destination", "introduction")},
        )
        theme.chains.set([teller.vocabulary.chains[slug] for slug in said["chains"]])
    published_at = midnight(date(year, 1, 8)) + 10 * HOUR
    services.publish_plan(year=year, by=teller.staff, at=min(published_at, teller.at))


def _trip(teller: _Teller, starts_at: datetime, closes_at: datetime | None = None) -> ResearchTrip:
    """Plan and publish a trip to the destination of its month."""
    theme = teller.theme_of(timezone.localtime(starts_at).date())
    opens_at = min(starts_at - OPENS_BEFORE, teller.at - DAY)
    plan = services.TripPlan(
        theme=theme,
        title=f"{theme.month}月调研：{theme.title}",
        starts_at=starts_at,
        ends_at=starts_at + LASTS,
        gathering=GATHERING,
        capacity=CAPACITY,
        minimum=MINIMUM,
        booking_opens_at=opens_at,
        booking_closes_at=closes_at or starts_at - CLOSES_BEFORE,
        notes=NOTES,
    )
    trip = services.plan_trip(plan=plan, by=teller.staff)
    services.publish_trip(trip=trip, by=teller.staff, at=opens_at - HOUR)
    return ResearchTrip.objects.select_related("offering", "theme").get(pk=trip.pk)


def _sign_up(trip: ResearchTrip, mentors: Iterator[Mentor], many: int) -> list[tuple[Mentor, Reservation]]:
    """Let so many mentors sign up one after the other; who is out of office or busy does not."""
    held = []
    at = trip.offering.booking_opens_at
    for mentor in mentors:
        if len(held) == many:
            break
        at += timedelta(minutes=7)
        try:
            outcome = services.sign_up(trip=trip, person=mentor.user, by=mentor.user, at=at)
        except DomainError:
            continue
        held.append((mentor, outcome.reservation))
    return held


# What has been


def _tell_the_past(teller: _Teller) -> None:
    """Trips that took place, and the reports about them."""
    stories = iter(("published", "excellent", "accepted", "submitted", "returned", "submitted", "published"))
    for number, (days_ago, many) in enumerate(PAST):
        trip = _trip(teller, _free_start(teller, days_ago))
        came = _sign_up(trip, iter([teller.mentors[0]]), 1) + _sign_up(trip, teller.others(), many - 1)
        _come(teller, trip, came)
        ended_at = trip.offering.ends_at
        own = ("excellent", "returned", "")[number]
        for turn, (mentor, _) in enumerate(came[:4]):
            story = own if mentor == teller.mentors[0] else next(stories, "")
            if story:
                _write(teller, mentor, trip, story, turn, ended_at + (turn % 3 + 1) * DAY)


def _free_start(teller: _Teller, days_ago: int) -> datetime:
    """Return when a trip starts so that the mentor of the sign-ins gives no class meanwhile."""
    starts = [teller.start(-days) for days in range(days_ago, days_ago + 7)]
    own = Offering.objects.occupying().hosted_by(teller.mentors[0].user)
    return next((start for start in starts if not own.overlapping(start, start + LASTS).exists()), starts[0])


def _come(teller: _Teller, trip: ResearchTrip, came: list[tuple[Mentor, Reservation]]) -> None:
    """Everyone is noted at the desk, and the trip is closed."""
    offering = trip.offering
    for minutes, (_, reservation) in enumerate(came):
        there_at = offering.starts_at - timedelta(minutes=20 - 2 * minutes)
        check_in_at_desk(reservation=reservation, by=teller.staff, at=there_at)
    finish_offering(offering_id=offering.pk, at=offering.ends_at + HOUR / 2)


def _write(
    teller: _Teller, mentor: Mentor, trip: ResearchTrip | None, story: str, turn: int, at: datetime
) -> None:
    """Write a report and bring it to where the story ends."""
    at = min(at, teller.at - 5 * HOUR)
    theme = trip.theme if trip else None
    content = _content(teller, theme, turn)
    report = services.save_report(mentor=mentor, content=content, by=mentor.user, at=at, trip=trip)
    _attach_photos(report, at)
    report = services.hand_in_report(report=report, by=mentor.user, at=at + HOUR)
    if story == "submitted":
        return
    is_returned = story == "returned"
    services.decide_report(
        report=report,
        decision=Decision.RETURN if is_returned else Decision.ACCEPT,
        by=teller.staff,
        at=at + 2 * HOUR,
        comment=teller.material["report"]["comment"] if is_returned else "",
    )
    if story == "excellent":
        services.mark_excellent(report=report, is_excellent=True, by=teller.staff, at=at + 3 * HOUR)
    if story in ("published", "excellent"):
        services.publish_report(report=report, by=teller.staff, at=at + 3 * HOUR)


def _content(teller: _Teller, theme: ResearchTheme | None, turn: int) -> services.ReportContent:
    """Return a whole report; the middle of the text begins elsewhere each time."""
    said = teller.material["report"]
    first, *middle, last = said["paragraphs"]
    middle = middle[turn % len(middle) :] + middle[: turn % len(middle)]
    named = {
        "title": theme.title if theme else "小微企业用工",
        "place": theme.destination.removesuffix("（演示企业）") if theme else "县城的三家小微企业",
    }
    title = said["titles"][turn % len(said["titles"])] if theme else said["free_titles"][turn]
    body = "\n\n".join([first, *middle, last])
    return services.ReportContent(title=title.format(**named), body=body.format(**named))


def _attach_photos(report: ResearchReport, at: datetime) -> None:
    """Two plain pictures stand for the photos of a visit."""
    for number, colour in enumerate(COLOURS[:2], start=1):
        services.attach_file(
            report=report, upload=_picture(f"现场{number}.jpg", colour), by=report.mentor.user, at=at
        )


def _picture(name: str, colour: str) -> ContentFile:
    image = Image.new("RGB", (480, 320), "#EDF1F5")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 220, 480, 320), fill=colour)
    for left in range(30, 450, 90):
        draw.rectangle((left, 120 + left % 60, left + 60, 220), fill="#9DB9D3")
    kept = BytesIO()
    image.save(kept, "JPEG", quality=80)
    return ContentFile(kept.getvalue(), name=name)


def _tell_free_reports(teller: _Teller) -> None:
    """The mentor of the sign-ins writes on one; others have handed theirs in."""
    own = teller.mentors[0]
    draft = services.ReportContent(
        title=teller.material["report"]["free_titles"][1], body=teller.material["report"]["draft"]
    )
    services.save_report(mentor=own, content=draft, by=own.user, at=teller.at - 20 * HOUR)
    authors = teller.others()
    _write(teller, next(authors), None, "published", 0, teller.at - 9 * DAY)
    _write(teller, next(authors), None, "submitted", 2, teller.at - 2 * DAY)


# What comes


def _tell_what_comes(teller: _Teller) -> None:
    """One trip open for sign-up, one full with a waiting list, one that ended below the minimum."""
    coming = ResearchTrip.objects.coming(teller.at + DAY)
    open_for_more = coming.filter(offering__booking_closes_at__gt=teller.at)
    if not open_for_more.filter(offering__waiting_count=0, offering__places_taken__lt=CAPACITY).exists():
        _sign_up(_trip(teller, teller.start(OPEN)), teller.others(), 3)
    if not open_for_more.filter(offering__waiting_count__gt=0).exists():
        _sign_up(_trip(teller, teller.start(FULL)), teller.others(), CAPACITY + 3)
    if not ResearchTrip.objects.short(teller.at).filter(offering__starts_at__gt=teller.at).exists():
        starts_at = teller.start(SHORT)
        _sign_up(_trip(teller, starts_at, closes_at=teller.at - HOUR), teller.others(), MINIMUM - 2)
        services.tell_short_trips(at=teller.at)
