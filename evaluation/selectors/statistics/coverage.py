"""The 20 industrial chains beside what the programme gives each (notice 三（一）): where is there nothing?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from evaluation.selectors.countables import classes, reservations
from evaluation.selectors.statistics.dimensions import BY_KEY
from evaluation.selectors.statistics.gathering import SERVING
from evaluation.selectors.statistics.periods import Period
from mentor_portal.reservations.models import Offering, Reservation
from mentors.models import Category, IndustrialChain, Mentor

# Who asked for a place: whoever gave it up is left out, whoever never got one is not.
UNSERVED = (Reservation.Cause.NOT_REACHED, Reservation.Cause.OFFERING_CANCELLED)
WANTED = Q(is_walk_in=False) & (~Q(state=Reservation.State.CANCELLED) | Q(cause__in=UNSERVED))


@dataclass(frozen=True)
class ChainCover:
    """What a chain has: mentors appointed now, classes held and to come, and how often somebody asked."""

    chain: IndustrialChain
    mentors: int
    held: int
    coming: int
    demand: int

    @property
    def lacks_mentors(self) -> bool:
        return not self.mentors

    @property
    def lacks_classes(self) -> bool:
        return not self.held and not self.coming


@dataclass(frozen=True)
class Coverage:
    """The chains by category, in the order of the notice."""

    groups: list[tuple[Category, list[ChainCover]]]

    @property
    def covers(self) -> list[ChainCover]:
        return [cover for _, covers in self.groups for cover in covers]

    @property
    def without_mentors(self) -> list[ChainCover]:
        return [cover for cover in self.covers if cover.lacks_mentors]

    @property
    def without_classes(self) -> list[ChainCover]:
        return [cover for cover in self.covers if cover.lacks_classes]


def coverage(period: Period, at: datetime, on: date) -> Coverage:
    """Return what each chain has in the period, in a fixed number of queries."""
    mentors = _mentors(on)
    held = _by_chain(classes(period), "offering", distinct=True)
    coming = _by_chain(_coming(at), "pk", offering="")
    demand = _by_chain(_wanted(period), "pk")
    groups = []
    for category in Category.objects.filter(is_industrial=True).prefetch_related("chains"):
        covers = [
            ChainCover(
                chain=chain,
                mentors=len(mentors[chain.pk]),
                held=held.get(chain.pk, 0),
                coming=coming.get(chain.pk, 0),
                demand=demand.get(chain.pk, 0),
            )
            for chain in category.chains.all()
        ]
        groups.append((category, covers))
    return Coverage(groups)


def _mentors(on: date) -> dict[int, set[int]]:
    """Return the mentors appointed on this day by chain, primary or further."""
    appointed = Mentor.objects.appointed(on).order_by()
    further = Mentor.chains.through.objects.filter(mentor__in=appointed.values("pk"))
    pairs: Iterable[tuple[int, int | None]] = [
        *appointed.values_list("pk", "primary_chain"),
        *further.values_list("mentor", "industrialchain"),
    ]
    found: dict[int, set[int]] = defaultdict(set)
    for mentor, chain in pairs:
        if chain is not None:
            found[chain].add(mentor)
    return found


def _coming(at: datetime) -> QuerySet[Offering]:
    return Offering.objects.published().filter(class_session__isnull=False, starts_at__gt=at)


def _wanted(period: Period) -> QuerySet[Reservation]:
    asked = reservations(period).filter(WANTED, offering__kind__in=SERVING)
    return asked.exclude(offering__state=Offering.State.DRAFT)


def _by_chain(
    rows: QuerySet, counted: str, *, offering: str = "offering__", distinct: bool = False
) -> dict[int, int]:
    chain = BY_KEY["chain"].of_offering(offering)
    by_chain = rows.order_by().annotate(in_chain=chain).values("in_chain")
    return dict(by_chain.annotate(many=Count(counted, distinct=distinct)).values_list("in_chain", "many"))
