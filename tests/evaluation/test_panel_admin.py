"""The panel in the admin: judges come and go, courseware is nominated and decided, sheets are returned."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation.models import CoursewareEntry, PanelJudge, ScoreSheet
from tests import panel

pytestmark = pytest.mark.django_db
State = CoursewareEntry.State


@pytest.fixture
def year():
    return panel.this_year()


@pytest.fixture
def office(client, staff):
    client.force_login(staff)
    return client


def page(model: str, name: str, *args: object) -> str:
    return reverse(f"admin:evaluation_{model}_{name}", args=args)


def text(response, status: int = 200) -> str:
    assert response.status_code == status
    return " ".join(response.content.decode().split())


# Who judges.


@pytest.fixture
def add_judge(office, year, judge):
    def add(**changed: object):
        typed = {"year": year.pk, "person": judge.pk, "employer": "湖南师范大学"}
        return office.post(page("paneljudge", "add"), typed | changed)

    return add


def test_judge_is_appointed_and_twice_is_once(add_judge, judge, staff):
    assert add_judge().status_code == 302
    assert add_judge().status_code == 302
    appointed = PanelJudge.objects.get()
    assert (appointed.person, appointed.employer, appointed.appointed_by) == (judge, "湖南师范大学", staff)


def test_judge_who_is_there_with_another_employer_is_not_changed_silently(add_judge):
    add_judge()
    refused = text(add_judge(employer="中南大学"))
    assert "工作单位是“湖南师范大学”" in refused
    assert "中南大学" in refused
    assert PanelJudge.objects.get().employer == "湖南师范大学"


def test_mentor_s_own_employer_is_taken_where_none_is_typed(add_judge, mentor_user):
    mentor_user.is_judge = True
    mentor_user.save()
    assert add_judge(person=mentor_user.pk, employer="").status_code == 302
    assert PanelJudge.objects.get().employer == mentor_user.mentor.employer


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"employer": " "}, "请填写 评审专家老周 的工作单位"),
        ({"person": ""}, "请选择评审专家。"),
        ({"year": ""}, "请选择评选年度。"),
    ],
)
def test_judge_is_refused_under_the_field_and_nobody_is_appointed(add_judge, changed, sentence):
    assert sentence in text(add_judge(**changed))
    assert not PanelJudge.objects.exists()


def test_who_is_no_judge_cannot_be_chosen(add_judge, job_seeker):
    assert add_judge(person=job_seeker.pk).status_code == 200
    assert not PanelJudge.objects.exists()


def test_judge_leaves_with_the_open_sheets_and_twice_is_once(office, staff):
    sheet = panel.sheet_of(staff)
    release = page("paneljudge", "release", sheet.judge_id)
    assert "没有提交的 1 份评分表会一并收回" in text(office.get(release))
    assert "移出评审团。" in text(office.post(release, follow=True))
    assert "已经不在评审团里" in text(office.post(release, follow=True))
    assert not PanelJudge.objects.exists()
    assert not ScoreSheet.objects.exists()


def test_judge_who_has_submitted_stays_and_staff_are_told_why(office, staff):
    sheet = panel.give(panel.sheet_of(staff))
    release = page("paneljudge", "release", sheet.judge_id)
    told = text(office.post(release, follow=True, HTTP_REFERER=f"http://testserver{release}"))
    assert "已经提交过评分表，不能移出评审团" in told
    assert PanelJudge.objects.exists()


# What takes part.


def test_staff_nominate_a_courseware_and_twice_is_once(office, year, staff):
    made = panel.make_courseware()
    for _ in range(2):
        assert office.post(page("coursewareentry", "add"), {"courseware": made.pk}).status_code == 302
    entry = CoursewareEntry.objects.get()
    assert (entry.year, entry.state, entry.nominated_by) == (year, State.NOMINATED, staff)


def test_courseware_that_cannot_take_part_is_refused_with_the_reason(office, year):
    add = page("coursewareentry", "add")
    made = panel.make_courseware()
    made.versions.all().delete()
    assert "还没有上传文件。" in text(office.post(add, {"courseware": made.pk}))
    made.year = 2031
    made.save()
    assert "2031 年度还没有建立评选" in text(office.post(add, {"courseware": made.pk}))
    assert "请选择课件。" in text(office.post(add, {}))
    panel.judging(year)
    assert "不能再改动" in text(office.post(add, {"courseware": panel.make_courseware().pk}))
    assert not CoursewareEntry.objects.exists()


def test_nomination_is_confirmed_under_a_number(office, staff):
    entry = panel.nominated(staff)
    confirm = page("coursewareentry", "confirm", entry.pk)
    assert entry.courseware.title in text(office.get(confirm))
    for _ in range(2):
        assert "编号是课件 01" in text(office.post(confirm, follow=True))
    entry.refresh_from_db()
    assert (entry.state, entry.number) == (State.CONFIRMED, 1)


def test_several_are_confirmed_in_the_order_of_nomination(office, staff):
    first, second = panel.nominated(staff), panel.nominated(staff)
    chosen = {"action": "confirm_each", "_selected_action": [second.pk, first.pk]}
    assert "2 件课件参评。" in text(office.post(page("coursewareentry", "changelist"), chosen, follow=True))
    numbers = dict(CoursewareEntry.objects.values_list("pk", "number"))
    assert numbers == {first.pk: 1, second.pk: 2}


def test_declining_needs_a_reason_and_keeps_it(office, staff):
    entry = panel.nominated(staff)
    decline = page("coursewareentry", "decline", entry.pk)
    assert "请写明不参评的理由" in text(office.post(decline, {"words": " "}), 422)
    assert "已定为不参评" in text(office.post(decline, {"words": "与主题不符"}, follow=True))
    entry.refresh_from_db()
    assert (entry.state, entry.reason) == (State.DECLINED, "与主题不符")
    assert "与主题不符" in text(office.get(page("coursewareentry", "change", entry.pk)))


def test_courseware_with_points_is_not_declined_and_the_reason_stays_typed(office, staff, year):
    entry = panel.give(panel.sheet_of(staff)).entry
    year.refresh_from_db()
    year.stage = "preparation"
    year.save()
    refused = text(office.post(page("coursewareentry", "decline", entry.pk), {"words": "重复了"}), 422)
    assert "已有评审专家打分" in refused
    assert "重复了" in refused


def test_entries_are_found_by_state_and_by_the_link_of_what_is_missing(office, year, staff):
    waiting, _confirmed = panel.nominated(staff), panel.confirmed(staff)
    query = {"year__id__exact": year.pk, "state__exact": State.NOMINATED}
    shown = office.get(page("coursewareentry", "changelist"), query)
    assert list(shown.context["cl"].result_list) == [waiting]


# What judges gave.


def test_sheet_shows_the_points_of_each_row(office, staff):
    sheet = panel.give(panel.sheet_of(staff), "0.5")
    shown = text(office.get(page("scoresheet", "change", sheet.pk)))
    assert sheet.entry.courseware.mentor.name in shown
    for score in sheet.scores.select_related("item"):
        assert score.item.name in shown


def test_submitted_sheet_is_returned_with_a_reason_once(office, staff):
    sheet = panel.give(panel.sheet_of(staff))
    send_back = page("scoresheet", "send_back", sheet.pk)
    assert "请写明退回的理由" in text(office.post(send_back, {"words": ""}), 422)
    for _ in range(2):
        assert "已退回" in text(office.post(send_back, {"words": "第三组与评语不一致"}, follow=True))
    sheet.refresh_from_db()
    assert (sheet.state, sheet.total, sheet.reason) == ("returned", None, "第三组与评语不一致")


def test_open_sheet_is_not_returned_and_the_reason_stays_typed(office, staff):
    sheet = panel.sheet_of(staff)
    refused = text(office.post(page("scoresheet", "send_back", sheet.pk), {"words": "请重评"}), 422)
    assert "只有已提交的才能退回" in refused
    assert "请重评" in refused


def test_late_sheets_are_marked_and_found(office, year, staff):
    late, submitted = panel.sheet_of(staff), panel.give(panel.sheet_of(staff))
    year.refresh_from_db()
    year.judging_due_on = timezone.localdate() - timedelta(days=1)
    year.save()
    shown = office.get(page("scoresheet", "changelist"), {"late": "yes"})
    assert list(shown.context["cl"].result_list) == [late]
    assert "已逾期" in text(shown)
    assert submitted.state == "submitted"


def test_staff_of_a_unit_see_nothing_of_the_panel(client, unit_staff, staff):
    sheet = panel.sheet_of(staff)
    client.force_login(unit_staff)
    for model, pk in (
        ("scoresheet", sheet.pk),
        ("paneljudge", sheet.judge_id),
        ("coursewareentry", sheet.entry_id),
    ):
        assert client.get(page(model, "changelist")).status_code == 403
        assert client.get(page(model, "change", pk)).status_code == 403
    assert client.post(page("scoresheet", "send_back", sheet.pk), {"words": "x"}).status_code == 403
