"""The classes of the demo, planned and published as staff would do it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from classrooms import services
from classrooms.models import ClassSession
from mentor_portal.accounts.models import User
from mentor_portal.errors import DomainError
from mentor_portal.home.demo.calendar import ClassPlan, Standing, classes_on, days_around
from mentor_portal.home.demo.mentors import Vocabulary
from mentor_portal.home.demo.places import VenuesByPrefecture
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Offering, Venue
from mentors.models import Mentor

CANCEL_REASONS = (
    "主讲导师临时出差，时间另行通知",
    "场地设备检修，本场取消，欢迎选择其他场次",
    "与当日大型招聘会时间冲突，改期举办",
)
CALLED_OFF_BEFORE = timedelta(days=2)
DRAFTS_FROM = timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who and what the classes of the calendar are made with."""

    mentors: list[Mentor]
    venues: VenuesByPrefecture
    seekers: list[int]

    def venue_of(self, plan: ClassPlan) -> Venue:
        venues = self.venues[plan.prefecture]
        return venues[plan.venue_turn % len(venues)]

    def mentors_of(self, plan: ClassPlan) -> list[Mentor]:
        places = [plan.topic.author]
        if plan.has_second_mentor and plan.topic.second != plan.topic.author:
            places.append(plan.topic.second)
        return [self.mentors[place] for place in places]


@dataclass(frozen=True)
class Held:
    """A plan of the calendar and the offering that was made of it."""

    plan: ClassPlan
    offering: Offering


def is_seeded_up_to(day: date) -> bool:
    """Tell whether a class of this day is there, and so all that was made with it."""
    plans = classes_on(day)
    starts = {(plan.topic.title, plan.starts_at) for plan in plans}
    found = Offering.objects.filter(
        kind=OfferingKind.CLASS, starts_at__in=[plan.starts_at for plan in plans]
    ).values_list("title", "starts_at")
    return not starts.isdisjoint(found)


def missing_plans(cast: Cast, today: date) -> list[ClassPlan]:
    """Return the plans of the days of which no class is there yet.

    Days are looked at as a whole: a class that staff moved is not made a second time.
    """
    days = days_around(today)
    known = existing(cast, days)
    plans_by_day = [classes_on(day) for day in days]
    return [
        plan
        for plans in plans_by_day
        if all(_key(cast, plan) not in known for plan in plans)
        for plan in plans
    ]


def existing(cast: Cast, days: list[date]) -> dict[tuple, Offering]:
    """Return the offerings in the cast's venues around these days, by venue and start."""
    venues = [venue for venues in cast.venues.values() for venue in venues]
    span = (classes_on(days[0])[0].starts_at, classes_on(days[-1])[-1].ends_at)
    rows = Offering.objects.filter(venue__in=venues, starts_at__range=span)
    return {(row.venue_id, row.starts_at): row for row in rows}


def held_from_late_opening(cast: Cast, today: date) -> list[Held]:
    """Return the classes that nobody has booked because booking opened after they were made."""
    known = existing(cast, days_around(today))
    plans = [plan for day in days_around(today) for plan in classes_on(day) if has_opened(plan, today)]
    held = [Held(plan, known[_key(cast, plan)]) for plan in plans if _key(cast, plan) in known]
    booked = set(
        Offering.objects.filter(
            pk__in=[each.offering.pk for each in held], reservations__isnull=False
        ).values_list("pk", flat=True)
    )
    published = Offering.State.PUBLISHED
    return [each for each in held if each.offering.pk not in booked and each.offering.state == published]


def has_opened(plan: ClassPlan, today: date) -> bool:
    """Tell whether booking opened before today."""
    return plan.opens_at.date() < today


def make_classes(cast: Cast, plans: Iterable[ClassPlan], today: date, by: User) -> list[Held]:
    """Plan and publish classes; what clashes with something that staff planned is left out."""
    vocabulary = Vocabulary()
    held = []
    for plan in plans:
        try:
            session = services.plan_session(plan=_session_plan(cast, plan, vocabulary), by=by)
        except DomainError:
            continue
        if not is_draft(plan, today):
            services.publish_session(session=session, by=by, at=plan.opens_at - timedelta(days=1))
            held.append(Held(plan, session.offering))
    return held


def call_off(held: Iterable[Held], at, by: User) -> None:
    """Cancel those that the calendar has as cancelled."""
    for each in held:
        if each.plan.standing is Standing.CANCELLED:
            services.cancel_session(
                session=ClassSession.objects.select_related("offering").get(pk=each.offering.pk),
                by=by,
                at=min(at, each.plan.starts_at - CALLED_OFF_BEFORE),
                reason=CANCEL_REASONS[each.plan.number // 36 % len(CANCEL_REASONS)],
            )


def is_draft(plan: ClassPlan, today: date) -> bool:
    """Tell whether a class is left unpublished; what is near or past never is."""
    return plan.standing is Standing.DRAFT and plan.starts_at.date() >= today + DRAFTS_FROM


def capacity_of(plan: ClassPlan, venue: Venue) -> int:
    return min(plan.size, venue.seats)


def _session_plan(cast: Cast, plan: ClassPlan, vocabulary: Vocabulary) -> services.SessionPlan:
    topic, venue = plan.topic, cast.venue_of(plan)
    return services.SessionPlan(
        title=topic.title,
        topic_type=vocabulary.topic_types[topic.type],
        category=vocabulary.categories[topic.category],
        chains=[vocabulary.chains[topic.chain]] if topic.chain else [],
        mentors=cast.mentors_of(plan),
        outline=topic.outline,
        audience=topic.audience,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        host_unit=venue.host_unit,
        venue=venue,
        capacity=capacity_of(plan, venue),
        booking_opens_at=plan.opens_at,
        booking_closes_at=plan.starts_at,
    )


def _key(cast: Cast, plan: ClassPlan) -> tuple:
    return cast.venue_of(plan).pk, plan.starts_at
