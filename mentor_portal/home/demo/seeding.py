"""The demo as a whole, brought up to a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from mentor_portal.home.demo import (
    attendance,
    bookings,
    classes,
    clinics,
    courseware,
    duties,
    events,
    feedback,
    likes,
    pairings,
    research,
    stories,
    topics,
    year_end,
)
from mentor_portal.home.demo.calendar import DAYS_AHEAD
from mentor_portal.home.demo.classes import Cast
from mentor_portal.home.demo.mentors import ensure_mentors
from mentor_portal.home.demo.notices import ensure_notices
from mentor_portal.home.demo.people import MENTOR, SEEKERS, ensure_seekers, ensure_staff
from mentor_portal.home.demo.places import ensure_places
from mentor_portal.home.demo.site import ensure_words
from mentor_portal.moments import midnight
from mentors.models import Mentor

# Who books in the first month of last year was there by then.
JOINED_BEFORE = timedelta(days=760)


@dataclass(frozen=True)
class Seeded:
    """How many classes and bookings were added."""

    classes: int
    bookings: int


def is_up_to_date(today: date) -> bool:
    """Tell whether the demo was brought up to this day before: one cheap query."""
    return classes.is_seeded_up_to(today + timedelta(days=DAYS_AHEAD))


@transaction.atomic
def seed(today: date, at: datetime) -> Seeded:
    """Add what the demo lacks on this day; ``at`` is the moment, on the same day."""
    joined_at = midnight(today) - JOINED_BEFORE
    staff = ensure_staff(joined_at)
    ensure_words()
    cast = Cast(
        mentors=ensure_mentors(today, joined_at),
        venues=ensure_places(),
        seekers=ensure_seekers(0, SEEKERS, joined_at),
    )
    opened = classes.opened_meanwhile(cast, today)
    made = classes.make_classes(cast, classes.missing_plans(cast, today), today)
    booked = bookings.fill([*opened, *made], cast.seekers, today, spares_cancelled=True)
    classes.call_off(made, at, staff)
    events.ensure_events(today, at, staff)
    events.ensure_move_request(at)
    stories.tell(at)
    topics.tell(cast, today, at, staff)
    duties.tell(cast, today, at, staff)
    clinics.ensure_clinics(cast, today, at, joined_at, staff)
    pairings.ensure_pairings(cast, at, staff)
    research.tell(cast, today, at, staff)
    ensure_notices(at, staff)
    return Seeded(classes=len(made), bookings=booked)


@transaction.atomic
def go_on(at: datetime) -> None:
    """Let people come to what has begun by now, and close what is over; once more changes nothing."""
    attendance.attend(at)
    attendance.pause_somebody()
    duties.look_back(at)
    clinics.hold(at)
    feedback.tell(at)
    mentor = Mentor.objects.select_related("user").get(user__phone=MENTOR)
    likes.tell(at, mentor)
    courseware.tell(at, mentor)
    year_end.tell(at, mentor)


def refresh_statistics() -> None:
    """Tell the database's planner how large the tables have become, before anything is measured."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
