"""推荐优秀课件: a mentor nominates the own courseware, takes it back, and reads how it stands."""

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation import services
from evaluation.models import CoursewareEntry, EvaluationYear
from tests import courseware, offerings, panel

pytestmark = pytest.mark.django_db
PAGE = reverse("evaluation:nominations")
State = CoursewareEntry.State


@pytest.fixture
def year():
    return panel.this_year()


@pytest.fixture
def mentor(client, year, mentor_user):
    client.force_login(mentor_user)
    return mentor_user.mentor


@pytest.fixture
def made(mentor):
    return panel.make_courseware(mentor)


def press(client, made, act):
    return client.post(PAGE, {"courseware": made.pk, "act": act}, follow=True)


def words(page) -> str:
    return page.content.decode()


def test_mentor_nominates_and_takes_back(client, made):
    assert "没有推荐" in words(client.get(PAGE))
    assert "已推荐，确认结果" in words(press(client, made, "nominate"))
    press(client, made, "nominate")
    assert CoursewareEntry.objects.get().state == State.NOMINATED
    page = words(press(client, made, "withdraw"))
    assert "推荐已撤回" in page
    assert 'value="nominate"' in page
    assert CoursewareEntry.objects.get().state == State.WITHDRAWN


def test_what_staff_decided_is_told_with_the_reason(client, made, mentor, staff):
    entry = panel.nominated(staff, mentor)
    services.decline_entry(entry=entry, reason="内容与主题不符", by=staff, at=timezone.now())
    panel.entered(made, staff)
    page = words(client.get(PAGE))
    assert "内容与主题不符" in page
    assert "参评" in page
    assert "<form" not in page.split("<h1>")[1].split("</main>")[0]


def test_what_hinders_is_told(client, made):
    made.versions.all().delete()
    page = words(client.get(PAGE))
    assert "还没有上传文件" in page
    assert 'value="nominate"' not in page


def test_text_that_names_the_author_is_told_where_authors_are_hidden(client, made, mentor, year):
    assert "姓名或单位，评审专家会看到" not in words(client.get(PAGE))
    courseware.version(made, f"我是{mentor.name}，今天讲面试。")
    assert "姓名或单位，评审专家会看到" in words(client.get(PAGE))
    EvaluationYear.objects.filter(pk=year.pk).update(hides_authors=False)
    assert "姓名或单位，评审专家会看到" not in words(client.get(PAGE))


def test_nothing_is_nominated_once_judging_has_begun(client, made, year):
    panel.judging(year)
    assert "推荐已经截止" in words(client.get(PAGE))
    assert "评审团和参评课件不能再改动" in words(press(client, made, "nominate"))
    assert not CoursewareEntry.objects.exists()


@pytest.mark.parametrize("sent", ["", "x", "999999999", "9" * 30])
def test_courseware_that_is_not_there_is_not_found(client, mentor, sent):
    assert client.post(PAGE, {"courseware": sent, "act": "nominate"}).status_code == 404


def test_courseware_of_another_is_not_there(client, mentor):
    foreign = panel.make_courseware(offerings.make_mentor("李敏"))
    assert foreign.title not in words(client.get(PAGE))
    assert press(client, foreign, "nominate").status_code == 404


def test_nothing_to_take_back_is_not_found(client, made):
    assert press(client, made, "withdraw").status_code == 404


def test_page_without_courseware_or_without_a_year_says_what_to_do(client, mentor, year):
    assert "上传课件之后就可以在这里推荐" in words(client.get(PAGE))
    EvaluationYear.objects.filter(pk=year.pk).update(year=year.year + 1)
    assert "本年度的评选还没有开始" in words(client.get(PAGE))


def test_desk_leads_there_and_to_the_sheets_of_a_mentor_who_judges(client, mentor, staff):
    desk = reverse("home:mentor-desk")
    assert f'href="{PAGE}"' in words(client.get(desk))
    assert reverse("judging:sheet-list") not in words(client.get(desk))
    mentor.user.is_judge = True
    mentor.user.save(update_fields=["is_judge"])
    panel.sheet_of(staff, panel.appointed(mentor.user, panel.this_year(), staff))
    assert "评审（1 份待评）" in words(client.get(desk))


def test_who_is_no_mentor_gets_nowhere(client, job_seeker, year):
    client.force_login(job_seeker)
    assert client.get(PAGE).status_code == 404
