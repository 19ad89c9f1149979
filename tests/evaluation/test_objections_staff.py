"""Objections in the admin: noted at the desk, listed unanswered first, answered once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation import services
from evaluation.models import Objection
from tests import panel, year_end

pytestmark = pytest.mark.django_db
LIST = reverse("admin:evaluation_objection_changelist")
ADD = reverse("admin:evaluation_objection_add")


@pytest.fixture
def year(staff):
    year = panel.this_year()
    year_end.shown(year)
    return year


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def note(year, staff):
    def note_one(text: str = "上课次数少记了一次。") -> Objection:
        step = {"by": staff, "at": timezone.now()}
        return services.record_objection(year=year, name="李明", phone="13900001234", text=text, **step)

    return note_one


def page_of(objection: Objection) -> str:
    return reverse("admin:evaluation_objection_change", args=[objection.pk])


def words(shown, **changed: object) -> dict[str, object]:
    typed = {"year": shown.pk, "name": "李明", "phone": "13900001234", "text": "少记了一次。"}
    return typed | {"page_key": uuid4()} | changed


def test_objection_at_the_desk_is_noted_and_the_same_page_twice_is_once(desk, year, staff):
    typed = words(year)
    assert desk.post(ADD, typed).status_code == 302
    assert desk.post(ADD, typed).status_code == 302
    objection = Objection.objects.get()
    assert (objection.recorded_by, objection.person, objection.run.is_result) == (staff, None, True)


def test_two_people_at_the_desk_may_say_the_same(desk, year):
    desk.post(ADD, words(year))
    desk.post(ADD, words(year))
    assert Objection.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "请填写提出人的姓名。"),
        ({"phone": " "}, "请填写联系电话"),
        ({"text": ""}, "请填写异议内容。"),
        ({"year": ""}, "请选择正在公示的年度。"),
    ],
)
def test_incomplete_objection_is_refused_and_keeps_what_was_typed(desk, year, changed, sentence):
    kept = {"name": "王芳", "phone": "13911112222", "text": "调研报告没有计入。"}
    page = desk.post(ADD, words(year, **(kept | changed))).content.decode()
    assert sentence in page
    assert all(value in page for name, value in kept.items() if name not in changed)
    assert not Objection.objects.exists()


def test_objection_after_the_days_of_objections_is_refused_in_words(desk, year):
    year.objections_until = timezone.now() - timedelta(seconds=1)
    year.save()
    page = desk.post(ADD, words(year)).content.decode()
    assert "现在不在公示期内" in page
    assert "少记了一次。" in page


def test_without_a_year_that_is_shown_the_form_says_so(desk):
    panel.this_year()
    assert "没有正在公示的年度" in desk.get(ADD).content.decode()


def test_objection_is_answered_and_stays_as_it_is(desk, note, staff):
    objection = note()
    assert desk.post(page_of(objection), {"outcome": "declined", "answer": "记录无误。"}).status_code == 302
    second = desk.post(page_of(objection), {"outcome": "upheld", "answer": "改了。"}, follow=True)
    assert "这条异议已经答复过。" in second.content.decode()
    objection.refresh_from_db()
    assert (objection.outcome, objection.answer, objection.answered_by) == ("declined", "记录无误。", staff)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"answer": "经核实，记录无误。"}, "请选择异议是否成立。"),
        ({"outcome": "upheld", "answer": "  "}, "请写明答复内容。"),
        ({"outcome": "other", "answer": "经核实，记录无误。"}, "选择一个有效的选项"),
    ],
)
def test_incomplete_answer_is_refused_and_keeps_what_was_typed(desk, note, typed, sentence):
    objection = note()
    page = desk.post(page_of(objection), typed).content.decode()
    assert sentence in page
    assert typed["answer"].strip() in page
    objection.refresh_from_db()
    assert not objection.is_answered


def test_list_shows_the_unanswered_first_and_filters(desk, note, staff):
    answered, waiting = note("第一条异议"), note("第二条异议")
    services.answer_objection(
        objection=answered, outcome="upheld", answer="成立。", by=staff, at=timezone.now()
    )
    rows = list(desk.get(LIST).context["cl"].result_list)
    assert rows == [waiting, answered]
    assert list(desk.get(f"{LIST}?answered=no").context["cl"].result_list) == [waiting]
    assert list(desk.get(f"{LIST}?answered=upheld").context["cl"].result_list) == [answered]
    assert list(desk.get(f"{LIST}?q=第二条").context["cl"].result_list) == [waiting]


def test_staff_of_a_unit_see_no_objection(client, unit_staff, note):
    objection = note()
    client.force_login(unit_staff)
    assert client.get(LIST).status_code == 403
    assert client.get(page_of(objection)).status_code == 403
    assert client.post(page_of(objection), {"outcome": "upheld", "answer": "x"}).status_code == 403
