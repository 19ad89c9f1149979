"""我的得分 of a year that is over: the card of the result as it was kept, and not before it is shown."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation import services
from evaluation.models import EvaluationYear
from mentors.models import Appointment
from tests import judged, offerings, panel, trips, year_end

pytestmark = pytest.mark.django_db
PAGE = reverse("evaluation:own-card")
Stage = EvaluationYear.Stage


@pytest.fixture
def year() -> EvaluationYear:
    return year_end.year_of(timezone.localdate().year)


@pytest.fixture
def mentor(year):
    return judged.appointed(year)


def read(client, mentor, number: object = None):
    client.force_login(mentor.user)
    return client.get(PAGE if number is None else f"{PAGE}?year={number}")


def lines_of(page) -> dict:
    return {row.item.key: row for _, rows in page.context["own"].groups for row in rows}


def test_projection_stays_until_the_result_is_shown(client, mentor, year):
    """No score of the panel is told while the result is still looked at."""
    year_end.in_stage(year, Stage.REVIEW)
    year_end.done_run(year, [(mentor, "59.02")], is_result=True)
    page = read(client, mentor)
    words = page.content.decode()
    assert "到今天为止的预估" in words
    assert "59.02" not in words
    assert "还没有评审打分" in words


def test_card_of_the_result_is_shown_in_the_days_of_objecting(client, mentor, year):
    others = [judged.appointed(year, name) for name in ("李慧芳", "陈思远")]
    year_end.shown(year, [(mentor, "59.02"), (others[0], "70"), (others[1], "59.02")])
    page = read(client, mentor)
    words = page.content.decode()
    assert "公示中的得分" in words
    assert "<strong>59.02</strong> / 110 分" in words
    assert "第 2 名，共 3 位导师" in words
    assert "预估" not in words
    assert f'href="{reverse("awards:year-detail", args=[year.year])}"' in words
    assert lines_of(page)["teaching_skill"].line.points == 4
    assert sum(row.line.points for row in lines_of(page).values()) == Decimal("59.02")


def test_what_a_correction_put_in_its_place_is_shown(client, staff, mentor, year):
    year_end.shown(year, [(mentor, "50")])
    better = year_end.done_run(year, [(mentor, "61.5")])
    services.choose_result(run=better, by=staff, at=timezone.now(), reason="漏计一次课")
    assert "<strong>61.50</strong>" in read(client, mentor).content.decode()


def test_final_card_names_the_awards(client, mentor, year):
    entry = year_end.entered(panel.make_courseware(mentor, title="面试中的表达"))
    year_end.shown(year, [(mentor, "59.02")], courseware=[(entry, "91.45", 1)])
    year_end.made_final(year)
    page = read(client, mentor, year.year)
    words = page.content.decode()
    assert "最终得分" in words
    assert "获评优秀职业导师" in words
    assert "“面试中的表达”获评优秀课件" in words
    [proof] = lines_of(page)["courseware"].proofs
    assert proof.text == "面试中的表达：91.45 分，第 1 名，入选优秀课件"
    assert proof.url == entry.courseware.get_absolute_url()


def test_courseware_that_was_not_ranked_says_why(client, mentor, year):
    entry = year_end.entered(panel.make_courseware(mentor, title="面试中的表达"))
    year_end.shown(year, [(mentor, "20")], courseware=[(entry, None, None)])
    [proof] = lines_of(read(client, mentor))["courseware"].proofs
    assert proof.text == "面试中的表达：已提交的评分表 3 份，没有参加排名"


def test_lines_keep_what_they_were_beside_the_records_of_now(client, staff, mentor, year):
    run = year_end.shown(year, [(mentor, "8.05")])
    card = run.cards.get()
    card.lines["likes"] = {"points": "5.00", "maximum": "5", "uncapped": "6.5", "reason": "点赞 130 个 × 5%"}
    card.save()
    report = trips.accepted(mentor, staff)
    year.items.filter(key="likes").update(maximum=1, name="改过的名称")
    page = read(client, mentor)
    likes, research = lines_of(page)["likes"], lines_of(page)["research"]
    assert (likes.item.name, likes.line.maximum, likes.line.cut_off) == ("点赞量", 5, Decimal("1.50"))
    assert "封顶去掉 1.50 分" in page.content.decode()
    assert research.line.points == 0
    assert [proof.url for proof in research.proofs] == [report.get_absolute_url()]


def test_real_run_is_read_back_whole(client, staff, mentor, year):
    """From the engine's own cards, not from those that tests make."""
    judged.class_sheets(year, mentor, staff, [("3", "2.5", "2")] * 2)
    judged.computing(year, staff)
    run = judged.done(services.start_run(year=year, by=staff, at=timezone.now()))
    services.advance_year(year=year, to=Stage.REVIEW, by=staff, at=timezone.now(), despite_doubts=True)
    services.choose_result(run=run, by=staff, at=timezone.now())
    services.advance_year(year=year, to=Stage.OBJECTIONS, by=staff, at=timezone.now(), despite_doubts=True)
    page = read(client, mentor)
    assert page.context["own"].card.total == run.cards.get().total == Decimal("7.50")
    assert lines_of(page)["class_organisation"].line.reason == "评审平均 2.5 分"
    assert "第 1 名，共 1 位导师" in page.content.decode()


def test_years_with_something_for_the_mentor_can_be_switched_between(client, mentor, year):
    """Of earlier years with a result those in which the mentor was scored, of others those of the terms."""
    scored, unscored, unshown, before = (year_end.year_of(year.year - back) for back in (2, 3, 1, 5))
    mentor.appointments.update(starts_on=date(year.year - 3, 5, 1))
    year_end.shown(scored, [(mentor, "40")])
    year_end.shown(unscored, [(offerings.make_mentor(), "40")])
    year_end.in_stage(unshown, Stage.JUDGING)
    year_end.year_of(year.year + 1)
    page = read(client, mentor)
    assert page.context["years"] == [year.year, unshown.year, scored.year]
    assert f'href="?year={scored.year}"' in page.content.decode()
    assert "到今天为止的预估" in read(client, mentor, unshown.year).content.decode()
    assert "<strong>40.00</strong>" in read(client, mentor, scored.year).content.decode()
    for number in (unscored.year, before.year):
        assert "本年度不参加考核" in read(client, mentor, number).content.decode()


def test_one_year_alone_has_no_switch(client, mentor, year):
    assert read(client, mentor).context["years"] == []


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("1999", "没有这一年度的考核"),
        ("2099", "本年度的考核还没有开始"),
        ("", "到今天为止的预估"),
        ("abc", "到今天为止的预估"),
        ("9" * 30, "到今天为止的预估"),
        ("-1", "到今天为止的预估"),
    ],
)
def test_year_that_is_none_is_told(client, mentor, year, asked, sentence):
    page = read(client, mentor, asked)
    assert page.status_code == 200
    assert sentence in page.content.decode()


def test_next_year_that_is_opened_already_is_none_yet(client, mentor, year):
    year_end.year_of(year.year + 1)
    assert "本年度的考核还没有开始" in read(client, mentor, year.year + 1).content.decode()


def test_term_that_was_revoked_gives_no_card(client, year):
    mentor = judged.appointed(year)
    mentor.appointments.update(state=Appointment.State.REVOKED)
    page = read(client, mentor)
    assert "本年度不参加考核" in page.content.decode()
    assert page.context["years"] == []
