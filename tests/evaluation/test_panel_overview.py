"""The panel of a year on one page: giving out sheets, reminding, who knows whom, how the points lie."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation.models import EvaluationYear, ScoreSheet
from evaluation.rules.severity import severities
from evaluation.selectors.panel import panel_of, spreads_of, ties_of, totals_of
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.models import Hosting
from mentor_portal.reservations.services import note_presence
from tests import courseware, judged, offerings, panel, trips

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return panel.this_year()


@pytest.fixture
def office(client, staff):
    client.force_login(staff)
    return client


def address(year: EvaluationYear) -> str:
    return reverse("admin:evaluation_evaluationyear_panel", args=[year.pk])


def text(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def fresh(year: EvaluationYear) -> EvaluationYear:
    return EvaluationYear.objects.get(pk=year.pk)


# How far a judge is from the others.


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ([], {}),
        ([(1, 7, "80")], {}),
        ([(1, 7, "80"), (2, 7, "90")], {1: ("-10.00", 1), 2: ("10.00", 1)}),
        (
            [(1, 7, "80"), (2, 7, "90"), (3, 7, "85"), (1, 8, "70"), (2, 8, "71")],
            {1: ("-4.25", 2), 2: ("4.25", 2), 3: ("0.00", 1)},
        ),
        ([(1, 7, "80"), (2, 7, "80.01"), (3, 7, "80")], {1: ("-0.01", 1), 2: ("0.01", 1), 3: ("-0.01", 1)}),
    ],
)
def test_severity_is_the_mean_distance_to_the_others(totals, expected):
    found = severities((judge, subject, Decimal(total)) for judge, subject, total in totals)
    assert {key: (str(each.mean), each.count) for key, each in found.items()} == expected


# Giving out and reminding.


def test_staff_see_the_plan_give_out_the_sheets_and_twice_is_once(office, year, staff):
    year.min_judges = 2
    year.save()
    for number in range(2):
        panel.make_judge(year, staff, employer=f"大学{number}")
        panel.confirmed(staff)
    assert "可以新分配 <strong>4</strong> 份：课件 4 份" in text(office.get(address(year)))
    assert "新分配 4 份评分表" in text(office.post(address(year), {"act": "assign"}, follow=True))
    assert "没有要补的" in text(office.post(address(year), {"act": "assign"}, follow=True))
    assert ScoreSheet.objects.count() == 4


def test_what_lacks_judges_is_named_with_the_reasons(office, year, staff):
    mentor = offerings.make_mentor()
    panel.confirmed(staff, mentor)
    colleague = panel.make_judge(year, staff, employer=mentor.employer)
    shown = text(office.get(address(year)))
    assert "0 / 3 人" in shown
    assert f"{colleague}：同单位" in shown
    assert "还有 1 项评审专家不够" in text(office.post(address(year), {"act": "assign"}, follow=True))


def test_one_judge_or_all_who_owe_sheets_are_reminded(office, staff, year):
    late, other = panel.sheet_of(staff), panel.sheet_of(staff)
    panel.give(panel.sheet_of(staff, panel.make_judge(year, staff)))
    one = office.post(address(year), {"act": "nudge", "judge": late.judge_id}, follow=True)
    assert "已提醒 1 位专家" in text(one)
    nudged = Message.objects.filter(kind="evaluation_judge_nudged")
    assert [message.person_id for message in nudged] == [late.judge.person_id]
    everyone = office.post(address(year), {"act": "nudge", "judge": "all"}, follow=True)
    assert "已提醒 2 位专家" in text(everyone)
    assert {message.person_id for message in nudged.all()} == {late.judge.person_id, other.judge.person_id}


@pytest.mark.parametrize("asked", ["", "x", "-1", "999999999", "9" * 40])
def test_reminding_nobody_says_so(office, staff, year, asked):
    panel.sheet_of(staff)
    shown = text(office.post(address(year), {"act": "nudge", "judge": asked}, follow=True))
    assert "没有要提醒的专家" in shown
    assert not Message.objects.filter(kind="evaluation_judge_nudged").exists()


def test_outside_the_stages_nothing_is_given_out_and_nobody_reminded(office, staff, year):
    panel.sheet_of(staff)
    judged.computing(fresh(year), staff)
    assert "计算阶段不再分配评分表" in text(office.get(address(year)))
    assert "不能再改动" in text(office.post(address(year), {"act": "assign"}, follow=True))
    refused = office.post(address(year), {"act": "nudge", "judge": "all"}, follow=True)
    assert "不在评审阶段" in text(refused)


def test_who_owes_the_most_sheets_comes_first_and_is_late_after_the_day(office, staff, year):
    done, busy = panel.make_judge(year, staff, name="安专家"), panel.make_judge(year, staff, name="白专家")
    panel.give(panel.sheet_of(staff, done))
    panel.sheet_of(staff, busy)
    EvaluationYear.objects.update(judging_due_on=timezone.localdate() - timedelta(days=1))
    lines = panel_of(fresh(year), timezone.now()).judges
    assert [(line.judge, line.left, line.is_late) for line in lines] == [(busy, 1, True), (done, 0, False)]
    assert "逾期 1 份" in text(office.get(address(year)))


def test_unit_staff_do_not_see_the_panel(client, unit_staff, year):
    client.force_login(unit_staff)
    assert client.get(address(year)).status_code == 403
    assert client.post(address(year), {"act": "assign"}).status_code == 403


# Who knows whom.


def test_judge_and_author_of_one_class_are_named(year, staff):
    author, other = offerings.make_mentor(name="王导师"), offerings.make_mentor(name="赵导师")
    person = offerings.make_mentor(name="钱专家").user
    person.is_judge = True
    person.save()
    judge = panel.appointed(person, year, staff)
    panel.sheet_of(staff, judge, author)
    panel.sheet_of(staff, judge, other)
    assert ties_of(year) == []
    _taught_together(staff, author, judge.person.mentor)
    [tie] = ties_of(year)
    assert (tie.judge, tie.author, len(tie.occasions)) == ("钱专家", "王导师", 1)
    assert tie.occasions[0].startswith("课堂“")


def test_judge_and_author_of_one_trip_are_named_and_who_steps_back_is_not(year, staff):
    author, colleague = trips.make_mentors(2)
    colleague.user.is_judge = True
    colleague.user.save()
    judge = panel.appointed(colleague.user, year, staff, employer="中南大学")
    sheet = panel.sheet_of(staff, judge, author)
    trips.attended(staff, [author, colleague], days_ago=1)
    [tie] = ties_of(year)
    assert tie.author == author.name
    assert tie.occasions[0].startswith("调研“")
    panel.changed(sheet, state="recused", reason="相熟")
    assert ties_of(year) == []


def _taught_together(staff, *mentors) -> None:
    made = courseware.finished_class(mentors[0], days_ago=0)
    made.mentors.set(mentors)
    made.offering.hosts.set([mentor.user for mentor in mentors])
    for hosting in Hosting.objects.filter(offering=made.offering):
        note_presence(hosting=hosting, is_present=True, by=staff, at=made.offering.starts_at)


# How the points lie.


def test_spread_is_that_of_the_submitted_sheets(year, staff):
    entry = panel.confirmed(staff)
    panel.judging(year)
    first = judged.sheets_of(entry, staff, [100, 0])[0]
    panel.give(panel.given(panel.make_judge(year, staff), staff, entry=entry), "0.5", is_submitted=False)
    spread = next(row for row in spreads_of(year) if row.item == first.scores.first().item)
    top = spread.item.maximum
    assert (spread.count, spread.least, spread.mean, spread.most) == (2, 0, top / 2, top)
    assert spread.deviation == top / 2


def test_totals_are_shown_with_and_without_the_extremes(office, year, staff):
    year.trim_extremes = True
    year.save()
    entry = panel.confirmed(staff)
    panel.judging(year)
    judged.sheets_of(entry, staff, [100, 80, 80, 80, 10])
    [row] = totals_of(fresh(year))
    assert (row.count, row.mean, row.trimmed) == (5, Decimal("70.00"), Decimal("80.00"))
    assert "去掉最高最低" in text(office.get(address(year)))


def test_panel_costs_the_same_with_more_of_everything(
    office, year, staff, django_assert_num_queries, django_assert_max_num_queries
):
    def grow() -> None:
        for share in ("0.5", "0.8", "1"):
            sheet = panel.sheet_of(staff)
            panel.give(sheet, share)
            panel.teaching_sheet_of(staff, sheet.judge)

    grow()
    year = fresh(year)
    panel_of(year, timezone.now())
    with django_assert_max_num_queries(20) as few:
        panel_of(year, timezone.now())
    grow()
    with django_assert_num_queries(len(few)):
        panel_of(year, timezone.now())
