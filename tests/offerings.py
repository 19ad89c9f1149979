"""Makes the things that tests book: venues, offerings, class sessions, and people who queue."""

import itertools
from datetime import datetime, timedelta

from django.utils import timezone

from classrooms.models import ClassSession
from classrooms.services import SessionPlan, plan_session, publish_session
from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.reservations.models import Offering, Reservation, Venue
from mentor_portal.reservations.services import reserve
from mentors.models import Category, Mentor, TopicType

_numbers = itertools.count(1)
_phones = itertools.count(15_000_000_001)


def province() -> HostUnit:
    return HostUnit.objects.get(kind=HostUnit.Kind.PROVINCE)


def make_venue(name: str = "", unit: HostUnit | None = None, **fields: object) -> Venue:
    name = name or f"中心{next(_numbers)}号课堂"
    return Venue.objects.create(name=name, host_unit=unit or province(), **fields)


def make_mentor(name: str = "周建国", **fields: object) -> Mentor:
    user = User.objects.create_user(str(next(_phones)), name=name)
    category = fields.pop("primary_category", None) or Category.objects.order_by("position").first()
    return Mentor.objects.create(
        user=user, name=name, employer="湖南某装备制造企业", primary_category=category, **fields
    )


def make_people(count: int) -> list[User]:
    """Make job seekers at one stroke; none of them has a password."""
    return User.objects.bulk_create(
        [User(phone=str(next(_phones)), name=f"求职者{number}") for number in range(1, count + 1)]
    )


def make_plan(starts_at: datetime | None = None, **fields: object) -> SessionPlan:
    """Return a plan for a class in three days, of 90 minutes, with a mentor and venue of its own."""
    starts_at = starts_at or timezone.now() + timedelta(days=3)
    ends_at = fields.pop("ends_at", starts_at + timedelta(minutes=90))
    values = {
        "title": f"面试技巧第{next(_numbers)}讲",
        "topic_type": TopicType.objects.order_by("position").first(),
        "category": Category.objects.order_by("position").first(),
        "chains": [],
        "outline": "从初筛到终面。",
        "audience": "应届毕业生",
        "starts_at": starts_at,
        "ends_at": ends_at,
        "host_unit": province(),
        "capacity": 30,
        "booking_opens_at": starts_at - timedelta(days=30),
        "booking_closes_at": starts_at,
    }
    values |= fields
    values.setdefault("venue", None)
    values["venue"] = values["venue"] or make_venue(unit=values["host_unit"])
    values.setdefault("mentors", [make_mentor()])
    return SessionPlan(**values)


def make_draft(**fields: object) -> ClassSession:
    plan = make_plan(**fields)
    return plan_session(plan=plan, by=_staff())


def make_session(**fields: object) -> ClassSession:
    """Make a published class session; fields are those of the plan."""
    session = make_draft(**fields)
    publish_session(session=session, by=_staff(), at=timezone.now())
    session.refresh_from_db()
    return session


def make_many(session: ClassSession, count: int, **fields: object) -> None:
    """Make many more published classes like one, at its time, without mentor and venue, at one stroke."""
    same = ("kind", "starts_at", "ends_at", "host_unit_id", "booking_opens_at", "booking_closes_at")
    values = {name: getattr(session.offering, name) for name in (*same, "published_at", "state", "capacity")}
    values |= fields
    rows = Offering.objects.bulk_create(Offering(title=f"第{number}讲", **values) for number in range(count))
    ClassSession.objects.bulk_create(
        ClassSession(offering=row, topic_type_id=session.topic_type_id, category_id=session.category_id)
        for row in rows
    )


def hold(session: ClassSession, people: list[User], at: datetime | None = None) -> list[Reservation]:
    """Let people ask for a place one after the other."""
    at = at or timezone.now()
    offering = Offering.objects.get(pk=session.pk)
    return [reserve(offering=offering, person=person, by=person, at=at).reservation for person in people]


def states(session: ClassSession) -> list[tuple[str, str]]:
    """Return (person, state) of every reservation in the order of arrival."""
    rows = Reservation.objects.filter(offering=session.pk).order_by("queued_at", "pk")
    return list(rows.values_list("person__name", "state"))


def broken_invariants() -> list[str]:
    from classrooms import invariants as classes
    from consultations import invariants as consultations
    from mentor_portal.reservations import invariants as reservations
    from mentors import invariants as mentors
    from research import invariants as research

    return [
        *reservations.broken(timezone.now()),
        *classes.broken(),
        *consultations.broken(),
        *research.broken(),
        *mentors.broken(),
    ]


def _staff() -> User:
    staff = User.objects.filter(is_staff=True).first()
    return staff or User.objects.create_user(str(next(_phones)), name="中心小王", is_staff=True)
