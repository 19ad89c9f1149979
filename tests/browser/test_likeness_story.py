"""Staff judge a suspicious pair in a real browser: look, ask, read the mentor's answer, decide."""

import pytest

from classrooms.models import Courseware, SimilarPair

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIDE_BY_SIDE = "相同的"


def act(at_work, words: str, button: str) -> None:
    at_work.page.locator("[name=words]").fill(words)
    at_work.tap(at_work.page.get_by_role("button", name=button))


def open_pair(at_work, pair: SimilarPair) -> None:
    """From the staff's first page to the pair, by the queue and the work list."""
    at_work.open("/admin/")
    at_work.tap_link("待查看的相似课件")
    at_work.tap(at_work.page.locator("#result_list").get_by_role("link", name=str(pair.version.courseware)))
    at_work.sees(SIDE_BY_SIDE)
    assert at_work.page.locator("mark").count() > 1


def test_staff_judge_a_suspicious_pair_after_the_mentor_was_heard(scene, visit):
    pair = scene.similar["found"]
    title, copier = pair.version.courseware.title, pair.version.courseware.mentor.user
    at_work = visit(person=scene.people["staff"], width=1440)
    open_pair(at_work, pair)
    assert not at_work.page.get_by_role("button", name="认定抄袭").count()
    act(at_work, "案例部分与较早的课件相同，请说明来源。", "请导师说明")
    pair.refresh_from_db()
    assert pair.state == SimilarPair.State.ASKED

    mentor = visit(person=copier)
    mentor.open("/me/desk/")
    mentor.tap(mentor.page.get_by_role("link", name="去说明").first)
    mentor.sees("案例部分与较早的课件相同，请说明来源。")
    mentor.page.get_by_label("您的说明").fill("案例取自公开讲座，忘了注明。")
    mentor.tap_button("提交说明")

    open_pair(at_work, pair)
    at_work.sees("案例取自公开讲座，忘了注明。")
    act(at_work, "", "认定抄袭")
    pair.refresh_from_db()
    assert pair.state == SimilarPair.State.ANSWERED
    act(at_work, "大段文字相同，没有注明出处。", "认定抄袭")
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == (SimilarPair.State.CONFIRMED, scene.people["staff"])
    assert list(Courseware.objects.plagiarised()) == [pair.version.courseware]

    mentor.open("/me/messages/")
    mentor.sees("大段文字相同，没有注明出处")
    assert title in mentor.page.content()
