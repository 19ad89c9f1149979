"""The staff's pages of figures show what the selectors count, and what was left out of an address."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from evaluation.selectors.statistics import (
    BY_KEY,
    DIMENSIONS,
    FIGURES,
    Period,
    breakdown,
    coverage,
    totals,
)
from evaluation.selectors.statistics.periods import MONTHS
from mentors.models import IndustrialChain
from tests import moments, offerings
from tests.evaluation.statistics.year import YEAR, World, make_world

pytestmark = pytest.mark.django_db
FIGURES_PAGE = reverse("statistics:figures")
COVERAGE = reverse("statistics:coverage")
EXPORT = reverse("statistics:export")
PROVINCES_OWN = 2


@pytest.fixture
def world(client) -> World:
    made = make_world()
    for person in (made.staff, made.unit_staff):
        person.groups.set([])
        person.is_superuser = True
        person.save()
    client.force_login(made.staff)
    return made


@pytest.mark.parametrize("dimension", DIMENSIONS, ids=BY_KEY)
def test_page_shows_each_figure_that_was_counted(client, world, dimension):
    response = client.get(f"{FIGURES_PAGE}?year={YEAR}&by={dimension.key}")
    line, lines = totals(Period(YEAR), world.staff), breakdown(Period(YEAR), world.staff, dimension).lines
    shown = {chart.figure.key: chart for chart in response.context["charts"]}
    assert list(shown) == [figure.key for figure in FIGURES]
    for figure in FIGURES:
        chart = shown[figure.key]
        assert (chart.whole.now, chart.whole.before) == (figure.of(line.now), figure.of(line.before))
        told = [(bar.name, bar.now, bar.before) for bar in chart.bars]
        counted = [(each.name, figure.of(each.now), figure.of(each.before)) for each in lines]
        assert told == (counted if dimension.key in figure.dimensions else [])
        assert figure.rule in response.content.decode()


def test_longest_bar_is_full_and_last_years_has_the_same_scale(client, world):
    charts = {
        chart.figure.key: chart for chart in client.get(f"{FIGURES_PAGE}?year={YEAR}").context["charts"]
    }
    bars = charts["attendances"].bars
    longest = max(bars, key=lambda bar: bar.now)
    assert longest.now_width == "100.0"
    before = max(bars, key=lambda bar: bar.before)
    assert float(before.before_width) == pytest.approx(100 * before.before / longest.now, abs=0.05)
    rate = charts["attendance_rate"]
    assert {bar.now_width for bar in rate.bars if bar.now is not None} <= {"75.0", "100.0", "0"}
    assert f'width="{longest.now_width}%"' in client.get(f"{FIGURES_PAGE}?year={YEAR}").content.decode()


def test_change_is_said_in_words(client, world):
    charts = {
        chart.figure.key: chart for chart in client.get(f"{FIGURES_PAGE}?year={YEAR}").context["charts"]
    }
    assert charts["sessions"].whole.change == "增 3"
    assert charts["satisfaction"].whole.change == "升 60.0 个百分点"
    of_nothing = client.get(f"{FIGURES_PAGE}?year={YEAR}&first=11&last=11").context["charts"]
    assert [chart.whole.change for chart in of_nothing[:4]] == ["持平", "持平", "持平", ""]


def test_months_left_out_are_the_year_so_far_and_all_of_another_year(client, world):
    today = moments.at(f"{YEAR}-12-31 12:00").date()
    assert client.get(FIGURES_PAGE).context["period"].first_month == 1
    assert client.get(f"{FIGURES_PAGE}?year={YEAR}").context["period"] == Period(YEAR, 1, MONTHS)
    assert Period.so_far(today) == Period(YEAR)
    assert str(YEAR - 1) in client.get(FIGURES_PAGE).content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("first=6&last=2", "结束的月份不能早于开始的月份"),
        ("year=1990", "年度：请从列表中选择。"),
        ("year=abc", "年度：请从列表中选择。"),
        ("first=0", "从：请从列表中选择。"),
        ("last=13", "到：请从列表中选择。"),
        ("first=", "从：请从列表中选择。"),
        ("by=weather", "没有这种分法"),
        ("year=%00", "年度：请从列表中选择。"),
    ],
)
@pytest.mark.parametrize("page", [FIGURES_PAGE, EXPORT])
def test_months_that_are_none_are_refused_in_words(client, world, page, query, sentence):
    response = client.get(f"{page}?{query}")
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert "charts" not in response.context


def test_unit_sees_its_own_and_nothing_of_the_provinces(client, world):
    client.force_login(world.unit_staff)
    charts = client.get(f"{FIGURES_PAGE}?year={YEAR}").context["charts"]
    assert len(charts) == len(FIGURES) - PROVINCES_OWN
    assert charts[0].whole.now == 1
    names = [cell.value for cell in sheets(client)["按月份"][1]]
    assert "在聘导师（位）" not in names


def test_classes_without_a_word_on_presence_are_pointed_out(client, world):
    response = client.get(f"{FIGURES_PAGE}?year={YEAR}&first=4&last=4")
    assert response.context["unconfirmed"] == 1
    assert "有 1 场已结束的课堂还没有登记导师是否到场" in response.content.decode()


def test_workbook_holds_every_dimension_and_how_it_is_counted(client, world):
    book = sheets(client)
    assert book.sheetnames == [f"按{dimension.name}" for dimension in DIMENSIONS] + ["统计口径"]
    rows = list(book["按月份"].iter_rows(values_only=True))
    line = totals(Period(YEAR), world.staff)
    assert rows[-1][:3] == ("合计（不重复计）", line.now.sessions, line.before.sessions)
    assert [row[1] for row in rows[2:-1]] == [
        each.now.sessions for each in breakdown(Period(YEAR), world.staff, BY_KEY["month"]).lines
    ]
    told = dict(book["统计口径"].iter_rows(min_row=2, values_only=True))
    assert all(told[f"{figure.name}（{figure.unit}）"] == figure.rule for figure in FIGURES)


def sheets(client):
    response = client.get(f"{EXPORT}?year={YEAR}")
    return load_workbook(BytesIO(b"".join(response.streaming_content)))


def covers_of(year: int) -> dict:
    """Return the cover of each chain in the June after, when only the second mentor is appointed."""
    at = moments.at(f"{year + 1}-06-01 12:00")
    return {cover.chain: cover for cover in coverage(Period(year), at, at.date()).covers}


def test_coverage_tells_what_each_chain_has_and_lacks(world):
    first, second, *rest = IndustrialChain.objects.order_by("pk")
    covers = covers_of(YEAR)
    assert len(covers) == len(rest) + 2
    assert (covers[first].mentors, covers[second].mentors) == (0, 1)
    # The one of both chains, of the waiting list, and of the unit.
    assert (covers[first].held, covers[second].held) == (2, 2)
    assert covers[first].coming == 0
    # 4 who booked the one of both chains, 3 of 5 on the waiting list, 3 who booked its mentor.
    assert covers[first].demand == 4 + 3 + 3
    assert all(covers[chain].lacks_mentors and covers[chain].lacks_classes for chain in rest)


def test_coming_class_fills_a_gap_and_a_further_chain_counts_for_its_mentor(world):
    chain = IndustrialChain.objects.order_by("pk")[5]
    offerings.make_session(chains=[chain])
    world.mentors[1].chains.add(chain)
    cover = covers_of(YEAR)[chain]
    assert (cover.coming, cover.mentors, cover.lacks_classes, cover.lacks_mentors) == (1, 1, False, False)


def test_coverage_page_names_what_is_missing(client, world):
    page = client.get(f"{COVERAGE}?year={YEAR}").content.decode()
    chain = IndustrialChain.objects.order_by("pk")[5]
    assert "没有办过、也没有排课堂的产业链（18）" in page
    assert chain.short_name in page


def test_pages_cost_the_same_for_one_month_and_twelve(client, world):
    def cost(page: str, months: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{page}?year={YEAR}&{months}").status_code == 200
        return len(queries)

    for page in (FIGURES_PAGE, COVERAGE):
        cost(page, "")
        assert cost(page, "first=3&last=3") == cost(page, "first=1&last=12")


def test_first_page_has_the_year_so_far_and_leads_to_all_of_it(client, world):
    response = client.get(reverse("admin:index"))
    assert [pair.figure.key for pair in response.context["pairs"]] == [figure.key for figure in FIGURES]
    assert FIGURES_PAGE in response.content.decode()
    assert "还没有导师的产业链" in response.content.decode()
