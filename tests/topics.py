"""Makes topics for tests: offered, submitted, approved, placed; and the events that classes go with."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from classrooms import services
from classrooms.models import ClassSession, HostEvent, TopicApplication
from classrooms.rules import DayPart, Decision, HalfDay
from mentor_portal.accounts.models import HostUnit, User
from mentors.models import Category, Mentor, TopicType
from tests import moments, offerings


def half_day(days: int = 3, part: DayPart = DayPart.AFTERNOON) -> HalfDay:
    """Return a half-day so many days from today."""
    return HalfDay(moments.in_days(days).date(), part)


def content(**fields: object) -> services.TopicContent:
    """Return what a mentor says of a topic, with one window in three days' afternoon."""
    values = {
        "title": "面试前的三天怎么准备",
        "topic_type": TopicType.objects.order_by("position").first(),
        "category": Category.objects.order_by("position").first(),
        "outline": "自我介绍、提问与复盘。",
        "audience": "应届毕业生",
        "windows": [half_day()],
    }
    return services.TopicContent(**values | fields)


def draft(mentor: Mentor, key: UUID | None = None, **fields: object) -> TopicApplication:
    said = content(**fields)
    return services.save_topic(mentor=mentor, content=said, by=mentor.user, at=timezone.now(), key=key)


def submitted(mentor: Mentor, **fields: object) -> TopicApplication:
    topic = draft(mentor, **fields)
    return services.submit_topic(application=topic, by=mentor.user, at=timezone.now())


def approved(mentor: Mentor, by: User, **fields: object) -> TopicApplication:
    topic = submitted(mentor, **fields)
    return services.decide_topic(application=topic, decision=Decision.APPROVE, by=by, at=timezone.now())


def placement(window: HalfDay | None = None, **fields: object) -> services.Placement:
    """Return a placement at the usual time of a half-day, in a venue of its own."""
    window = window or half_day()
    starts_at, ends_at = window.usual_span(moments.SHANGHAI, 90)
    values = {"starts_at": starts_at, "ends_at": ends_at, "capacity": 30}
    values |= fields
    if "venue" not in values:
        values["venue"] = offerings.make_venue()
    return services.Placement(**values)


def placed(
    topic: TopicApplication, by: User, is_outside_allowed: bool = False, **fields: object
) -> ClassSession:
    return services.place_topic(
        application=topic,
        placement=placement(**fields),
        by=by,
        at=timezone.now(),
        is_outside_allowed=is_outside_allowed,
    )


def event(
    unit: HostUnit | None = None,
    starts_at: datetime | None = None,
    wish: HostEvent.Wish = HostEvent.Wish.WANTED,
    **fields: object,
) -> HostEvent:
    """Make an event of four hours in three days that wants a class."""
    starts_at = starts_at or moments.in_days(3, "14:00")
    values = {
        "title": "春季专场招聘会",
        "kind": HostEvent.Kind.MAIN_VENUE,
        "reach": HostEvent.Reach.MARKET,
        "host_unit": unit or offerings.province(),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=4),
        "wish": wish,
    }
    return HostEvent.objects.create(**values | fields)
