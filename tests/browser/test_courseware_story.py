"""A mentor uploads courseware in a real browser, sees how far it is, calls it off, and is refused kindly."""

import pytest

from classrooms.models import Courseware
from tests import courseware as made
from tests import documents

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MEGABYTE = 1024 * 1024
# So many bytes a second, at which a file of some megabytes takes a few seconds.
SLOW = 600 * 1024


@pytest.fixture
def session(scene):
    return made.finished_class(scene.people["mentor"].mentor, days_ago=6)


@pytest.fixture
def visitor(scene, visit, session):
    visitor = visit(person=scene.people["mentor"])
    visitor.open(f"/classes/courseware/new/?session={session.pk}")
    return visitor


@pytest.fixture
def slow_down(visitor):
    """``slow_down(bytes_a_second)``: how fast the visitor's browser sends, -1 as fast as it can."""
    client = visitor.context.new_cdp_session(visitor.page)
    client.send("Network.enable")

    def set_speed(bytes_a_second=SLOW):
        speeds = {"downloadThroughput": -1, "uploadThroughput": bytes_a_second}
        client.send("Network.emulateNetworkConditions", {"offline": False, "latency": 0, **speeds})

    return set_speed


def large_document(tmp_path, megabytes=3):
    """A Word document with a photo of noise, which nothing makes smaller."""
    path = tmp_path / "讲义.docx"
    path.write_bytes(made.large_document(megabytes * MEGABYTE))
    return path


def fill_in(visitor, file, title="面试前的三天"):
    visitor.page.get_by_label("标题").fill(title)
    visitor.page.locator("input[type=file]").set_input_files(file)
    visitor.page.get_by_label("所有人").check()
    visitor.page.get_by_label("版本说明").fill("第一次上传")
    visitor.page.get_by_label("我声明").check()


def own(session):
    return Courseware.objects.filter(session=session)


def test_mentor_uploads_with_a_progress_bar(visitor, session, slow_down, tmp_path):
    visitor.sees("视频不超过")
    fill_in(visitor, large_document(tmp_path))
    slow_down()
    bar = visitor.page.get_by_role("progressbar", name="上传进度")
    assert not bar.is_visible()
    visitor.page.evaluate(
        """() => {
          window.seen = [];
          const bar = document.querySelector("progress");
          const told = document.querySelector("[data-upload-told]");
          new MutationObserver(() => window.seen.push([bar.value, told.textContent]))
            .observe(told, { childList: true, characterData: true, subtree: true });
          const keep = () => sessionStorage.setItem("seen", JSON.stringify(window.seen));
          window.addEventListener("pagehide", keep);
        }"""
    )
    visitor.tap_button("上传课件")
    bar.wait_for()
    assert visitor.page.get_by_role("button", name="上传课件").is_disabled()
    visitor.sees("课件已上传")
    kept = own(session).get()
    visitor.comes_to(kept.get_absolute_url())
    assert (kept.title, kept.audience, kept.current.note) == ("面试前的三天", "public", "第一次上传")
    seen = visitor.page.evaluate("JSON.parse(sessionStorage.getItem('seen'))")
    between = [value for value, words in seen if words.startswith("已上传") and 0 < value < 100]
    assert len(between) >= 3, seen
    assert between == sorted(between)


def test_upload_called_off_leaves_nothing_and_can_be_sent_again(visitor, session, slow_down, tmp_path):
    fill_in(visitor, large_document(tmp_path))
    slow_down(SLOW // 4)
    visitor.tap_button("上传课件")
    visitor.tap_button("取消上传")
    visitor.sees("已取消，文件没有保存")
    # htmx writes a line about each request that is called off.
    visitor.complaints = [each for each in visitor.complaints if "console: htmx:" not in each]
    assert not own(session).exists()
    slow_down(-1)
    visitor.tap_button("上传课件")
    visitor.sees("课件已上传")
    assert own(session).count() == 1


def test_refused_file_keeps_what_was_typed(visitor, session, tmp_path):
    wrong = tmp_path / "讲义.pdf"
    wrong.write_bytes(documents.EXE)
    fill_in(visitor, wrong, title="我的讲义")
    visitor.tap_button("上传课件")
    visitor.sees("没有上传")
    assert visitor.page.get_by_label("标题").input_value() == "我的讲义"
    assert visitor.page.get_by_label("版本说明").input_value() == "第一次上传"
    assert visitor.page.get_by_label("所有人").is_checked()
    assert visitor.page.get_by_label("我声明").is_checked()
    assert not own(session).exists()
    right = tmp_path / "板书.png"
    right.write_bytes(documents.picture("PNG"))
    visitor.page.locator("input[type=file]").set_input_files(right)
    visitor.tap_button("上传课件")
    visitor.sees("课件已上传")


def test_chosen_file_stays_when_something_else_was_wrong(visitor, session, tmp_path):
    fill_in(visitor, large_document(tmp_path, megabytes=1), title="")
    visitor.tap_button("上传课件")
    visitor.sees("请填写课件标题")
    visitor.page.get_by_label("标题").fill("面试前的三天")
    visitor.tap_button("上传课件")
    visitor.sees("课件已上传")
    assert own(session).count() == 1


def test_too_large_file_is_said_before_it_is_sent(visitor, session, tmp_path):
    visitor.page.evaluate("document.querySelector('input[type=file]').dataset.mostMb = '1'")
    fill_in(visitor, large_document(tmp_path, megabytes=2))
    visitor.sees("超过 1 MB")
    visitor.tap_button("上传课件")
    assert not visitor.page.get_by_role("progressbar").is_visible()
    assert not own(session).exists()


def test_upload_without_scripts(scene, visit, session, tmp_path):
    visitor = visit(person=scene.people["mentor"], javascript=False)
    visitor.open(f"/classes/courseware/new/?session={session.pk}")
    fill_in(visitor, large_document(tmp_path, megabytes=1))
    visitor.tap_button("上传课件")
    visitor.sees("课件已上传")
    assert own(session).count() == 1


def test_who_attended_likes_the_mentor_and_takes_it_back(scene, visit):
    mentor = scene.people["mentor"].mentor
    visitor = visit(person=scene.owner)
    visitor.open(f"/mentors/{mentor.pk}/")
    visitor.tap_button("点赞")
    visitor.sees("您已点赞")
    assert mentor.likes.filter(person=scene.owner).count() == 1
    assert visitor.button("点赞").get_attribute("aria-pressed") == "true"
    visitor.tap_button("点赞")
    visitor.sees("参加过的求职者可以点赞")
    assert not mentor.likes.filter(person=scene.owner).exists()


def test_who_did_not_attend_is_told_why_beside_the_button(scene, visit):
    mentor = scene.people["mentor"].mentor
    for javascript in (True, False):
        visitor = visit(person=scene.people["paused"], javascript=javascript)
        visitor.open(f"/mentors/{mentor.pk}/")
        visitor.tap_button("点赞")
        visitor.sees("您还没有参加过周建国导师的课堂或咨询")
