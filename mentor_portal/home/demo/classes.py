"""The classes of the demo, made all at once as staff would have planned and published them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from classrooms import services
from classrooms.models import ClassSession
from mentor_portal.accounts.models import User
from mentor_portal.home.demo.calendar import RUN, ClassPlan, Standing, classes_on, plans_by_day
from mentor_portal.home.demo.places import VenuesByPrefecture
from mentor_portal.home.demo.vocabulary import Vocabulary
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Hosting, Offering, Venue
from mentor_portal.reservations.rules import overlaps
from mentors.models import Mentor

CANCEL_REASONS = (
    "主讲导师临时出差，时间另行通知",
    "场地设备检修，本场取消，欢迎选择其他场次",
    "与当日大型招聘会时间冲突，改期举办",
)
CALLED_OFF_BEFORE = timedelta(days=2)
PUBLISHED_BEFORE_OPENING = timedelta(days=1)
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

    def capacity_of(self, plan: ClassPlan) -> int:
        return min(plan.size, self.venue_of(plan).seats)


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
    known = _offerings_around(cast, today)
    return [
        plan
        for plans in plans_by_day(today)
        if all(_key(cast, plan) not in known for plan in plans)
        for plan in plans
    ]


def opened_meanwhile(cast: Cast, today: date) -> list[Held]:
    """Return the classes that nobody has booked because booking opened after they were made."""
    known = _offerings_around(cast, today)
    plans = [plan for plans in plans_by_day(today) for plan in plans if plan.has_opened(today)]
    held = [Held(plan, known[_key(cast, plan)]) for plan in plans if _key(cast, plan) in known]
    rows = Offering.objects.filter(pk__in=[each.offering.pk for each in held])
    unbooked = set(rows.published().filter(reservations=None).values_list("pk", flat=True))
    return [each for each in held if each.offering.pk in unbooked]


def make_classes(cast: Cast, plans: Iterable[ClassPlan], today: date) -> list[Held]:
    """Make classes and return the published ones; what clashes with something of the staff's is left out."""
    busy = _Busy(cast)
    held = [Held(plan, _offering(cast, plan, today)) for plan in plans if not busy.has(plan)]
    offerings = Offering.objects.bulk_create([each.offering for each in held])
    _make_sessions(cast, held)
    return [
        each
        for each, offering in zip(held, offerings, strict=True)
        if offering.state == Offering.State.PUBLISHED
    ]


def call_off(held: Iterable[Held], at: datetime, by: User) -> None:
    """Cancel those that the calendar has as cancelled."""
    for each in held:
        if each.plan.standing is Standing.CANCELLED:
            services.cancel_session(
                session=ClassSession.objects.select_related("offering").get(pk=each.offering.pk),
                by=by,
                at=min(at, each.plan.starts_at - CALLED_OFF_BEFORE),
                reason=CANCEL_REASONS[each.plan.number // RUN % len(CANCEL_REASONS)],
            )


class _Busy:
    """What is taken already: the venues and the mentors of a cast, by span of time."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.spans: dict[tuple[str, int], list[tuple[datetime, datetime]]] = defaultdict(list)
        venues = [venue for venues in cast.venues.values() for venue in venues]
        of_venues = Offering.objects.occupying().filter(venue__in=venues)
        for venue_id, start, end in of_venues.values_list("venue", "starts_at", "ends_at"):
            self.spans["venue", venue_id].append((start, end))
        of_hosts = Hosting.objects.filter(
            person__in=[mentor.user_id for mentor in cast.mentors],
            offering__in=Offering.objects.occupying(),
        )
        for person_id, start, end in of_hosts.values_list(
            "person", "offering__starts_at", "offering__ends_at"
        ):
            self.spans["host", person_id].append((start, end))

    def has(self, plan: ClassPlan) -> bool:
        keys = [("venue", self.cast.venue_of(plan).pk)]
        keys += [("host", mentor.user_id) for mentor in self.cast.mentors_of(plan)]
        return any(overlaps(plan.starts_at, plan.ends_at, *span) for key in keys for span in self.spans[key])


def _offering(cast: Cast, plan: ClassPlan, today: date) -> Offering:
    venue = cast.venue_of(plan)
    is_draft = plan.standing is Standing.DRAFT and plan.starts_at.date() >= today + DRAFTS_FROM
    return Offering(
        kind=OfferingKind.CLASS,
        title=plan.topic.title,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        host_unit_id=venue.host_unit_id,
        venue=venue,
        capacity=cast.capacity_of(plan),
        booking_opens_at=plan.opens_at,
        booking_closes_at=plan.starts_at,
        state=Offering.State.DRAFT if is_draft else Offering.State.PUBLISHED,
        published_at=None if is_draft else plan.opens_at - PUBLISHED_BEFORE_OPENING,
    )


def _make_sessions(cast: Cast, held: list[Held]) -> None:
    vocabulary = Vocabulary()
    hosted = [(each.offering.pk, mentor) for each in held for mentor in cast.mentors_of(each.plan)]
    of_chains = [
        (each.offering.pk, vocabulary.chains[each.plan.topic.chain].pk)
        for each in held
        if each.plan.topic.chain
    ]
    ClassSession.objects.bulk_create(_session(each, vocabulary) for each in held)
    Hosting.objects.bulk_create(Hosting(offering_id=pk, person_id=mentor.user_id) for pk, mentor in hosted)
    mentor_links, chain_links = ClassSession.mentors.through, ClassSession.chains.through
    mentor_links.objects.bulk_create(
        mentor_links(classsession_id=pk, mentor_id=mentor.pk) for pk, mentor in hosted
    )
    chain_links.objects.bulk_create(
        chain_links(classsession_id=pk, industrialchain_id=chain) for pk, chain in of_chains
    )


def _session(held: Held, vocabulary: Vocabulary) -> ClassSession:
    topic = held.plan.topic
    return ClassSession(
        offering=held.offering,
        topic_type=vocabulary.topic_types[topic.type],
        category=vocabulary.categories[topic.category],
        outline=topic.outline,
        audience=topic.audience,
    )


def _offerings_around(cast: Cast, today: date) -> dict[tuple[int, datetime], Offering]:
    """Return the offerings in the cast's venues, by venue and start."""
    plans = plans_by_day(today)
    venues = [venue for venues in cast.venues.values() for venue in venues]
    span = (plans[0][0].starts_at, plans[-1][-1].ends_at)
    rows = Offering.objects.filter(venue__in=venues, starts_at__range=span)
    return {(row.venue_id, row.starts_at): row for row in rows}


def _key(cast: Cast, plan: ClassPlan) -> tuple[int, datetime]:
    return cast.venue_of(plan).pk, plan.starts_at
