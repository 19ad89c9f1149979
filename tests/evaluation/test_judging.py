"""评审: the pages on which judges score; what they must not see is not there."""

import io
from datetime import timedelta
from decimal import Decimal
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document

from classrooms.models import CoursewareVersion
from classrooms.services import seal_courseware
from evaluation import services
from evaluation.models import CoursewareEntry, EvaluationYear, ScoreSheet
from evaluation.selectors.sheets import points_of, rubric_of
from mentor_portal.notifications.models import Message
from mentors.models import Mentor
from tests import courseware, duties, offerings, panel

pytestmark = pytest.mark.django_db
State = ScoreSheet.State
LIST = reverse("judging:sheet-list")


@pytest.fixture
def author():
    mentor = offerings.make_mentor("欧阳若兰")
    Mentor.objects.filter(pk=mentor.pk).update(employer="湘江精密机床厂")
    mentor.refresh_from_db()
    return mentor


@pytest.fixture
def sheet(staff, author):
    sheet = panel.sheet_of(staff, mentor=author)
    seal_courseware(courseware=[sheet.entry.courseware_id])
    return sheet


@pytest.fixture
def teaching(staff):
    return panel.teaching_sheet_of(staff)


@pytest.fixture
def asked(client, sheet):
    client.force_login(sheet.judge.person)
    return client


def sent(sheet, points=None, act="draft", **fields) -> dict[str, str]:
    """What the page sends: the maximum of each row unless said otherwise."""
    sheet.refresh_from_db()
    full = panel.full_points(sheet) if points is None else points
    rows = {f"points-{item}": "" if value is None else str(value) for item, value in full.items()}
    return {"revision": str(sheet.revision), "remark": "", "act": act, **rows, **fields}


def words(page) -> str:
    return page.content.decode()


def save_by_script(client, sheet, data):
    return client.post(sheet.get_absolute_url(), data, headers={"accept": "application/json"})


# The list.


def test_judge_sees_the_own_sheets_what_is_left_first(client, staff, author):
    first = panel.sheet_of(staff, mentor=author)
    second = panel.sheet_of(staff, judge=first.judge)
    foreign = panel.sheet_of(staff)
    panel.give(first)
    client.force_login(first.judge.person)
    page = client.get(LIST)
    [(name, lines)] = page.context["groups"]
    assert name == "课件"
    assert [line.subject for line in lines] == [second.subject, first.subject]
    assert [line.word for line in lines] == ["待评分", "已提交"]
    assert foreign.get_absolute_url() not in words(page)
    [progress] = page.context["progress"]
    assert (progress.submitted, progress.count, progress.left) == (1, 2, 1)
    assert page.context["following"] == second


def test_list_tells_draft_return_and_recusal(client, staff):
    drafted = panel.sheet_of(staff)
    returned, recused = (panel.sheet_of(staff, judge=drafted.judge) for _ in range(2))
    panel.give(drafted, is_submitted=False)
    ScoreSheet.objects.filter(pk=returned.pk).update(state="returned", reason="请核对第三组")
    ScoreSheet.objects.filter(pk=recused.pk).update(
        state="recused", reason="师生关系", recused_at=timezone.now()
    )
    client.force_login(drafted.judge.person)
    page = client.get(LIST)
    [(_, lines)] = page.context["groups"]
    assert [(line.word, line.reason) for line in lines] == [
        ("退回修改", "请核对第三组"),
        ("待评分", ""),
        ("已回避", "师生关系"),
    ]
    assert lines[1].told == "已填 17 / 17 项"
    assert page.context["progress"][0].count == 2


def test_list_groups_courseware_and_teaching(client, staff, sheet):
    panel.teaching_sheet_of(staff, judge=sheet.judge)
    client.force_login(sheet.judge.person)
    assert [name for name, _ in client.get(LIST).context["groups"]] == ["课件", "课堂组织能力"]


def test_late_sheets_are_told_so(asked, sheet):
    EvaluationYear.objects.filter(pk=sheet.year_id).update(
        judging_due_on=timezone.localdate() - timedelta(days=1)
    )
    page = asked.get(LIST)
    assert "评审截止日期已过" in words(page)
    assert page.context["groups"][0][1][0].told == "已逾期"
    EvaluationYear.objects.filter(pk=sheet.year_id).update(judging_due_on=timezone.localdate())
    assert "已逾期" not in words(asked.get(LIST))


def test_judge_without_sheets_reads_why(client, judge, staff):
    client.force_login(judge)
    assert "还没有评审任务" in words(client.get(LIST))
    idle = panel.make_judge(panel.this_year(), staff)
    panel.judging(panel.this_year())
    client.force_login(idle.person)
    assert "还没有分给您的评分表" in words(client.get(LIST))


