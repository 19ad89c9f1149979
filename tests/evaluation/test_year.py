"""The year of the 两优: seeded word by word, copied to the next, fixed once judging has begun."""

from datetime import datetime
from decimal import Decimal
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, transaction
from django.urls import reverse

from evaluation import errors, services
from evaluation.models import EvaluationYear, RubricItem
from evaluation.rules.rubrics import scattered_group
from evaluation.scoring import DEFAULT_RULES, MAXIMA, MentorEvidence, score_mentor
from evaluation.selectors import rules_of

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 25, 9, 0, tzinfo=SHANGHAI)
LIST = reverse("admin:evaluation_evaluationyear_changelist")


@pytest.fixture
def year() -> EvaluationYear:
    return EvaluationYear.objects.get()


@pytest.fixture
def staff(make_user):
    return make_user("中心小王", is_staff=True, is_superuser=True)


def page_of(year: EvaluationYear) -> str:
    return reverse("admin:evaluation_evaluationyear_change", args=[year.pk])


def sent_by(page) -> dict[str, object]:
    """Return what the change page sends when nothing is typed."""
    data = dict(page.context["adminform"].form.initial)
    for inline in page.context["inline_admin_formsets"]:
        formset = inline.formset
        for form in [formset.management_form, *formset.forms]:
            data |= {form.add_prefix(name): form[name].value() for name in form.fields}
    return {name: value for name, value in data.items() if value not in (None, False)}


def row_of(page, name: str) -> str:
    """Return the prefix of the row of an item on the change page."""
    forms = [form for inline in page.context["inline_admin_formsets"] for form in inline.formset.forms]
    return next(form.prefix for form in forms if form["name"].value() == name)


def test_annexes_are_there_word_by_word(year):
    courseware = list(year.items.of_courseware())
    points = {
        group: [int(item.maximum) for item in items]
        for group, items in groupby(courseware, key=lambda item: item.group)
    }
    assert points == {
        "科学性": [6, 8, 8, 8],
        "教育性": [5, 4, 8, 8, 5],
        "技术性": [6, 6, 6, 6, 6],
        "艺术性": [3, 4, 3],
    }
    mentors = list(year.items.of_mentors())
    assert {item.key: item.maximum for item in mentors} == MAXIMA
    assert [item.key for item in mentors] == list(MAXIMA)
    found = EvaluationYear.objects.with_maxima().get()
    assert (found.courseware_maximum, found.mentor_maximum) == (100, 110)


def test_wording_is_the_notice_s_down_to_its_slips(year):
    assert all(year.items.values_list("requirement", flat=True))
    assert year.items.get(name="声音效果").requirement == "声音清晰无噪音，对课件有充实作用"
    assert year.items.get(name="问题表诉的准确性").requirement == "课件中所有表述的内容要准确无误"
    assert year.items.get(key="likes").requirement == year.items.get(key="survey").requirement


def test_parameters_of_the_first_year_are_the_rules_of_the_notice(year):
    assert rules_of(year) == DEFAULT_RULES


def test_next_year_takes_over_everything_and_begins_anew(year, staff):
    EvaluationYear.objects.update(min_judges=5, stage=EvaluationYear.Stage.FINAL)
    following = services.open_next_year(by=staff, at=AT)
    assert (following.year, following.stage, following.min_judges) == (2027, "preparation", 5)
    assert (following.opened_by, following.opened_at) == (staff, AT)
    columns = ["rubric", "position", "group", "name", "requirement", "maximum", "key"]
    assert list(following.items.values_list(*columns)) == list(year.items.values_list(*columns))


def test_next_year_may_differ_without_touching_an_old_result(year, staff):
    evidence = MentorEvidence(likes=60, classes=2)
    before = score_mentor(evidence, rules_of(year))
    following = services.open_next_year(by=staff, at=AT)
    following.items.filter(key="likes").update(maximum=0)
    following.items.filter(key="bookings").update(maximum=15)
    RubricItem.objects.create(
        year=following, rubric="courseware", position=18, group="艺术性", name="片头", maximum=2
    )
    card = score_mentor(evidence, rules_of(following))
    assert card.lines["likes"].reason == "本年度不计这一项"
    assert card.lines["bookings"].maximum == 15
    assert score_mentor(evidence, rules_of(year)) == before
    assert before.lines["likes"].points == Decimal("3.00")
    assert year.items.of_courseware().count() == 17


