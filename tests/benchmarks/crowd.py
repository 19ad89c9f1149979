"""Run inside a project's Django: make signed-in people, and what they will book. Prints JSON."""

import argparse
import json
from datetime import datetime, time, timedelta
from importlib import import_module

import django
from django.conf import settings

FIRST_DAY_AHEAD = 60


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("project", choices=["portal", "bare"])
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--days", type=json.loads, help="the seats of each day's lessons: [[30, 30], [30]]")
    options = parser.parse_args()
    django.setup()
    make_people, make_lessons = (
        (portal_people, portal_classes) if options.project == "portal" else (bare_people, bare_lessons)
    )
    made = {
        "session_keys": [sign_in(person) for person in make_people(options.people)],
        "targets": make_lessons(options.days),
    }
    print(json.dumps(made))


def sign_in(person) -> str:
    """Return the key of a new session of this person."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key


def bare_people(count: int) -> list:
    from django.contrib.auth.models import User

    return User.objects.bulk_create(User(username=f"person{number}", password="!") for number in range(count))


def bare_lessons(days: list[list[int]]) -> list[list[str]]:
    from django.urls import reverse
    from django.utils import timezone

    from tests.benchmarks.bare.models import Lesson

    now = timezone.now()
    lessons = Lesson.objects.bulk_create(
        Lesson(
            title=f"第{number}场 · 简历怎么写才有人看",
            place="长沙 · 湖南人力资源市场三楼报告厅",
            starts_at=now + timedelta(hours=number),
            seats=30,
        )
        for number in range(max(50, sum(map(len, days))))
    )
    paths = iter([reverse("lesson-book", args=[lesson.pk]) for lesson in lessons])
    return [[next(paths) for _ in seats] for seats in days]


def portal_people(count: int) -> list:
    from mentor_portal.accounts.models import User

    return User.objects.bulk_create(
        User(phone=str(19_900_000_000 + number), name="压测人员", password="!") for number in range(count)
    )


def portal_classes(days: list[list[int]]) -> list[list[str]]:
    """Plan and publish classes, those of a day at the same time; return where each is booked."""
    from django.urls import reverse
    from django.utils import timezone

    from classrooms import services
    from mentor_portal.accounts.models import User

    staff = User.objects.create_superuser("19800000000")
    now = timezone.now()
    paths = []
    for day, seats in enumerate(days):
        sessions = [
            services.plan_session(plan=_plan(day, number, capacity, now), by=staff)
            for number, capacity in enumerate(seats)
        ]
        for session in sessions:
            services.publish_session(session=session, by=staff, at=now)
        paths.append([reverse("classrooms:session-book", args=[session.pk]) for session in sessions])
    return paths


def _plan(day: int, number: int, capacity: int, now: datetime):
    from django.utils import timezone

    from classrooms.services import SessionPlan
    from mentor_portal.accounts.models import HostUnit
    from mentor_portal.reservations.models import Venue
    from mentors.models import Mentor, TopicType

    mentor = Mentor.objects.select_related("primary_category", "user").order_by("pk")[number]
    unit = HostUnit.objects.get(kind=HostUnit.Kind.PROVINCE)
    venue, _ = Venue.objects.get_or_create(host_unit=unit, name=f"压测场地 {number}")
    on = timezone.localdate() + timedelta(days=FIRST_DAY_AHEAD + day)
    starts_at = timezone.make_aware(datetime.combine(on, time(9)))
    return SessionPlan(
        title=f"压测课堂 {day}-{number}",
        topic_type=TopicType.objects.first(),
        category=mentor.primary_category,
        chains=[],
        mentors=[mentor],
        outline="",
        audience="",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        host_unit=unit,
        venue=venue,
        capacity=capacity,
        booking_opens_at=now - timedelta(days=1),
        booking_closes_at=starts_at,
    )


if __name__ == "__main__":
    main()