def test_sheets_of_a_year_that_has_not_begun_are_not_listed(asked, sheet):
    EvaluationYear.objects.filter(pk=sheet.year_id).update(stage="preparation", judging_began_at=None)
    assert "还没有评审任务" in words(asked.get(LIST))


def test_earlier_years_stay_readable_and_foreign_ones_are_not_there(asked, sheet):
    assert asked.get(LIST, {"year": sheet.year.year}).status_code == 200
    for wrong in (sheet.year.year - 1, "x", ""):
        assert asked.get(LIST, {"year": wrong}).status_code == 404


def test_account_page_leads_judges_to_what_is_left(asked, client, sheet, job_seeker):
    page = words(asked.get("/me/"))
    assert f'href="{LIST}"' in page
    assert "1 份待评" in page
    client.force_login(job_seeker)
    assert LIST not in words(client.get("/me/"))


# Who gets there.


def test_nobody_but_its_judge_opens_a_sheet(client, staff, sheet, author, job_seeker):
    other = panel.make_judge(sheet.year, staff).person
    for person in (other, staff, author.user, job_seeker):
        client.force_login(person)
        for name in ("sheet-detail", "sheet-file", "sheet-submit", "sheet-recuse"):
            assert client.get(reverse(f"judging:{name}", args=[sheet.pk])).status_code == 404
        assert client.post(sheet.get_absolute_url(), sent(sheet)).status_code == 404
    assert points_of(sheet) == {}


def test_who_is_no_judge_any_more_gets_nowhere(asked, sheet):
    sheet.judge.person.is_judge = False
    sheet.judge.person.save(update_fields=["is_judge"])
    assert asked.get(LIST).status_code == 404
    assert asked.get(sheet.get_absolute_url()).status_code == 404


# What must not leak.


def test_hidden_author_is_nowhere_on_any_page_of_the_judge(asked, sheet, author):
    kept = courseware.uploaded(author, title="谁的课件")
    CoursewareEntry.objects.filter(pk=sheet.entry_id).update(courseware=kept, version=kept.versions.get())
    sheet.refresh_from_db()
    version = sheet.entry.version
    told = f"大家好，我是{author.name}，来自{author.employer}。"
    CoursewareVersion.objects.filter(pk=version.pk).update(
        text=told, reading="read", original_name=f"{author.name}的课件.pptx"
    )
    panel.give(sheet, is_submitted=False)
    pages = [asked.get(LIST), asked.get(sheet.get_absolute_url())]
    pages += [
        asked.get(reverse(f"judging:{name}", args=[sheet.pk])) for name in ("sheet-submit", "sheet-recuse")
    ]
    file = asked.get(reverse("judging:sheet-file", args=[sheet.pk]))
    secrets = [
        author.name,
        author.employer,
        str(sheet.entry.courseware),
        sheet.entry.courseware.get_absolute_url(),
    ]
    for page in pages:
        assert page.status_code == 200
        for secret in secrets:
            assert secret not in words(page)
    assert "大家好，我是〔已隐去〕，来自〔已隐去〕。" in words(pages[1])
    assert file.status_code == 200
    headers = unquote(str(file.headers))
    assert not any(secret in headers for secret in secrets)


def test_file_is_the_version_that_takes_part_under_the_name_of_its_number(asked, sheet):
    """Not the newest one, and not under the name that the author gave it."""
    made = courseware.uploaded(sheet.entry.courseware.mentor, "参评的这一版")
    CoursewareEntry.objects.filter(pk=sheet.entry_id).update(version=made.versions.get())
    courseware.version(made, "后来改过的")
    file = asked.get(reverse("judging:sheet-file", args=[sheet.pk]))
    assert f"课件{sheet.entry.number:02d}.docx" in unquote(file["Content-Disposition"])
    assert "参评的这一版" in Document(io.BytesIO(b"".join(file.streaming_content))).paragraphs[0].text


def test_file_does_not_name_its_author_in_its_properties(asked, sheet, author):
    written = Document()
    written.core_properties.author = author.name
    kept = io.BytesIO()
    written.save(kept)
    made = courseware.uploaded(author, upload=SimpleUploadedFile("课件.docx", kept.getvalue()))
    CoursewareEntry.objects.filter(pk=sheet.entry_id).update(version=made.versions.get())
    file = asked.get(reverse("judging:sheet-file", args=[sheet.pk]))
    read = Document(io.BytesIO(b"".join(file.streaming_content)))
    assert read.core_properties.author == ""


def test_author_is_told_where_the_year_does_not_hide_it_or_the_result_is_shown(asked, sheet, author):
    year = EvaluationYear.objects.filter(pk=sheet.year_id)
    year.update(hides_authors=False)
    assert author.name in words(asked.get(sheet.get_absolute_url()))
    year.update(hides_authors=True, stage="objections")
    assert author.name in words(asked.get(sheet.get_absolute_url()))