def test_no_year_is_opened_more_than_one_ahead(year, staff):
    services.open_next_year(by=staff, at=AT)
    with pytest.raises(errors.YearTooFar, match="2028 年度还早"):
        services.open_next_year(by=staff, at=AT)
    assert EvaluationYear.objects.count() == 2
    new_year = datetime(2027, 1, 1, 0, 0, tzinfo=SHANGHAI)
    assert services.open_next_year(by=staff, at=new_year).year == 2028


@pytest.mark.parametrize("field", ["like_percent", "class_points", "booking_percent"])
def test_nothing_of_a_year_is_negative(year, field):
    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluationYear.objects.update(**{field: -1})


def test_a_line_of_the_card_stands_once_a_year(year):
    with pytest.raises(IntegrityError), transaction.atomic():
        RubricItem.objects.create(
            year=year, rubric="mentor", position=12, group="新", name="新", maximum=1, key="likes"
        )


@pytest.mark.parametrize(
    ("groups", "expected"),
    [([], ""), (["甲"], ""), (["甲", "甲", "乙"], ""), (["甲", "乙", "甲"], "甲")],
)
def test_scattered_group(groups, expected):
    assert scattered_group(groups) == expected


def test_staff_change_parameters_and_rows_and_the_log_says_so(client, staff, year):
    client.force_login(staff)
    page = client.get(page_of(year))
    data = sent_by(page)
    likes = row_of(page, "点赞量")
    answer = client.post(page_of(year), data | {"min_judges": 4, f"{likes}-maximum": "0"})
    assert answer.status_code == 302, answer.context["errors"]
    year.refresh_from_db()
    assert year.min_judges == 4
    assert rules_of(year).maxima["likes"] == 0
    changed = LogEntry.objects.filter(actor=staff).values_list("content_type__model", flat=True)
    assert set(changed) == {"evaluationyear", "rubricitem"}


def test_staff_add_a_row_and_take_one_away(client, staff, year):
    client.force_login(staff)
    page = client.get(page_of(year))
    audio = row_of(page, "声音效果")
    prefix = audio.rpartition("-")[0]
    more = {
        f"{prefix}-TOTAL_FORMS": 18,
        f"{audio}-DELETE": "on",
        f"{prefix}-17-position": 18,
        f"{prefix}-17-group": "艺术性",
        f"{prefix}-17-name": "字幕",
        f"{prefix}-17-maximum": "2.5",
    }
    assert client.post(page_of(year), sent_by(page) | more).status_code == 302
    names = list(year.items.of_courseware().values_list("name", flat=True))
    assert names[-2:] == ["语言文字", "字幕"]
    assert len(names) == 17
    assert year.items.of_mentors().count() == 11


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("maximum", "2.3", "评审按 0.5 分一档打分，分值请填大于 0 的 0.5 的倍数。"),
        ("maximum", "0", "评审按 0.5 分一档打分，分值请填大于 0 的 0.5 的倍数。"),
        ("group", "科学性", "“科学性”的各项没有排在一起，请调整顺序的数字。"),
        ("maximum", "-1", "分值不能是负数。"),
    ],
)
def test_bad_rows_are_told_and_kept(client, staff, year, field, value, sentence):
    client.force_login(staff)
    page = client.get(page_of(year))
    name = f"{row_of(page, '声音效果')}-{field}"
    answer = client.post(page_of(year), sent_by(page) | {name: value})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert f'value="{value}"' in answer.content.decode()
    assert year.items.get(name="声音效果").maximum == 3


def test_nothing_is_changed_once_judging_has_begun(client, staff, year):
    client.force_login(staff)
    data = sent_by(client.get(page_of(year)))
    EvaluationYear.objects.update(stage=EvaluationYear.Stage.JUDGING)
    assert client.post(page_of(year), data | {"min_judges": 4}).status_code == 403
    page = client.get(page_of(year))
    assert page.status_code == 200
    assert 'name="min_judges"' not in page.content.decode()
    year.refresh_from_db()
    assert year.min_judges == 3


def test_staff_open_the_next_year_from_the_list(client, staff, year):
    client.force_login(staff)
    data = {"action": "open_next", "_selected_action": [year.pk]}
    page = client.post(LIST, data, follow=True)
    assert "已建立 2027 年度两优评选" in page.content.decode()
    page = client.post(LIST, data, follow=True)
    assert "2028 年度还早" in page.content.decode()
