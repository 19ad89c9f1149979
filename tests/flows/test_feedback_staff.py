"""What staff do with ratings and surveys: settling low ones, reading results, next year's questions."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from classrooms.models import ClassRating, Questionnaire, RatingCase
from tests import feedback, offerings

pytestmark = pytest.mark.django_db
CASES = "/admin/classrooms/ratingcase/"
RATINGS = "/admin/classrooms/classrating/"
RESULTS = "/admin/classrooms/surveyresult/"
QUESTIONNAIRES = "/admin/classrooms/questionnaire/"


@pytest.fixture
def at_work(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def of_unit(client, unit_staff):
    client.force_login(unit_staff)
    return client


def text_of(response):
    return unescape(response.content.decode())


def case_of(level=1, **fields):
    [row] = feedback.attended(**fields)
    return feedback.give(row, level, rating_words="讲得太快").case


def test_low_rating_waits_on_the_first_page_and_is_replied_and_settled(at_work):
    case = case_of()
    first = text_of(at_work.get("/admin/"))
    assert "待回复的差评" in first
    answer, settle = (f"{CASES}{case.pk}/{step}/" for step in ("answer", "settle"))
    shown = text_of(at_work.get(f"{CASES}{case.pk}/change/"))
    assert answer in shown
    assert settle not in shown
    assert at_work.post(answer, {"words": ""}).status_code == 422
    assert at_work.post(settle, {"words": "已改"}).status_code == 422
    assert at_work.post(answer, {"words": "谢谢"}).status_code == 302
    shown = text_of(at_work.get(f"{CASES}{case.pk}/change/"))
    assert answer not in shown
    assert settle in shown
    at_work.post(settle, {"words": "已改"})
    case.refresh_from_db()
    assert (case.reply, case.settlement) == ("谢谢", "已改")
    assert case.settled_by.name == "中心小王"
    assert f"{CASES}{case.pk}/change/" not in text_of(at_work.get(CASES))
    assert f"{CASES}{case.pk}/change/" in text_of(at_work.get(f"{CASES}?standing=settled"))


def test_list_of_cases_tells_the_late_ones_and_what_waits(at_work):
    fresh, late, answered = case_of(), case_of(), case_of()
    now = timezone.now()
    RatingCase.objects.filter(pk=late.pk).update(reply_due_at=now - timedelta(days=1))
    RatingCase.objects.filter(pk=answered.pk).update(
        reply="谢谢", replied_at=now, replied_by=answered.rating.reservation.person
    )
    listed = {
        standing: {row.pk for row in at_work.get(f"{CASES}?standing={standing}").context["cl"].result_list}
        for standing in ("open", "unanswered", "answered", "late", "settled", "all")
    }
    everything = {fresh.pk, late.pk, answered.pk}
    assert listed == {
        "open": everything,
        "unanswered": {fresh.pk, late.pk},
        "answered": {answered.pk},
        "late": {late.pk},
        "settled": set(),
        "all": everything,
    }
    assert "回复逾期" in text_of(at_work.get(CASES))


def test_unit_sees_the_ratings_of_its_own_classes_alone(of_unit, unit_staff):
    own, other = case_of(host_unit=unit_staff.host_unit), case_of()
    for page, pk in ((CASES, "change"), (RATINGS, "change")):
        shown = text_of(of_unit.get(page))
        assert f"{page}{own.pk}/{pk}/" in shown
        assert f"{page}{other.pk}/{pk}/" not in shown
    assert of_unit.post(f"{CASES}{other.pk}/answer/", {"words": "谢谢"}).status_code == 404
    assert of_unit.post(f"{CASES}{own.pk}/answer/", {"words": "谢谢"}).status_code == 302


def test_ratings_are_listed_by_name_and_level(at_work):
    rows = feedback.attended(2)
    feedback.give(rows[0], 5, tags=("互动充分",))
    feedback.give(rows[1], 2)
    everyone = text_of(at_work.get(RATINGS))
    assert "互动充分" in everyone
    assert rows[0].person.masked_phone in everyone
    assert rows[0].person.phone not in everyone
    assert len(at_work.get(f"{RATINGS}?level__exact=2").context["cl"].result_list) == 1
    assert text_of(at_work.get(f"{RATINGS}{rows[0].pk}/change/"))


def test_results_are_hidden_below_three_answers_from_staff_too(at_work):
    rows = feedback.attended(4)
    page = f"{RESULTS}{rows[0].offering_id}/change/"
    for row in rows[:2]:
        feedback.give(row, 1, survey_words="只有我这样想")
    for address in (RESULTS, page):
        shown = text_of(at_work.get(address))
        assert "满 3 份后显示" in shown
        assert "只有我这样想" not in shown
    feedback.give(rows[2], 5)
    assert "33.3" in text_of(at_work.get(RESULTS))
    shown = text_of(at_work.get(page))
    assert "33.3" in shown
    assert "6.7 / 20" in shown
    assert "只有我这样想" in shown
    feedback.give(rows[3], 5, survey_words="第四个")
    shown = text_of(at_work.get(page))
    assert "第四个" not in shown
    assert "33.3" in shown


def test_no_page_of_the_staff_shows_who_gave_which_answers(at_work):
    """The pages that name people hold no answers, the pages of answers name nobody."""
    rows = feedback.attended(3)
    for number, row in enumerate(rows):
        feedback.give(row, 1, rating_words=f"实名{number}", survey_words=f"匿名{number}")
    named = [RATINGS, CASES, *(f"{page}{row.pk}/change/" for page in (RATINGS, CASES) for row in rows)]
    named += [
        "/admin/reservations/reservation/",
        "/admin/auditlog/logentry/",
        "/admin/notifications/message/",
    ]
    for address in named:
        assert "匿名" not in text_of(at_work.get(address)), address
    result = f"{RESULTS}{rows[0].offering_id}/"
    for address in (RESULTS, f"{result}change/", f"{result}history/"):
        shown = text_of(at_work.get(address))
        assert "实名" not in shown
        for row in rows:
            assert row.person.name not in shown
            assert row.person.phone[-4:] not in shown


def test_questionnaire_is_changed_until_the_first_answer(at_work):
    first = Questionnaire.objects.get()
    page = f"{QUESTIONNAIRES}{first.pk}/change/"
    assert at_work.post(page, _filled(first, text="换了的题目")).status_code == 302
    assert first.items.first().text == "换了的题目"
    feedback.give(*feedback.attended())
    assert at_work.post(page, _filled(first, text="答过之后")).status_code == 403
    assert "换了的题目" in text_of(at_work.get(page))


def test_next_years_questionnaire_is_a_copy_that_can_be_changed(at_work):
    first = Questionnaire.objects.get()
    feedback.give(*feedback.attended())
    chosen = {"action": "copy_to_next_year", "_selected_action": [first.pk]}
    at_work.post(QUESTIONNAIRES, chosen)
    at_work.post(QUESTIONNAIRES, chosen)
    copy = Questionnaire.objects.get(year=timezone.localdate().year + 1)
    assert [item.text for item in copy.items.all()] == [item.text for item in first.items.all()]
    page = f"{QUESTIONNAIRES}{copy.pk}/change/"
    assert at_work.post(page, _filled(copy, text="明年的题目")).status_code == 302
    assert "明年的题目" in [item.text for item in copy.items.all()]
    assert "明年的题目" not in [item.text for item in first.items.all()]


def test_new_questionnaire_needs_five_items(at_work):
    page = reverse("admin:classrooms_questionnaire_add")
    texts = ["一", "二", "三", "四", ""]
    lines = {f"items-{number}-text": text for number, text in enumerate(texts)}
    data = {"year": "2031", "introduction": "", "items-TOTAL_FORMS": "5", "items-INITIAL_FORMS": "0", **lines}
    assert at_work.post(page, data).status_code == 200
    assert at_work.post(page, data | {"items-4-text": "五"}).status_code == 302
    made = Questionnaire.objects.get(year=2031)
    assert list(made.items.values_list("position", "text")) == list(enumerate("一二三四五", start=1))


def _filled(questionnaire, text):
    """The form as it stands, with another text for the first item."""
    items = list(questionnaire.items.all())
    data = {
        "year": questionnaire.year,
        "introduction": questionnaire.introduction,
        "items-TOTAL_FORMS": len(items),
        "items-INITIAL_FORMS": len(items),
    }
    for number, item in enumerate(items):
        data |= {f"items-{number}-id": item.pk, f"items-{number}-text": item.text}
    return data | {"items-0-text": text}


def test_ratings_cannot_be_changed_by_staff(at_work):
    [row] = feedback.attended()
    feedback.give(row, 1)
    assert at_work.post(f"{RATINGS}{row.pk}/change/", {"level": "5"}).status_code == 403
    assert ClassRating.objects.get().level == 1


def test_person_without_a_name_is_listed_by_phone(at_work):
    session = feedback.past_session()
    [person] = offerings.make_people(1)
    person.name = ""
    person.save(update_fields=["name"])
    feedback.give(*feedback.attend(session, [person]))
    assert person.masked_phone in text_of(at_work.get(RATINGS))
