"""我的得分: a mentor reads the own card, projected by now, with what stands behind each line."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation.models import EvaluationYear
from mentor_portal.reservations.models import Hosting
from mentor_portal.reservations.services import note_presence
from mentors.models import Appointment
from tests import duties, feedback, offerings, trips

pytestmark = pytest.mark.django_db
PAGE = reverse("evaluation:own-card")


@pytest.fixture
def year() -> EvaluationYear:
    """The year of today, whatever the calendar says."""
    this_year, _ = EvaluationYear.objects.get_or_create(year=timezone.localdate().year)
    if not this_year.items.exists():
        for item in EvaluationYear.objects.earliest("year").items.all():
            item.pk, item.year = None, this_year
            item.save()
    return this_year


@pytest.fixture
def mentor(year):
    return duties.appoint(offerings.make_mentor())


@pytest.fixture
def staff(make_user):
    return make_user("中心小王", is_staff=True)


def read(client, mentor):
    client.force_login(mentor.user)
    return client.get(PAGE)


def line(page, key: str):
    rows = [row for _, lines in page.context["own"].groups for row in lines]
    return next(row for row in rows if row.item.key == key)


def test_card_of_somebody_who_did_nothing_says_what_is_missing(client, mentor):
    page = read(client, mentor)
    words = page.content.decode()
    assert "到今天为止的预估" in words
    assert "未达基数：全年至少上课 2 次" in words
    assert page.context["own"].card.total == 0
    assert page.context["own"].maximum == 110
    assert len([row for _, lines in page.context["own"].groups for row in lines]) == 11
    assert "还差 20.00 分满分" in words


def test_lines_lead_to_what_counted(client, mentor, staff):
    session = feedback.past_session(days=0, mentors=[mentor])
    hosting = Hosting.objects.get(offering=session.offering, person=mentor.user)
    note_presence(hosting=hosting, is_present=True, by=staff, at=timezone.now())
    report = trips.accepted(mentor, staff)
    page = read(client, mentor)
    [proof] = line(page, "participation").proofs
    assert proof.text == f"上课：{session.offering.title}"
    assert proof.url == session.offering.get_absolute_url()
    [proof] = line(page, "research").proofs
    assert proof.url == report.get_absolute_url()
    assert line(page, "research").line.points == 1
    assert f'href="{report.get_absolute_url()}"' in page.content.decode()


def test_bookings_are_told_by_class_and_without_a_name(client, mentor):
    session = offerings.make_session(mentors=[mentor], starts_at=timezone.now())
    people = offerings.make_people(3)
    before = session.offering.booking_opens_at
    offerings.hold(session, people, at=before)
    page = read(client, mentor)
    assert [proof.text for proof in line(page, "bookings").proofs] == [f"{session.offering.title}：3 人次"]
    assert people[0].name not in page.content.decode()


def test_mean_of_the_survey_moves_by_three_answers_so_that_none_is_told(client, mentor):
    rows = feedback.attended(4, mentors=[mentor])
    shown = []
    for row, level in zip(rows, (5, 5, 2, 1), strict=True):
        feedback.give(row, level)
        shown.append(line(read(client, mentor), "survey").line.reason)
    assert shown[:2] == ["还没有课后问卷"] * 2
    assert shown[2] == shown[3] == "问卷平均 75 分 × 5%"


def test_item_that_is_switched_off_says_so(client, mentor, year):
    year.items.filter(key="likes").update(maximum=0)
    page = read(client, mentor)
    assert "本年度不计这一项" in page.content.decode()
    assert line(page, "likes").is_off
    assert page.context["own"].maximum == 105


def test_mentor_without_an_appointment_this_year_is_told(client, year):
    mentor = offerings.make_mentor()
    Appointment.objects.create(
        mentor=mentor,
        number="聘1",
        starts_on=date(year.year - 2, 1, 1),
        ends_on=date(year.year - 1, 12, 31),
    )
    words = read(client, mentor).content.decode()
    assert "本年度不参加考核" in words


def test_year_that_is_not_open_yet_is_told(client, mentor, year):
    EvaluationYear.objects.filter(pk=year.pk).update(year=year.year + 1)
    assert "本年度的考核还没有开始" in read(client, mentor).content.decode()


def test_desk_leads_to_the_card_and_nobody_else_gets_there(client, mentor, make_user):
    client.force_login(mentor.user)
    assert f'href="{PAGE}"' in client.get(reverse("home:mentor-desk")).content.decode()
    client.force_login(make_user("求职者小李"))
    assert client.get(PAGE).status_code == 404
    client.logout()
    assert client.get(PAGE).status_code == 302