def test_sealed_courseware_is_not_on_its_mentors_page_for_a_judge(asked, client, sheet, author):
    duties.appoint(author)
    made = sheet.entry.courseware
    type(made).objects.filter(pk=made.pk).update(audience="public")
    page = reverse("mentors:mentor-detail", args=[author.pk])
    assert made.get_absolute_url() not in words(asked.get(page))
    client.logout()
    assert made.get_absolute_url() in words(client.get(page))


# The sheet.


def test_sheet_shows_the_rows_in_their_groups_with_what_is_required(asked, sheet):
    page = asked.get(sheet.get_absolute_url())
    groups = page.context["groups"]
    assert [len(group.rows) for group in groups] == [4, 5, 5, 3]
    assert [group.maximum for group in groups] == [30, 30, 30, 10]
    for item in rubric_of(sheet):
        assert item.name in words(page)


def test_draft_is_kept_and_shown_again(asked, sheet):
    first, second, *_ = points = panel.full_points(sheet)
    data = sent(sheet, dict.fromkeys(points) | {first: Decimal("4.5"), second: Decimal(0)}, remark="不错")
    page = asked.post(sheet.get_absolute_url(), data, follow=True)
    assert "草稿已保存" in words(page)
    assert points_of(sheet) == {first: Decimal("4.5"), second: Decimal(0)}
    assert page.context["form"][f"points-{first}"].value() == "4.5"
    assert page.context["total"] == Decimal("4.5")


@pytest.mark.parametrize("typed", ["４．５", "4。5", " 4.5 ", "4.50"])
def test_points_are_read_as_they_were_meant(asked, sheet, typed):
    first, *_ = points = panel.full_points(sheet)
    asked.post(sheet.get_absolute_url(), sent(sheet, dict.fromkeys(points) | {first: typed}))
    assert points_of(sheet) == {first: Decimal("4.5")}


@pytest.mark.parametrize("typed", ["7", "-1", "1.3", "五", "NaN", "1e9999999", "9" * 40, "\x00"])
def test_one_wrong_number_stays_on_the_page_and_costs_no_other(asked, sheet, typed):
    first, second, *_ = points = panel.full_points(sheet)
    data = sent(sheet, dict.fromkeys(points) | {first: typed, second: Decimal(3)})
    page = asked.post(sheet.get_absolute_url(), data)
    assert page.status_code == 422
    assert "0.5 分一档" in words(page)
    assert page.context["form"][f"points-{first}"].value() == typed
    assert points_of(sheet) == {second: Decimal(3)}


def test_submitting_asks_once_more_and_then_locks(asked, sheet):
    page = asked.post(sheet.get_absolute_url(), sent(sheet, act="submit"), follow=True)
    assert page.redirect_chain[-1][0] == reverse("judging:sheet-submit", args=[sheet.pk])
    assert page.context["total"] == 100
    sheet.refresh_from_db()
    assert sheet.state == State.OPEN
    done = asked.post(
        reverse("judging:sheet-submit", args=[sheet.pk]), {"revision": sheet.revision}, follow=True
    )
    assert f"{sheet.subject} 已提交" in words(done)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.total) == (State.SUBMITTED, 100)
    locked = asked.get(sheet.get_absolute_url())
    assert "不能再修改" in words(locked)
    assert "<form" not in words(locked).split("judging__work")[1].split("</main>")[0]


def test_submitting_with_rows_missing_keeps_the_others_and_marks_them(asked, sheet):
    first, *rest = points = panel.full_points(sheet)
    page = asked.post(sheet.get_absolute_url(), sent(sheet, points | {first: None}, act="submit"))
    assert page.status_code == 422
    assert page.context["form"].errors[f"points-{first}"] == ["请打分。"]
    assert set(points_of(sheet)) == set(rest)
    gone_on = asked.get(reverse("judging:sheet-submit", args=[sheet.pk]))
    assert gone_on.url == sheet.get_absolute_url()


def test_sheet_that_changed_since_the_question_is_not_submitted(asked, sheet):
    asked.post(sheet.get_absolute_url(), sent(sheet))
    page = asked.post(reverse("judging:sheet-submit", args=[sheet.pk]), {"revision": 0}, follow=True)
    assert "另一个窗口改过" in words(page)
    sheet.refresh_from_db()
    assert sheet.state == State.OPEN


