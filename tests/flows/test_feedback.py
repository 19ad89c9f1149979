"""From the end of a class to the mentor's results: rating, survey, complaint, settlement."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from classrooms.models import ClassRating, Questionnaire, RatingCase, RatingTag, SurveyResult
from classrooms.services import reply_to_case, settle_case
from mentor_portal.reservations.models import Reservation
from tests import feedback, offerings

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(mentor_user):
    return feedback.past_session(mentors=[mentor_user.mentor], title="轨道交通装备企业怎么面")


@pytest.fixture
def row(session, job_seeker):
    [row] = feedback.attend(session, [job_seeker])
    return row


@pytest.fixture
def seeker(client, job_seeker):
    client.force_login(job_seeker)
    return client


@pytest.fixture
def mentor(mentor_user):
    client = Client()
    client.force_login(mentor_user)
    return client


def page_of(row):
    return reverse("classrooms:session-feedback", args=[row.offering_id])


def text_of(response):
    return unescape(response.content.decode())


def test_level_on_the_front_page_and_one_button_are_all_it_takes(seeker, row):
    for page in ("/", "/me/"):
        shown = text_of(seeker.get(page))
        assert "待评价" in shown
        assert f"{page_of(row)}?level=4" in shown
    form = text_of(seeker.get(f"{page_of(row)}?level=4"))
    assert 'name="level" value="4" id="id_level_1" checked' in form
    assert seeker.post(page_of(row), {"level": "4"}).url == page_of(row)
    assert SurveyResult.objects.get().points == 5 * 15
    assert "待评价" not in text_of(seeker.get("/"))
    assert "待评价" not in text_of(seeker.get("/me/"))


def test_past_reservations_lead_to_rating_and_then_to_the_rating(seeker, row):
    past = "/me/reservations/?tab=past"
    assert "去评价" in text_of(seeker.get(past))
    feedback.give(row)
    shown = text_of(seeker.get(past))
    assert "查看评价" in shown
    assert "去评价" not in shown


def test_page_of_the_class_leads_to_rating_and_then_to_the_rating(seeker, row):
    page = row.offering.get_absolute_url()
    assert "去评价" in text_of(seeker.get(page))
    seeker.post(page_of(row), {"level": "5"})
    shown = text_of(seeker.get(page))
    assert "查看评价" in shown and "去评价" not in shown


def test_rating_shows_what_was_rated_and_nothing_of_the_survey(seeker, row):
    tag = RatingTag.objects.filter(is_praise=True).first()
    item = Questionnaire.objects.get().items.first()
    said = {
        "level": "3",
        "praise": [tag.pk],
        "rating_words": "还可以",
        f"item_{item.pk}": "5",
        "survey_words": "空调太冷",
    }
    seeker.post(page_of(row), said)
    shown = text_of(seeker.get(page_of(row)))
    assert "基本满意" in shown
    assert tag.word in shown
    assert "还可以" in shown
    assert "空调太冷" not in shown
    assert item.text not in shown
    result = SurveyResult.objects.get()
    assert result.tallies[str(item.pk)] == {"5": 1}
    assert result.words == ["空调太冷"]


def test_missing_level_is_said_under_the_field_and_typed_words_are_kept(seeker, row):
    answer = seeker.post(page_of(row), {"rating_words": "讲得好", "survey_words": "再讲一次"})
    shown = text_of(answer)
    assert answer.status_code == 422
    assert "请选择满意度。" in shown
    assert "讲得好" in shown
    assert "再讲一次" in shown
    assert not SurveyResult.objects.exists()


def test_second_submit_leads_to_what_was_given_and_changes_nothing(seeker, row):
    for level in ("5", "1"):
        seeker.post(page_of(row), {"level": level})
    assert ClassRating.objects.get().level == 5
    assert SurveyResult.objects.get().answers == 1
    assert "您已评价过这堂课" in text_of(seeker.get(page_of(row)))


def test_others_and_those_who_did_not_come_find_no_page(seeker, row, stranger):
    other = Client()
    other.force_login(stranger)
    assert other.get(page_of(row)).status_code == 404
    assert other.post(page_of(row), {"level": "5"}).status_code == 404
    Reservation.objects.filter(pk=row.pk).update(
        state="no_show", checked_in_at=None, checked_in_by=None, is_walk_in=False
    )
    assert seeker.get(page_of(row)).status_code == 404
    assert not SurveyResult.objects.exists()


def test_class_that_is_not_over_or_long_over_is_not_rated(seeker, job_seeker, mentor_user):
    [running] = feedback.attend(offerings.make_session(starts_at=timezone.now()), [job_seeker])
    [old] = feedback.attend(feedback.past_session(days=32), [job_seeker])
    assert "还没有结束" in text_of(seeker.get(page_of(running)))
    assert "评价时间已过" in text_of(seeker.get(page_of(old)))
    for row in (running, old):
        seeker.post(page_of(row), {"level": "5"})
    assert not SurveyResult.objects.exists()
    assert "待评价" not in text_of(seeker.get("/me/"))


def test_complaint_is_answered_settled_and_followed_up_once(seeker, row, staff):
    again = reverse("classrooms:session-feedback-again", args=[row.offering_id])
    seeker.post(page_of(row), {"level": "1", "rating_words": "讲得太快"})
    case = RatingCase.objects.get()
    assert "待回复" in text_of(seeker.get(page_of(row)))
    assert 'action="' + again not in text_of(seeker.get(page_of(row)))
    reply_to_case(case=case, reply="谢谢您的意见。", by=staff, at=timezone.now())
    settle_case(case=case, settlement="下期放慢。", by=staff, at=timezone.now())
    shown = text_of(seeker.get(page_of(row)))
    assert "谢谢您的意见。" in shown
    assert "下期放慢。" in shown
    assert staff.name not in shown
    assert seeker.post(again, {"words": "好"}).status_code == 422
    seeker.post(again, {"level": "4", "words": "好多了"})
    seeker.post(again, {"level": "1"})
    shown = text_of(seeker.get(page_of(row)))
    assert "追加评价：满意" in shown
    assert "好多了" in shown
    assert ClassRating.objects.get().follow_up_level == 4


def test_rating_that_is_not_low_has_no_follow_up(seeker, row):
    feedback.give(row, 5)
    again = reverse("classrooms:session-feedback-again", args=[row.offering_id])
    assert seeker.post(again, {"level": "4"}).status_code == 404


def test_mentor_reads_results_from_three_answers_on_and_never_a_name(mentor, session):
    people = offerings.make_people(4)
    for number, person in enumerate(people):
        person.name = f"学员{'甲乙丙丁'[number]}"
        person.save(update_fields=["name"])
    rows = feedback.attend(session, people)
    page = reverse("classrooms:teaching-detail", args=[session.pk])
    for row, level in zip(rows[:2], (5, 1), strict=True):
        feedback.give(row, level, rating_words="节奏快", survey_words="多讲案例")
    for address in (page, "/me/desk/"):
        shown = text_of(mentor.get(address))
        assert "多讲案例" not in shown
        assert "节奏快" not in shown
        assert "50.0" not in shown
    assert "满 3 份后显示" in text_of(mentor.get(page))
    feedback.give(rows[2], 3, tags=("互动充分",))
    shown = text_of(mentor.get(page))
    assert "50.0" in shown
    assert "多讲案例" in shown
    assert "互动充分 1" in shown
    assert "学员" not in shown.replace("学员评价", "")
    assert "50.0 分" in text_of(mentor.get("/me/desk/"))
    feedback.give(rows[3], 5, survey_words="最后一个")
    shown = text_of(mentor.get(page))
    assert "最后一个" not in shown
    assert "另有 1 份新答卷" in shown


def test_page_is_never_kept_and_an_error_report_holds_no_answers(seeker, row):
    answer = seeker.get(page_of(row))
    assert "no-store" in answer["Cache-Control"]
    posted = seeker.post(page_of(row), {"survey_words": "x" * 301})
    assert posted.wsgi_request.sensitive_post_parameters == "__ALL__"
