"""A mentor offers a topic on a phone 390 px wide: one typed line, few taps, and nothing is lost."""

import pytest

from classrooms.models import TopicApplication
from classrooms.rules import DayPart
from mentor_portal.wording import day as day_in_words
from tests import topics

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
State = TopicApplication.State
TITLE = "焊接岗位的简历怎么写"


def chosen():
    """Half-days of this week, counted from the day on which the test runs."""
    return [
        topics.half_day(1, DayPart.MORNING),
        topics.half_day(3, DayPart.EVENING),
        topics.half_day(6, DayPart.AFTERNOON),
    ]


def cell(visitor, half_day):
    return visitor.page.get_by_role("checkbox", name=f"{day_in_words(half_day.day)} {half_day.part.word}")


def come_to_the_form(visitor):
    """From the front page by 我的 and the desk."""
    visitor.open("/")
    visitor.tap(visitor.page.locator(".tabbar").get_by_role("link", name="我的"))
    visitor.tap_link("我的工作台")
    visitor.comes_to("/me/desk/")
    visitor.tap_link("申报主题")
    visitor.comes_to("/classes/topics/new/")


def write_the_title(visitor, title=TITLE):
    field = visitor.page.get_by_label("主题")
    visitor.tap(field)
    field.type(title)


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_topic_is_offered_with_one_typed_line_and_at_most_ten_taps(scene, visit, javascript):
    person = scene.people["new mentor"]
    visitor = visit(person=person, javascript=javascript)
    come_to_the_form(visitor)
    write_the_title(visitor)
    for half_day in chosen():
        visitor.tap(cell(visitor, half_day))
    visitor.tap_button("提交申报")
    visitor.sees("已提交")
    visitor.sees("待审核")
    topic = TopicApplication.objects.get(mentor__user=person)
    assert (topic.state, topic.title, topic.half_days) == (State.SUBMITTED, TITLE, chosen())
    assert list(topic.chains.all()) == [person.mentor.primary_chain]
    assert visitor.taps <= 10


def test_draft_is_kept_while_it_is_written_and_is_there_when_one_comes_back(scene, visit):
    person = scene.people["new mentor"]
    visitor = visit(person=person)
    come_to_the_form(visitor)
    write_the_title(visitor, "焊接岗位")
    visitor.sees("草稿已保存")
    visitor.tap(cell(visitor, chosen()[0]))
    visitor.sees("已选 1")
    wait_until_kept(visitor, person, "焊接岗位", chosen()[:1])
    visitor.open("/me/desk/")
    visitor.tap_link("继续填写：焊接岗位")
    assert visitor.page.get_by_label("主题").input_value() == "焊接岗位"
    assert cell(visitor, chosen()[0]).is_checked()


def test_page_that_is_loaded_again_shows_the_draft(scene, visit):
    person = scene.people["new mentor"]
    visitor = visit(person=person)
    visitor.open("/classes/topics/new/")
    write_the_title(visitor)
    visitor.sees("草稿已保存")
    visitor.page.reload()
    assert visitor.page.get_by_label("主题").input_value() == TITLE
    assert TopicApplication.objects.filter(mentor__user=person).count() == 1


def wait_until_kept(visitor, person, title, half_days):
    """Wait for the last of the saves to be in the database, at most some seconds."""
    for _ in range(50):
        draft = TopicApplication.objects.get(mentor__user=person)
        if (draft.title, draft.half_days) == (title, half_days):
            return
        visitor.page.wait_for_timeout(100)
    raise AssertionError(f"kept was {draft.title}, {draft.half_days}")


def test_draft_is_saved_and_gone_on_with_without_scripts(scene, visit):
    person = scene.people["new mentor"]
    visitor = visit(person=person, javascript=False)
    visitor.open("/classes/topics/new/")
    visitor.tap_button("存草稿")
    visitor.sees("草稿已保存")
    visitor.tap_link("继续填写")
    write_the_title(visitor)
    visitor.tap(visitor.page.locator(".half-days summary").nth(1))
    later = topics.half_day(9)
    visitor.tap(cell(visitor, later))
    visitor.tap_button("提交申报")
    visitor.sees("已提交")
    assert TopicApplication.objects.get(mentor__user=person).half_days == [later]


def test_placement_is_accepted_from_the_desk_in_one_tap(scene, visit):
    visitor = visit(person=scene.people["mentor"])
    visitor.open("/me/desk/")
    visitor.tap_button(f"接受：{scene.sessions['proposed'].title}")
    visitor.sees("您已接受")
    assert visitor.taps == 1


def test_grid_is_tapped_by_keyboard_too(scene, visit):
    visitor = visit(person=scene.people["new mentor"], width=1440)
    visitor.open("/classes/topics/new/")
    first = cell(visitor, chosen()[0])
    first.focus()
    visitor.page.keyboard.press("Space")
    assert first.is_checked()
    visitor.sees("已选 1")
