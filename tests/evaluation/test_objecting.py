"""Objecting to a result that is shown: the form, what it refuses, and what the person reads of it."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation import services
from evaluation.models import EvaluationYear, Objection
from tests import year_end

pytestmark = pytest.mark.django_db
TEXT = "周建国 6 月 3 日的课没有计入，请核实。"


@pytest.fixture
def year() -> EvaluationYear:
    made = year_end.year_of(timezone.localdate().year)
    year_end.shown(made)
    return made


@pytest.fixture
def path(year) -> str:
    return reverse("awards:objection-create", args=[year.year])


@pytest.fixture
def page(year) -> str:
    return reverse("awards:year-detail", args=[year.year])


def sent(person, **changed: str) -> dict[str, str]:
    return {"key": str(uuid4()), "name": person.name, "phone": person.phone, "text": TEXT} | changed


def test_form_knows_who_asks(client, job_seeker, path):
    client.force_login(job_seeker)
    answer = client.get(path)
    words = answer.content.decode()
    assert f'value="{job_seeker.name}"' in words
    assert f'value="{job_seeker.phone}"' in words
    assert f'name="key" value="{answer.context["key"]}"' in words


def test_objection_is_kept_and_told_and_shown_to_its_author_alone(client, job_seeker, stranger, path, page):
    client.force_login(job_seeker)
    answer = client.post(path, sent(job_seeker), follow=True)
    assert answer.redirect_chain == [(f"{page}#objections", 302)]
    words = answer.content.decode()
    assert "异议已提交" in words
    assert TEXT in words
    assert "等待答复" in words
    kept = Objection.objects.get()
    assert (kept.person, kept.name, kept.phone) == (job_seeker, job_seeker.name, job_seeker.phone)
    client.force_login(stranger)
    assert TEXT not in client.get(page).content.decode()
    client.logout()
    assert TEXT not in client.get(page).content.decode()


def test_answer_stands_beside_the_objection(client, job_seeker, staff, path, page):
    client.force_login(job_seeker)
    client.post(path, sent(job_seeker))
    services.answer_objection(
        objection=Objection.objects.get(),
        outcome="declined",
        answer="经核实记录无误。",
        by=staff,
        at=timezone.now(),
    )
    words = client.get(page).content.decode()
    assert "异议不成立" in words
    assert "经核实记录无误。" in words


def test_same_page_twice_is_one_objection(client, job_seeker, path):
    client.force_login(job_seeker)
    posted = sent(job_seeker)
    assert client.post(path, posted).status_code == client.post(path, posted).status_code == 302
    assert Objection.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "请填写您的姓名"),
        ("phone", "12345", "请填写 11 位大陆手机号"),
        ("text", "  ", "请写明异议内容"),
        ("text", "长" * 1001, "最多 1000 字"),
    ],
)
def test_bad_form_says_why_and_keeps_what_was_typed(client, job_seeker, path, field, value, sentence):
    client.force_login(job_seeker)
    posted = sent(job_seeker) | {field: value}
    answer = client.post(path, posted)
    words = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in words
    for name, typed in posted.items():
        if name != field:
            assert typed in words
    assert not Objection.objects.exists()


def test_after_the_days_of_objecting_it_says_so_and_keeps_the_text(client, job_seeker, path, page):
    EvaluationYear.objects.update(objections_until=timezone.now())
    client.force_login(job_seeker)
    answer = client.get(path, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "现在不在公示期内" in answer.content.decode()
    refused = client.post(path, sent(job_seeker))
    assert refused.status_code == 422
    assert "现在不在公示期内" in refused.content.decode()
    assert TEXT in refused.content.decode()


def test_fourth_unanswered_objection_is_refused(client, job_seeker, path):
    client.force_login(job_seeker)
    for _ in range(3):
        client.post(path, sent(job_seeker))
    refused = client.post(path, sent(job_seeker))
    assert refused.status_code == 422
    assert "您还有 3 条异议正在处理" in refused.content.decode()
    assert Objection.objects.count() == 3


def test_year_that_is_not_shown_takes_none(client, job_seeker, year, path):
    EvaluationYear.objects.update(stage=EvaluationYear.Stage.REVIEW)
    client.force_login(job_seeker)
    assert client.get(path).status_code == 404
    assert client.post(path, sent(job_seeker)).status_code == 404


def test_signing_in_leads_back_to_the_form(client, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert path in answer.url
