"""``manage.py rank_year``: from the records to the ranks, as a table and as JSON."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from evaluation.models import EvaluationYear, RankingRun
from mentors.models import Appointment, Like
from tests import moments, offerings

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> EvaluationYear:
    return EvaluationYear.objects.get()


def appointed(name: str, likes: int, year: EvaluationYear, at: date | None = None):
    """Make a mentor with an appointment in the year and so many likes."""
    mentor = offerings.make_mentor(name=name)
    starts_on = at or date(year.year, 1, 1)
    Appointment.objects.create(
        mentor=mentor, number=f"聘{mentor.pk}", starts_on=starts_on, ends_on=date(year.year + 1, 12, 31)
    )
    Like.objects.bulk_create(
        Like(mentor=mentor, person=person, year=year.year, liked_at=moments.at("2026-05-01 09:00"))
        for person in offerings.make_people(likes)
    )
    return mentor


def ranked(year: int, **options: object) -> str:
    out = StringIO()
    call_command("rank_year", year, stdout=out, **options)
    return out.getvalue()


def test_equal_totals_share_the_rank_and_the_next_one_is_left_out(year):
    for name, likes in (("甲", 1), ("乙", 5), ("丙", 3), ("丁", 3)):
        appointed(name, likes, year)
    appointed("明年", 9, year, at=date(year.year + 1, 1, 1))
    rows = json.loads(ranked(year.year, format="json"))["mentors"]
    found = [(row["rank"], row["name"], row["total"]) for row in rows]
    assert found == [(1, "乙", "0.25"), (2, "丙", "0.15"), (2, "丁", "0.15"), (4, "甲", "0.05")]


def test_json_has_every_line_as_text(year):
    mentor = appointed("甲", 2, year)
    document = json.loads(ranked(year.year, format="json"))
    [row] = document["mentors"]
    assert document["digest"] == RankingRun.objects.get(number=document["run"]).digest
    assert row["mentor"] == mentor.pk
    assert (row["rank"], row["name"], row["total"]) == (1, "甲", "0.10")
    assert row["is_below_baseline"]
    assert len(row["lines"]) == 11
    assert row["lines"]["likes"] == "0.10"


def test_table_has_a_line_for_each_mentor(year):
    appointed("周建国", 2, year)
    appointed("李慧芳", 4, year)
    head, first, second = ranked(year.year).splitlines()
    assert head.split()[:3] == ["名次", "姓名", "合计"]
    assert first.split()[:3] == ["1", "李慧芳", "0.20"]
    assert second.split()[:3] == ["2", "周建国", "0.10"]


def test_year_without_mentors_prints_its_head_alone(year):
    assert len(ranked(year.year).splitlines()) == 1
    assert json.loads(ranked(year.year, format="json"))["mentors"] == []


def test_year_that_was_not_opened_is_refused_with_those_that_were(year):
    with pytest.raises(CommandError, match="1999 年度还没有建立；已建立的有：2026"):
        ranked(1999)


def test_run_from_the_shell_is_a_draft(year):
    ranked(year.year)
    run = RankingRun.objects.get()
    assert (run.state, run.is_draft, run.started_by) == (RankingRun.State.DONE, True, None)


def test_run_that_fails_is_said_and_shows_nothing(year, monkeypatch):
    appointed("甲", 1, year)
    monkeypatch.setattr("evaluation.services.run_work.MOST_TRIES", 0)
    with pytest.raises(CommandError, match="第 1 段计算了 0 次都没有完成"):
        ranked(year.year)