def test_second_tab_sees_both_what_it_typed_and_what_is_kept(asked, sheet):
    first, *_ = points = panel.full_points(sheet)
    left = sent(sheet, points | {first: Decimal(1)}, remark="左边")
    right = sent(sheet, points | {first: Decimal(2)}, remark="右边")
    asked.post(sheet.get_absolute_url(), left)
    page = asked.post(sheet.get_absolute_url(), right)
    assert page.status_code == 422
    assert page.context["form"][f"points-{first}"].value() == "2"
    assert words(page).count("已保存的是") == 1
    assert "已保存的是 1 分" in words(page)
    assert "已保存的评语：左边" in words(page)
    assert points_of(sheet)[first] == 1
    chosen = right | {"revision": page.context["sheet"].revision}
    asked.post(sheet.get_absolute_url(), chosen)
    assert points_of(sheet)[first] == 2


def test_closed_judging_is_told_and_nothing_is_kept(asked, sheet):
    data = sent(sheet)
    EvaluationYear.objects.filter(pk=sheet.year_id).update(stage="computing")
    page = asked.post(sheet.get_absolute_url(), data, follow=True)
    assert "只能在“评审”阶段填写" in words(page)
    assert "评审已经结束" in words(page)
    assert points_of(sheet) == {}


def test_colleague_is_asked_to_step_back(asked, sheet, author):
    Mentor.objects.filter(pk=author.pk).update(employer=sheet.judge.employer)
    page = asked.post(sheet.get_absolute_url(), sent(sheet))
    assert page.status_code == 422
    assert "同单位" in words(page)
    assert reverse("judging:sheet-recuse", args=[sheet.pk]) in words(page)


# Saved by the page itself.


def test_script_is_told_the_revision_and_when(asked, sheet):
    answer = save_by_script(asked, sheet, sent(sheet))
    assert answer.status_code == 200
    assert answer.json()["revision"] == 1
    assert set(answer.json()) == {"revision", "saved_at"}


def test_script_is_told_what_was_wrong_and_the_rest_is_kept(asked, sheet):
    first, second, *_ = points = panel.full_points(sheet)
    typed = dict.fromkeys(points) | {first: "99", second: Decimal(3)}
    answer = save_by_script(asked, sheet, sent(sheet, typed))
    assert (answer.status_code, answer.json()["is_over"]) == (422, False)
    assert answer.json()["revision"] == 1
    assert points_of(sheet) == {second: Decimal(3)}


@pytest.mark.parametrize("why", ["changed", "closed", "locked"])
def test_script_stops_where_nothing_can_be_kept(asked, sheet, why):
    data = sent(sheet, remark="改")
    if why == "changed":
        asked.post(sheet.get_absolute_url(), sent(sheet))
    elif why == "closed":
        EvaluationYear.objects.filter(pk=sheet.year_id).update(stage="computing")
    else:
        panel.give(sheet)
    answer = save_by_script(asked, sheet, data)
    assert (answer.status_code, answer.json()["is_over"]) == (422, True)


# Stepping back, and being asked again.


def test_stepping_back_needs_a_reason_and_closes_the_work(asked, sheet):
    url = reverse("judging:sheet-recuse", args=[sheet.pk])
    assert asked.post(url, {"reason": " "}).status_code == 422
    page = asked.post(url, {"reason": "师生关系"}, follow=True)
    assert "已回避" in words(page)
    sheet.refresh_from_db()
    assert sheet.state == State.RECUSED
    assert "您已回避这一份" in words(asked.get(sheet.get_absolute_url()))
    assert asked.get(reverse("judging:sheet-file", args=[sheet.pk])).status_code == 404
    assert asked.get(url).url == sheet.get_absolute_url()


def test_returned_sheet_says_why_and_its_judge_is_told(asked, staff, sheet):
    panel.give(sheet)
    services.return_sheet(sheet=sheet, reason="请核对第三组。", by=staff, at=timezone.now())
    page = words(asked.get(sheet.get_absolute_url()))
    assert "退回修改：请核对第三组。" in page
    assert 'name="act" value="submit"' in page
    message = Message.objects.get(person=sheet.judge.person, kind="evaluation_sheet_returned")
    assert message.path == sheet.get_absolute_url()
    assert f"“{sheet.subject}”评分表已退回修改：请核对第三组。改好后" in message.body


# 课堂组织能力.


def test_sheet_of_a_mentor_has_the_three_rows_and_the_years_classes(client, teaching):
    client.force_login(teaching.judge.person)
    page = client.get(teaching.get_absolute_url())
    rows = [row.item.key for group in page.context["groups"] for row in group.rows]
    assert rows == ["teaching_skill", "class_organisation", "class_control"]
    [lesson] = page.context["lessons"]
    assert f'href="{lesson.url}"' in words(page)
    assert client.get(lesson.url).status_code == 200
    assert teaching.mentor.name in words(page)
    assert client.get(reverse("judging:sheet-file", args=[teaching.pk])).status_code == 404
    page = client.post(teaching.get_absolute_url(), sent(teaching, act="submit"), follow=True)
    assert page.context["total"] == 10
