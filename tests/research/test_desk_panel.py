"""What a mentor's desk shows of research, and what it costs."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentor_portal import portal_settings
from research.selectors import desk_panel
from tests import moments, trips

pytestmark = pytest.mark.django_db
MOST = 10


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


def panel_of(mentor):
    return desk_panel(mentor, timezone.now())


def test_panel_of_a_mentor_who_has_done_nothing_is_empty(mentor):
    panel = panel_of(mentor)
    assert (panel.to_do_count, panel.own_trips, panel.open_trips) == (0, [], [])
    assert "/research/reports/new/" in render_to_string("research/partials/desk_panel.html", {"panel": panel})


def test_panel_tells_own_trips_from_those_to_sign_up_for(mentor, staff):
    own, waiting, free = (
        trips.trip(staff, title=title, starts_at=moments.in_days(days))
        for title, days in (("有名额", 10), ("候补", 11), ("可报名", 12))
    )
    trips.trip(staff, title="已截止", starts_at=moments.in_days(13), booking_closes_at=timezone.now())
    trips.draft_trip(staff, title="草稿", starts_at=moments.in_days(14))
    trips.hold(waiting, trips.make_mentors(6))
    trips.hold(own, [mentor])
    trips.hold(waiting, [mentor])
    panel = panel_of(mentor)
    assert [(card.title, card.mine) for card in panel.own_trips] == [
        ("有名额", "已报名"),
        ("候补", "候补第 1 位"),
    ]
    assert [card.pk for card in panel.open_trips] == [free.pk]


def test_panel_names_reports_to_write_and_to_amend(mentor, staff):
    unwritten = trips.attended(staff, [mentor], days_ago=3, title="还没写")
    begun = trips.attended(staff, [mentor], days_ago=4)
    trips.report(mentor, begun, title="在写")
    trips.returned(mentor, staff, title="退回的")
    trips.submitted(mentor, title="交了")
    panel = panel_of(mentor)
    assert [prompt.url for prompt in panel.prompts] == [f"/research/reports/new/?trip={unwritten.pk}"]
    assert [line.title for line in panel.drafts] == ["在写"]
    assert [(line.title, line.comment) for line in panel.returned] == [("退回的", "请补充薪酬情况")]
    assert panel.to_do_count == 3
    shown = render_to_string(
        "research/partials/desk_panel.html", {"panel": panel, "user": mentor.user, "is_mentor": True}
    )
    assert "写报告：还没写" in shown and "去修改：退回的" in shown


def test_panel_costs_the_same_with_one_of_each_and_with_many(mentor, staff):
    def grow(many, first):
        for number in range(first, first + many):
            own = trips.trip(staff, starts_at=moments.in_days(10 + number))
            trips.hold(own, [mentor])
            trips.trip(staff, starts_at=moments.in_days(10 + number))
            trips.attended(staff, [mentor], days_ago=3 + number)
            trips.report(mentor)
            trips.returned(mentor, staff)

    def cost():
        portal_settings.forget()
        with CaptureQueriesContext(connection) as queries:
            panel_of(mentor)
        return len(queries)

    grow(1, 0)
    few = cost()
    grow(6, 1)
    assert cost() == few <= MOST
