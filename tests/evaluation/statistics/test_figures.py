"""Every figure of the statistics equals an independent count, for a year in which everything happens."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.selectors.statistics import BY_KEY, DIMENSIONS, FIGURES, Figures, Period, breakdown, totals
from mentor_portal.accounts.models import User
from tests import moments, offerings
from tests.evaluation.statistics import sql
from tests.evaluation.statistics.year import YEAR, World, make_world

pytestmark = pytest.mark.django_db

SPANS = [(1, 12), (3, 3), (12, 12), (1, 1), (6, 10)]
OF_PROVINCE = ("placements", "appointed")


@pytest.fixture
def world() -> World:
    return make_world()


def midnight(year: int, month: int) -> datetime:
    return moments.at(f"{year + (month > 12)}-{month - 12 * (month > 12):02}-01 00:00")


def counted(
    viewer: User, year: int, first: int, last: int, dimension: str = "all", value: object = None
) -> dict:
    """Return every figure in SQL; those of the province are nothing to a unit."""
    if dimension == "month":
        first = last = value
    unit = None if viewer.is_provincial else viewer.host_unit_id
    figures = {}
    for name in vars(Figures()):
        where = sql.OF_MENTOR if name in OF_PROVINCE else sql.OF_OFFERING
        is_hidden = name in OF_PROVINCE and unit
        span = midnight(year, first), midnight(year, last + 1)
        is_counted = dimension in where and not is_hidden
        figures[name] = sql.count(name, span, dimension, value, unit) if is_counted else 0
    return figures


@pytest.mark.parametrize(("first", "last"), SPANS)
def test_totals_equal_an_independent_count_this_year_and_the_year_before(world, first, last):
    for viewer in (world.staff, world.unit_staff):
        line = totals(Period(YEAR, first, last), viewer)
        assert vars(line.now) == counted(viewer, YEAR, first, last)
        assert vars(line.before) == counted(viewer, YEAR - 1, first, last)


@pytest.mark.parametrize("dimension", DIMENSIONS, ids=BY_KEY)
@pytest.mark.parametrize(("first", "last"), SPANS[:2])
def test_each_line_of_a_breakdown_equals_an_independent_count(world, dimension, first, last):
    period = Period(YEAR, first, last)
    for viewer in (world.staff, world.unit_staff):
        lines = breakdown(period, viewer, dimension).lines
        for value, line in zip(dimension.names(period), lines, strict=False):
            asked = (first, last, dimension.key, value)
            assert vars(line.now) == counted(viewer, YEAR, *asked), line.name
            assert vars(line.before) == counted(viewer, YEAR - 1, *asked), line.name


def test_what_has_no_value_stands_in_a_line_of_its_own_so_that_nothing_is_lost(world):
    """Of figures that add up, the lines of a dimension without overlap come to the whole."""
    period = Period(YEAR)
    whole = totals(period, world.staff).now
    for key in ("month", "category", "prefecture", "reach", "type"):
        lines = breakdown(period, world.staff, BY_KEY[key]).lines
        for name in ("sessions", "bookings", "attendances", "surveys"):
            assert sum(getattr(line.now, name) for line in lines) == getattr(whole, name), (key, name)
    assert breakdown(period, world.staff, BY_KEY["reach"]).lines[-1].name == "未随活动"
    assert breakdown(period, world.staff, BY_KEY["chain"]).lines[-1].name == "未归产业链"


def test_year_is_what_its_makers_meant(world):
    """The count above and the selectors could be wrong alike; these numbers are counted by hand."""
    now, before = (line := totals(Period(YEAR), world.staff)).now, line.before
    # Of two chains, of the unit, on 1 January, on 31 December, moved into August, with a waiting list.
    assert (now.sessions, before.sessions) == (6, 3)
    # 4 and 4; 2 on the way to August; 1 of the waiting list. Nobody booked at the edges.
    assert now.bookings == 4 + 4 + 2 + 1
    # 3 and who walked in, 4, and 2 on each edge.
    assert (now.attendances, before.attendances) == (4 + 4 + 2 + 2, 1 + 2 + 2)
    assert (now.came, now.missed) == (3 + 4, 1)
    assert now.consultations == 2 + 2
    assert (now.ratings, now.satisfied) == (5, 3)
    assert (now.surveys, before.surveys) == (3, 1)
    assert (now.placements, before.placements) == (2, 1)
    assert (now.mentors, now.appointed, before.appointed) == (3, 3, 2)


def test_shares_are_rounded_half_up_and_there_is_none_of_nothing():
    assert Figures(came=1, missed=15).attendance_rate.to_eng_string() == "6.3"
    assert Figures(ratings=3, satisfied=2).satisfaction.to_eng_string() == "66.7"
    assert Figures().attendance_rate is None
    assert Figures().satisfaction is None


def test_figures_that_a_dimension_cannot_tell_are_said_to_be_none():
    """What is no figure of a dimension is nothing in each of its lines, see ``counted``."""
    known = {figure.key: figure.dimensions for figure in FIGURES}
    assert known["placements"] == known["appointed"] == set(sql.OF_MENTOR) - {"all"}
    assert known["consultations"] == set(sql.OF_OFFERING) - {"all", "reach", "type"}
    assert known["sessions"] == set(BY_KEY)


@pytest.mark.parametrize("dimension", [None, *DIMENSIONS], ids=["all", *BY_KEY])
def test_one_month_costs_as_many_queries_as_twelve_and_one_class_as_many_as_forty(world, dimension):
    def cost(period: Period) -> int:
        with CaptureQueriesContext(connection) as queries:
            breakdown(period, world.staff, dimension) if dimension else totals(period, world.staff)
        return len(queries)

    costs = {cost(Period(YEAR, 3, 3)), cost(Period(YEAR)), cost(Period(YEAR - 5, 1, 2))}
    for number in range(40):
        offerings.make_session(starts_at=moments.at(f"{YEAR}-{number % 12 + 1:02}-20 09:00"))
    costs.add(cost(Period(YEAR)))
    assert len(costs) == 1
    assert costs.pop() <= 7
