"""The staff's pages about courseware and what it resembles."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from classrooms import services
from classrooms.models import Courseware, SimilarPair
from mentor_portal.home.roles import UNIT_GROUP
from mentor_portal.notifications.models import Message
from tests import courseware, offerings
from tests.scene import unit

pytestmark = pytest.mark.django_db
COURSEWARE = reverse("admin:classrooms_courseware_changelist")
PAIRS = reverse("admin:classrooms_similarpair_changelist")
SESSIONS = reverse("admin:classrooms_classsession_changelist")
State = SimilarPair.State


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


def page_of(pair):
    return reverse("admin:classrooms_similarpair_change", args=[pair.pk])


def listed(client, path):
    return list(client.get(path).context["cl"].queryset)


def act(client, pair, act, words="三分之二的内容相同"):
    return client.post(page_of(pair), {"act": act, "words": words})


def queues(client):
    return {queue.word: queue for queue in client.get(reverse("admin:index")).context["queues"]}


def test_courseware_is_listed_with_its_newest_version_and_how_it_stands(client, staff, mentor):
    made = courseware.kept(mentor)
    courseware.version(made, courseware.OTHER_TEXT)
    client.force_login(staff)
    page = client.get(COURSEWARE).content.decode()
    assert "第 2 版" in page
    assert "已读取" in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"公开的", "抄来的", "撤下的", "原来的"}),
        ("?audience__exact=public", {"公开的"}),
        ("?standing=withdrawn", {"撤下的"}),
        ("?standing=plagiarised", {"抄来的"}),
        ("?standing=standing", {"公开的", "抄来的", "原来的"}),
        ("?year=2000", set()),
        ("?category={category}", {"公开的", "抄来的", "撤下的", "原来的"}),
        ("?category=999999", set()),
        ("?q=抄来", {"抄来的"}),
    ],
)
def test_courseware_is_found_by_year_audience_category_and_standing(client, staff, mentor, query, titles):
    courseware.kept(mentor, text="", title="公开的", audience=Courseware.Audience.PUBLIC)
    gone = courseware.kept(mentor, text="", title="撤下的")
    services.withdraw_courseware(courseware=gone, by=mentor.user, at=timezone.now())
    pair = courseware.answered(mentor, staff)
    services.confirm_pair(pair=pair, reason="相同", by=staff, at=timezone.now())
    Courseware.objects.filter(pk=pair.version.courseware_id).update(title="抄来的")
    Courseware.objects.filter(pk=pair.earlier.courseware_id).update(title="原来的")
    client.force_login(staff)
    query = query.format(category=gone.session.category_id)
    assert {made.title for made in listed(client, COURSEWARE + query)} == titles


def test_unit_sees_the_courseware_of_its_own_classes_alone(client, unit_staff, mentor):
    session = courseware.finished_class(mentor, host_unit=unit())
    own, foreign = courseware.kept(mentor, session=session), courseware.kept(mentor)
    client.force_login(unit_staff)
    assert listed(client, COURSEWARE) == [own]
    assert client.get(reverse("admin:classrooms_courseware_change", args=[own.pk])).status_code == 200
    assert client.get(reverse("admin:classrooms_courseware_change", args=[foreign.pk])).status_code == 404


def test_courseware_shows_its_versions_to_be_taken_along_and_to_the_province_what_it_resembles(
    client, staff, unit_staff, mentor
):
    session = courseware.finished_class(mentor, host_unit=unit())
    courseware.kept(offerings.make_mentor("李敏"), at=timezone.now() - timedelta(days=1))
    made = courseware.kept(mentor, courseware.COPY, session=session)
    [pair] = courseware.compared(made)
    address = reverse("admin:classrooms_courseware_change", args=[made.pk])
    client.force_login(staff)
    page = client.get(address).content.decode()
    assert made.versions.get().get_absolute_url() in page
    assert page_of(pair) in page
    client.force_login(unit_staff)
    assert page_of(pair) not in client.get(address).content.decode()


def test_pairs_that_wait_are_listed_unseen_ones_first_and_the_most_alike_first(client, staff, mentor):
    pair = courseware.answered(mentor, staff)
    earlier = pair.earlier
    made = [courseware.kept(offerings.make_mentor()).versions.get() for _each in range(3)]
    less, more, decided = (
        courseware.found(version, earlier, likeness)
        for version, likeness in zip(made, ("0.5", "0.9", "0.99"), strict=True)
    )
    services.dismiss_pair(pair=decided, reason="引用", by=staff, at=timezone.now())
    client.force_login(staff)
    assert listed(client, PAIRS) == [more, less, pair]
    assert listed(client, f"{PAIRS}?state=dismissed") == [decided]
    assert listed(client, f"{PAIRS}?state=all") == [more, less, pair, decided]
    assert queues(client)["待查看的相似课件"].count == 3


def test_asked_pair_waits_for_the_mentor_until_the_time_has_passed(client, staff, mentor):
    pair = courseware.asked(mentor, staff)
    client.force_login(staff)
    assert listed(client, PAIRS) == []
    SimilarPair.objects.update(answer_due_at=timezone.now())
    assert listed(client, PAIRS) == [pair]


def test_two_texts_stand_side_by_side_with_what_both_say_marked(client, staff, mentor):
    pair = courseware.pair(mentor)
    client.force_login(staff)
    page = client.get(page_of(pair)).content.decode()
    marked = "".join(re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL))
    copied = set(courseware.TEXT.splitlines()) & set(courseware.COPY.splitlines())
    assert sum(line.rstrip("。") in marked for line in copied) > len(copied) / 2
    assert 'name="act" value="confirm"' not in page
    assert "李敏" in page and "周建国" in page


def test_two_who_gave_one_class_are_said_to_have_done_so(client, staff, mentor):
    pair = courseware.pair(mentor)
    client.force_login(staff)
    assert "属于同一堂课" not in client.get(page_of(pair)).content.decode()
    Courseware.objects.update(session=pair.version.courseware.session)
    assert "属于同一堂课" in client.get(page_of(pair)).content.decode()


def test_text_that_names_markup_is_shown_as_it_is(client, staff, mentor):
    text = "<script>alert(1)</script>" + courseware.TEXT
    courseware.kept(offerings.make_mentor("李敏"), text, timezone.now() - timedelta(days=1))
    [pair] = courseware.compared(courseware.kept(mentor, text))
    client.force_login(staff)
    page = client.get(page_of(pair)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;" in page


def test_staff_ask_then_read_the_answer_then_confirm(client, staff, mentor):
    pair = courseware.pair(mentor)
    client.force_login(staff)
    assert act(client, pair, "confirm").status_code == 200
    assert act(client, pair, "ask", "第二部分从何而来？").status_code == 302
    pair.refresh_from_db()
    assert (pair.state, pair.question) == (State.ASKED, "第二部分从何而来？")
    services.answer_pair(pair=pair, answer="我自己写的", by=mentor.user, at=timezone.now())
    page = client.get(page_of(pair)).content.decode()
    assert "我自己写的" in page
    assert 'name="act" value="confirm"' in page
    assert act(client, pair, "confirm").status_code == 302
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == (State.CONFIRMED, staff)
    assert Message.objects.filter(kind="plagiarism_confirmed", person=mentor.user).exists()


def test_after_a_decision_the_next_pair_is_shown(client, staff, mentor):
    pair = courseware.pair(mentor)
    other = courseware.pair(offerings.make_mentor("王强"), original=courseware.ORIGINALS[1])
    client.force_login(staff)
    assert act(client, pair, "dismiss").url == page_of(other)
    assert act(client, other, "dismiss").url == PAIRS


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"act": "dismiss", "words": " "}, "请写明认定理由"),
        ({"act": "ask", "words": ""}, "请写明需要导师说明什么"),
        ({"act": "confirm", "words": "相同"}, "请先请导师说明"),
        ({"act": "", "words": "相同"}, "请选择如何处理"),
    ],
)
def test_what_is_refused_stands_on_the_page_with_what_was_written(client, staff, mentor, fields, said):
    pair = courseware.pair(mentor)
    client.force_login(staff)
    page = client.post(page_of(pair), fields).content.decode()
    assert said in page
    assert fields["words"].strip() in page
    pair.refresh_from_db()
    assert pair.state == State.FOUND


def test_colleague_who_was_first_is_named(client, staff, mentor):
    pair = courseware.pair(mentor)
    services.dismiss_pair(pair=pair, reason="引用了同一份文件", by=staff, at=timezone.now())
    client.force_login(staff)
    page = act(client, pair, "confirm").content.decode()
    assert "中心小王于" in page
    assert "您写的内容没有发出：三分之二的内容相同" in page


def test_unit_looks_at_no_pairs_whatever_its_groups_say(client, unit_staff, staff, mentor):
    pair = courseware.pair(mentor)
    unit_staff.groups.add(*staff.groups.all())
    assert unit_staff.groups.filter(name=UNIT_GROUP).exists()
    client.force_login(unit_staff)
    assert client.get(PAIRS).status_code == 403
    assert client.get(page_of(pair)).status_code == 403
    assert act(client, pair, "dismiss").status_code == 403
    assert "待查看的相似课件" not in queues(client)


def test_classes_without_courseware_are_counted_and_listed_alike(client, staff, unit_staff, mentor):
    lacking = courseware.finished_class(mentor)
    own = courseware.finished_class(mentor, host_unit=unit())
    courseware.kept(mentor)
    for person, expected in ((staff, {lacking, own}), (unit_staff, {own})):
        client.force_login(person)
        queue = queues(client)["缺课件的课堂"]
        assert queue.count == len(expected)
        assert set(listed(client, queue.url)) == expected
