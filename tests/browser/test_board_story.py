"""Ten topics are placed and published on the board in a real browser; then a clash, told in words."""

import pytest

from classrooms.models import ClassSession
from mentor_portal.reservations.models import Offering
from tests import offerings, topics
from tests import scene as scenes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOARD = "/admin/classrooms/topicapplication/board/"
MOST_CLICKS = 31


@pytest.fixture
def people(browser, transactional_db):
    return scenes.make_people()


def offer(count, by):
    """Approve a topic of each of so many mentors, every one with its windows on other days."""
    return [
        topics.approved(
            scenes.make_listed_mentor(person, number),
            by,
            title=f"主题{number}",
            windows=[topics.half_day(3 + number), topics.half_day(20 + number)],
        )
        for number, person in enumerate(offerings.make_people(count), start=1)
    ]


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_ten_topics_are_placed_and_published_in_few_clicks(people, visit, javascript):
    staff = people["staff"]
    venue = offerings.make_venue(name="中心二楼课堂", seats=40)
    ready = offer(10, staff)
    visitor = visit(person=staff, width=1440, javascript=javascript)
    visitor.open(BOARD)
    visitor.tap_link("主题1 ")
    for topic in ready:
        visitor.page.get_by_role("heading", name=topic.title, exact=True).first.wait_for()
        visitor.tap(visitor.page.locator("a.board-use"))
        visitor.tap(visitor.page.get_by_role("button", name="排课", exact=True))
        visitor.sees(f"已排课：“{topic.title}”")
    visitor.sees("已通过的主题都排好了。")
    visitor.tap_button("全部发布")
    visitor.sees("已发布 10 场课堂，求职者可以预约了。")
    assert visitor.taps <= MOST_CLICKS
    published = ClassSession.objects.published().select_related("application", "offering")
    assert {session.application for session in published} == set(ready)
    assert {(each.offering.venue, each.offering.capacity, each.is_outside_windows) for each in published} == {
        (venue, 40, False)
    }
    assert offerings.broken_invariants() == []


def test_clash_is_told_in_words_and_what_was_typed_stays(people, visit):
    """While one thinks, another takes the room."""
    staff = people["staff"]
    venue = offerings.make_venue(name="中心二楼课堂", seats=40)
    mine, theirs = offer(2, staff)
    visitor = visit(person=staff, width=1024)
    visitor.open(f"{BOARD}?topic={mine.pk}")
    visitor.tap(visitor.page.locator("a.board-use"))
    visitor.page.get_by_label("名额").fill("25")
    window = mine.half_days[0]
    topics_window = topics.placement(window, venue=venue)
    offerings.make_draft(title="先到的课", starts_at=topics_window.starts_at, venue=venue)
    visitor.tap(visitor.page.get_by_role("button", name="排课", exact=True))
    visitor.sees("已安排“先到的课”，时间有重叠")
    assert visitor.page.get_by_label("名额").input_value() == "25"
    assert theirs.sessions.count() == mine.sessions.count() == 0
    visitor.page.get_by_label("开始").fill("16:15")
    visitor.page.get_by_label("结束").fill("17:45")
    visitor.tap(visitor.page.get_by_role("button", name="排课", exact=True))
    visitor.sees("已排课：“主题1”")
    assert Offering.objects.get(class_session__application=mine).capacity == 25


def test_keyboard_alone_places_a_topic(people, visit):
    staff = people["staff"]
    offerings.make_venue(name="中心二楼课堂", seats=40)
    [topic] = offer(1, staff)
    visitor = visit(person=staff, width=1440)
    visitor.open(f"{BOARD}?topic={topic.pk}")
    visitor.page.locator("a.board-use").first.focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.get_by_role("button", name="排课", exact=True).wait_for()
    visitor.page.wait_for_function("() => document.activeElement.textContent === '排课'")
    visitor.page.keyboard.press("Enter")
    visitor.sees("已排课：“主题1”")
    assert visitor.taps == 0
