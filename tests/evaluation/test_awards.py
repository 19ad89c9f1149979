"""The public pages of the 两优: what is shown in 公示 and in 定稿, and nothing before."""

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation import services
from evaluation.models import EvaluationYear
from tests import offerings, panel, year_end

pytestmark = pytest.mark.django_db
Stage = EvaluationYear.Stage
LIST = reverse("awards:year-list")


@pytest.fixture
def year() -> EvaluationYear:
    return year_end.year_of(timezone.localdate().year)


@pytest.fixture
def mentors() -> list:
    return [offerings.make_mentor(name=name) for name in ("周建国", "李慧芳", "陈思远", "王海燕")]


def page_of(year: EvaluationYear) -> str:
    return reverse("awards:year-detail", args=[year.year])


def read(client, year: EvaluationYear) -> str:
    return client.get(page_of(year)).content.decode()


@pytest.mark.parametrize("stage", [Stage.PREPARATION, Stage.JUDGING, Stage.COMPUTING, Stage.REVIEW])
def test_year_before_its_result_is_shown_is_not_there(client, year, mentors, stage):
    year_end.in_stage(year, stage)
    year_end.done_run(year, [(mentors[0], "59.02")], is_result=True)
    assert client.get(page_of(year)).status_code == 404
    words = client.get(LIST).content.decode()
    assert "还没有公布的评选结果" in words
    assert f"{year.year} 年度</span>" not in words


def test_no_such_year_is_not_there(client):
    assert client.get("/awards/1999/").status_code == 404
    assert client.get(f"/awards/{10**30}/").status_code == 404


def test_names_within_the_places_are_shown_with_ranks_and_no_scores(client, year, mentors):
    year.mentor_awards = 2
    year.save()
    totals = ["59.02", "70.5", "59.02", "40"]
    entry = year_end.entered(panel.make_courseware(mentors[3], title="面试中的表达"))
    year_end.shown(year, list(zip(mentors, totals, strict=True)), courseware=[(entry, "88.25", 1)])
    result = client.get(page_of(year)).context["result"]
    assert [(each.winner.rank, each.winner.mentor.name, each.is_shared) for each in result.mentors] == [
        (1, "李慧芳", False),
        (2, "周建国", True),
        (2, "陈思远", True),
    ]
    words = read(client, year)
    assert "拟入选名单" in words
    assert "面试中的表达" in words
    assert "王海燕 · 湖南某装备制造企业" in words
    assert "并列" in words
    for score in ("59.02", "70.5", "88.25"):
        assert score not in words


def test_page_says_until_when_and_how_to_object(client, year):
    year_end.shown(year)
    words = read(client, year)
    assert "公示 5 个工作日" in words
    assert "24:00 截止" in words
    assert reverse("awards:objection-create", args=[year.year]) in words
    assert "公示中" in client.get(LIST).content.decode()


def test_page_says_that_the_days_are_over(client, year):
    year_end.shown(year)
    EvaluationYear.objects.update(objections_until=timezone.now())
    words = read(client, year)
    assert "公示期已满" in words
    assert reverse("awards:objection-create", args=[year.year]) not in words


def test_correction_is_told_and_shows_the_other_run(client, staff, year, mentors):
    year_end.shown(year, [(mentors[0], "50")])
    assert "更正过" not in read(client, year)
    better = year_end.done_run(year, [(mentors[1], "60")])
    services.choose_result(run=better, by=staff, at=timezone.now(), reason="漏计一次课")
    words = read(client, year)
    assert "更正过" in words
    assert "漏计" not in words
    assert "李慧芳" in words
    assert "周建国" not in words


def test_final_page_has_the_awards_and_stays_as_it_was(client, year, mentors):
    entry = year_end.entered(panel.make_courseware(mentors[1], title="面试中的表达"))
    run = year_end.shown(year, [(mentors[0], "50"), (mentors[1], "40")], courseware=[(entry, "90", 1)])
    year_end.made_final(year)
    run.cards.all().delete()
    words = read(client, year)
    assert "年度两优评选结果" in words
    assert "拟入选" not in words
    assert words.index("面试中的表达") < words.index("周建国")
    assert "提出异议" not in words
    listed = client.get(LIST).content.decode()
    assert "优秀课件 1 件 · 优秀职业导师 2 位" in listed


def test_list_without_anybody_says_so(client, year):
    year_end.shown(year)
    words = read(client, year)
    assert "没有入选的优秀课件" in words
    assert "没有入选的优秀职业导师" in words


def test_links_lead_only_where_the_reader_may_go(client, year, mentor_user, mentors):
    """A mentor who is not in the directory and courseware of the staff alone are named without a link."""
    listed, unlisted = mentor_user.mentor, mentors[0]
    entry = year_end.entered(panel.make_courseware(unlisted))
    year_end.shown(year, [(listed, "50"), (unlisted, "40")], courseware=[(entry, "90", 1)])
    result = client.get(page_of(year)).context["result"]
    address = reverse("mentors:mentor-detail", args=[listed.pk])
    assert [each.mentor_url for each in result.mentors] == [address, ""]
    assert [each.courseware_url for each in result.courseware] == [""]
    client.force_login(unlisted.user)
    [work] = client.get(page_of(year)).context["result"].courseware
    assert work.courseware_url == entry.courseware.get_absolute_url()


def test_foot_of_every_page_and_the_map_lead_to_the_awards(client):
    assert f'href="{LIST}"' in client.get(reverse("home:terms")).content.decode()
    assert client.get(reverse("home:sitemap")).content.decode().count(f'href="{LIST}"') == 2


def test_mentor_is_led_to_the_own_card_and_others_are_not(client, year, mentors):
    year_end.shown(year)
    card = f"{reverse('evaluation:own-card')}?year={year.year}"
    assert card not in read(client, year)
    client.force_login(mentors[0].user)
    assert card in read(client, year)
