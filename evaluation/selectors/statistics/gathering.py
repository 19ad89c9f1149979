"""Figures of a span and of the same months a year before: a fixed number of queries for any span."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import ExtractYear
from django.utils import timezone

from evaluation.selectors.countables import (
    ATTENDANCE,
    BOOKING,
    CONSULTED,
    SERVED,
    STANDS,
    Span,
    placements,
    presences,
    reservations,
    surveys,
    within,
)
from evaluation.selectors.statistics.dimensions import Dimension
from evaluation.selectors.statistics.figures import Figures
from evaluation.selectors.statistics.periods import Period
from mentor_portal.accounts.models import User
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Hosting, Offering, Reservation
from mentor_portal.satisfaction import Satisfaction
from mentors.models import Appointment

SERVING = (OfferingKind.CLASS, OfferingKind.CONSULTATION, OfferingKind.CLINIC)
RATED = Q(class_rating__isnull=False) | Q(consultation__rating__isnull=False)
SATISFIED = Q(class_rating__level__gte=Satisfaction.FAIR) | Q(consultation__rating__gte=Satisfaction.FAIR)

Spans = tuple[Period, Period]
# Figures by the value of a dimension and the year.
Table = dict[tuple[Hashable, int], Figures]


@dataclass(frozen=True)
class Line:
    """The figures of one value of a dimension in the span, and those of a year before."""

    name: str
    now: Figures = field(default_factory=Figures)
    before: Figures = field(default_factory=Figures)


@dataclass(frozen=True)
class Breakdown:
    """Figures by one dimension, each of its values in order, those without anything too."""

    dimension: Dimension
    lines: list[Line]


def totals(period: Period, viewer: User) -> Line:
    """Return the figures of all that a member of staff may see: the province everything, a unit its own."""
    return _line(period.words, None, period, _table(period, viewer, None))


def breakdown(period: Period, viewer: User, dimension: Dimension) -> Breakdown:
    """Return the figures by a dimension; what counts under several values stands under each."""
    table = _table(period, viewer, dimension)
    lines = [_line(name, value, period, table) for value, name in dimension.names(period).items()]
    without = _line(dimension.none, None, period, table)
    if dimension.none and (without.now or without.before):
        lines.append(without)
    return Breakdown(dimension, lines)


def unconfirmed(period: Period, viewer: User, at: datetime) -> QuerySet[Offering]:
    """Return the classes that are over and not counted, as nobody has said whether the mentor was there."""
    said = Hosting.objects.filter(offering=OuterRef("pk")).exclude(presence=Hosting.Presence.UNKNOWN)
    over = Offering.objects.managed_by(viewer).filter(
        kind=OfferingKind.CLASS, state__in=STANDS, ends_at__lte=at
    )
    return over.filter(~Exists(said), **within("starts_at", period))


def years(day: date) -> list[int]:
    """Return the years of which there can be figures, the latest first; the year of this day is one."""
    span = Offering.objects.aggregate(first=Min("starts_at"), last=Max("starts_at"))
    known = [timezone.localtime(moment).year for moment in span.values() if moment] + [day.year]
    return list(range(max(known), min(known) - 1, -1))


def _line(name: str, value: Hashable, period: Period, table: Table) -> Line:
    before = table.get((value, period.year_before.year), Figures())
    return Line(name, table.get((value, period.year), Figures()), before)


def _table(period: Period, viewer: User, dimension: Dimension | None) -> Table:
    table: Table = defaultdict(Figures)
    spans = (period, period.year_before)
    for rows in _grouped(spans, viewer, dimension):
        for row in rows:
            figures = table[row.pop("value", None), row.pop("in_year")]
            for name, count in row.items():
                setattr(figures, name, count)
    if _has_the_provinces(viewer, dimension):
        _add_appointed(table, spans, dimension)
    return table


def _grouped(
    spans: Spans, viewer: User, dimension: Dimension | None
) -> Iterator[QuerySet[object, dict[str, object]]]:
    """Yield one statement for each kind of rows; each row is a value, a year and some of the figures."""
    kinds = (OfferingKind.CLASS,) if dimension and dimension.of_classes_only else SERVING
    of_reservations = _either(reservations, spans).filter(offering__kind__in=kinds)
    yield _by_offering(of_reservations.filter(BOOKING), viewer, dimension, "offering__").annotate(
        bookings=Count("pk"),
        came=Count("pk", filter=Q(state=Reservation.State.ATTENDED)),
        missed=Count("pk", filter=Q(state=Reservation.State.NO_SHOW)),
    )
    yield _by_offering(of_reservations.filter(SERVED), viewer, dimension, "offering__").annotate(
        attendances=Count("pk", filter=ATTENDANCE),
        consultations=Count("pk", filter=CONSULTED),
        people=Count("person", distinct=True),
        ratings=Count("pk", filter=RATED),
        satisfied=Count("pk", filter=SATISFIED),
    )
    of_hostings = _either(presences, spans).filter(offering__kind__in=kinds)
    yield _by_offering(of_hostings, viewer, dimension, "offering__").annotate(
        sessions=Count("offering", filter=Q(offering__kind=OfferingKind.CLASS), distinct=True),
        mentors=Count("person", distinct=True),
    )
    of_surveys = _either(surveys, spans)
    yield _by_offering(of_surveys, viewer, dimension, "session__offering__").annotate(surveys=Sum("answers"))
    if _has_the_provinces(viewer, dimension):
        yield _grouped_by(
            _either(placements, spans), dimension and dimension.of_placement, ExtractYear("started_on")
        ).annotate(placements=Count("person", distinct=True))


def _has_the_provinces(viewer: User, dimension: Dimension | None) -> bool:
    """Tell whether placements and appointments have a part in it; they belong to no unit and no place."""
    return viewer.is_provincial and (dimension is None or dimension.of_placement is not None)


def _by_offering(
    rows: QuerySet, viewer: User, dimension: Dimension | None, offering: str
) -> QuerySet[object, dict[str, object]]:
    value = dimension and dimension.of_offering(offering)
    return _grouped_by(rows.managed_by(viewer), value, ExtractYear(f"{offering}starts_at"))


def _grouped_by(
    rows: QuerySet, value: Combinable | None, year: ExtractYear
) -> QuerySet[object, dict[str, object]]:
    named = rows.order_by().annotate(in_year=year)
    return named.annotate(value=value).values("value", "in_year") if value else named.values("in_year")


def _either(rows: Callable[[Span], QuerySet], spans: Spans) -> QuerySet:
    now, before = spans
    return rows(now) | rows(before)


def _add_appointed(table: Table, spans: Spans, dimension: Dimension | None) -> None:
    """Count the mentors whose appointment covers a day of the span, or of the month."""
    now, before = spans
    covering = Appointment.objects.covering(now.first_on, now.last_on)
    covering |= Appointment.objects.covering(before.first_on, before.last_on)
    value = dimension.of_mentor if dimension else ""
    found: dict[tuple[Hashable, int], set[int]] = defaultdict(set)
    rows = covering.order_by().values_list("starts_on", "ends_on", "mentor", f"mentor__{value or 'pk'}")
    for starts_on, ends_on, mentor, of_mentor in rows:
        for key, part in _parts(spans, dimension, of_mentor if value else None):
            if starts_on <= part.last_on and ends_on >= part.first_on:
                found[key, part.year].add(mentor)
    for key, mentors in found.items():
        table[key].appointed = len(mentors)


def _parts(
    spans: Spans, dimension: Dimension | None, of_mentor: Hashable
) -> Iterator[tuple[Hashable, Period]]:
    """Yield the parts of the spans that an appointment can fall into, each with its value."""
    for span in spans:
        if dimension and dimension.key == "month":
            yield from ((month, span.of_month(month)) for month in span.months)
        else:
            yield of_mentor, span
