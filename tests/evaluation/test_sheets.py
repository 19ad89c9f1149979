"""A judge's sheet: kept as a draft, submitted whole, locked, returned, given up; nothing lost silently."""

from decimal import Decimal

import pytest
from django.utils import timezone

from evaluation import errors, services
from evaluation.models import EvaluationYear, ScoreSheet
from evaluation.rules import sheets as rules
from evaluation.selectors.sheets import points_of, rubric_of
from mentors.models import Mentor
from tests import offerings, panel

pytestmark = pytest.mark.django_db
State = ScoreSheet.State


@pytest.fixture
def sheet(staff):
    return panel.sheet_of(staff)


def save(sheet, points, revision=None, remark="", by=None) -> ScoreSheet:
    sheet.refresh_from_db()
    return services.save_sheet(
        sheet=sheet,
        points=points,
        remark=remark,
        revision=sheet.revision if revision is None else revision,
        by=by or sheet.judge.person,
        at=timezone.now(),
    )


def submit(sheet, revision=None, by=None) -> ScoreSheet:
    sheet.refresh_from_db()
    return services.submit_sheet(
        sheet=sheet,
        revision=sheet.revision if revision is None else revision,
        by=by or sheet.judge.person,
        at=timezone.now(),
    )


def recuse(sheet, reason="师生关系", by=None) -> ScoreSheet:
    return services.recuse(sheet=sheet, reason=reason, by=by or sheet.judge.person, at=timezone.now())


def give_back(sheet, staff, reason="请核对第三组。") -> ScoreSheet:
    return services.return_sheet(sheet=sheet, reason=reason, by=staff, at=timezone.now())


def close(sheet, stage="computing") -> None:
    EvaluationYear.objects.filter(pk=sheet.year_id).update(stage=stage)


def verbs(sheet) -> dict:
    return {
        "save": lambda: save(sheet, {}, remark="改"),
        "submit": lambda: submit(sheet),
        "recuse": lambda: recuse(sheet),
    }


VERBS = ("save", "submit", "recuse")


@pytest.mark.parametrize(
    ("points", "is_allowed"),
    [
        ("0", True), ("0.5", True), ("6", True), ("6.0", True), ("5.50", True),
        ("6.5", False), ("-0.5", False), ("0.25", False), ("NaN", False), ("Infinity", False),
    ],
)  # fmt: skip
def test_points_go_from_nothing_to_the_maximum_in_halves(points, is_allowed):
    assert rules.is_allowed(Decimal(points), Decimal(6), Decimal("0.5")) is is_allowed


# What a sheet asks.


def test_sheet_of_courseware_has_annex_1_and_that_of_a_mentor_three_rows(staff, sheet):
    assert rubric_of(sheet).count() == 17
    teaching = panel.teaching_sheet_of(staff)
    assert [item.name for item in rubric_of(teaching)] == ["教学技巧", "课堂组织", "调控课堂"]
    teaching.year.items.filter(key="class_control").update(maximum=0)
    assert [item.name for item in rubric_of(teaching)] == ["教学技巧", "课堂组织"]


# A draft.


def test_draft_keeps_some_rows_and_takes_points_back(sheet):
    first, second, third = list(panel.full_points(sheet))[:3]
    kept = save(sheet, {first: Decimal("4.5"), second: Decimal(0), third: None}, remark="不错")
    assert points_of(sheet) == {first: Decimal("4.5"), second: Decimal(0)}
    assert (kept.revision, kept.remark, kept.state, kept.total) == (1, "不错", State.OPEN, None)
    save(sheet, {first: Decimal(5), third: Decimal(1)})
    assert points_of(sheet) == {first: Decimal(5), third: Decimal(1)}


def test_saving_the_same_again_changes_nothing_whatever_the_page_knew(sheet):
    """So an answer that got lost on its way is no conflict."""
    points = panel.full_points(sheet)
    save(sheet, points)
    again = save(sheet, points, revision=0)
    assert again.revision == 1


def test_page_that_was_opened_before_another_saved_is_told_and_loses_nothing(sheet):
    first, *_ = panel.full_points(sheet)
    save(sheet, {first: Decimal(3)})
    with pytest.raises(errors.SheetChanged):
        save(sheet, {first: Decimal(5)}, revision=0)
    assert points_of(sheet) == {first: Decimal(3)}
    with pytest.raises(errors.SheetChanged):
        save(sheet, {first: Decimal(3)}, revision=0, remark="另一个窗口写的评语")


@pytest.mark.parametrize("wrong", ["-0.5", "100", "1.25", "NaN"])
def test_points_outside_the_row_are_refused_by_name_and_nothing_is_kept(sheet, wrong):
    first, second, *_ = rubric_of(sheet)
    with pytest.raises(errors.PointsOutside, match=f"“{second.name}”的分数") as refused:
        save(sheet, {first.pk: Decimal(1), second.pk: Decimal(wrong)})
    assert refused.value.data["rows"] == [second.pk]
    assert points_of(sheet) == {}


def test_points_of_rows_that_are_not_on_the_sheet_are_not_kept(staff, sheet):
    foreign = panel.full_points(panel.teaching_sheet_of(staff))
    save(sheet, foreign)
    assert points_of(sheet) == {}


# Submitting.


def test_submitting_counts_the_total_and_locks(sheet):
    points = panel.full_points(sheet)
    save(sheet, points)
    done = submit(sheet)
    assert (done.state, done.total) == (State.SUBMITTED, Decimal(100))
    assert done.submitted_at is not None
    with pytest.raises(errors.SheetLocked, match="已提交"):
        save(sheet, {}, remark="改")
    with pytest.raises(errors.SheetLocked):
        recuse(sheet)
    assert points_of(sheet) == points


def test_submitting_twice_is_once(sheet):
    save(sheet, panel.full_points(sheet))
    first = submit(sheet)
    again = submit(sheet)
    assert (again.submitted_at, again.revision) == (first.submitted_at, first.revision)


def test_submitting_with_rows_missing_names_them(sheet):
    points = panel.full_points(sheet)
    left_out = list(rubric_of(sheet))[2]
    save(sheet, points | {left_out.pk: None})
    with pytest.raises(errors.SheetIncomplete, match=f"还有 1 项没有打分：“{left_out.name}”") as refused:
        submit(sheet)
    assert refused.value.data["rows"] == [left_out.pk]
    sheet.refresh_from_db()
    assert sheet.state == State.OPEN


def test_page_of_an_older_state_does_not_submit(sheet):
    save(sheet, panel.full_points(sheet))
    with pytest.raises(errors.SheetChanged):
        submit(sheet, revision=0)


def test_zero_is_a_score_too(staff):
    teaching = panel.teaching_sheet_of(staff)
    save(teaching, dict.fromkeys(panel.full_points(teaching), Decimal(0)))
    assert submit(teaching).total == 0


# Who, and when.


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("stage", ["preparation", "computing", "review", "objections", "final"])
def test_nothing_changes_outside_the_judging(sheet, verb, stage):
    save(sheet, panel.full_points(sheet))
    close(sheet, stage)
    with pytest.raises(errors.JudgingClosed):
        verbs(sheet)[verb]()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.revision) == (State.OPEN, 1)


@pytest.mark.parametrize("verb", VERBS)
def test_sheet_of_another_judge_is_out_of_reach(staff, sheet, verb):
    other = panel.make_judge(sheet.year, staff).person
    acts = {
        "save": lambda: save(sheet, {}, remark="改", by=other),
        "submit": lambda: submit(sheet, by=other),
        "recuse": lambda: recuse(sheet, by=other),
    }
    with pytest.raises(errors.SheetNotOwn):
        acts[verb]()


@pytest.mark.parametrize("verb", ["save", "submit"])
def test_sheet_that_was_taken_back_is_gone_in_words(sheet, verb):
    person = sheet.judge.person
    gone = ScoreSheet.objects.get(pk=sheet.pk)
    sheet.delete()
    how = {"sheet": gone, "revision": 0, "by": person, "at": timezone.now()}
    with pytest.raises(errors.SheetNotOwn, match="可能已经收回"):
        if verb == "save":
            services.save_sheet(points={}, remark="", **how)
        else:
            services.submit_sheet(**how)


@pytest.mark.parametrize("verb", ["save", "submit"])
def test_who_has_become_a_colleague_since_is_asked_to_step_back(staff, verb):
    mentor = offerings.make_mentor()
    sheet = panel.sheet_of(staff, panel.make_judge(panel.this_year(), staff, employer="湖南大学"), mentor)
    save(sheet, panel.full_points(sheet))
    Mentor.objects.filter(pk=mentor.pk).update(employer=" 湖南大学 ")
    with pytest.raises(errors.SheetConflicts, match=r"同单位.*申请回避"):
        verbs(sheet)[verb]()
    assert recuse(sheet).state == State.RECUSED


# Stepping back.


def test_stepping_back_needs_a_reason_drops_the_points_and_is_final(sheet):
    save(sheet, panel.full_points(sheet), remark="先写一点")
    with pytest.raises(errors.RecusalUnexplained):
        recuse(sheet, " ")
    gone = recuse(sheet, " 师生关系 ")
    assert (gone.state, gone.reason, gone.remark) == (State.RECUSED, "师生关系", "")
    assert points_of(sheet) == {}
    assert recuse(sheet, "又一次").reason == "师生关系"
    with pytest.raises(errors.SheetLocked, match="已回避"):
        save(sheet, {}, remark="改")


def test_who_stepped_back_is_not_given_the_same_again(staff, sheet):
    recuse(sheet)
    assert services.assign_sheets(year=sheet.year, by=staff, at=timezone.now()).count == 0


# Returned by the staff.


def test_returned_sheet_is_open_again_with_the_reason_and_without_a_total(staff, sheet):
    points = panel.full_points(sheet)
    save(sheet, points)
    submit(sheet)
    given_back = give_back(sheet, staff)
    assert (given_back.state, given_back.total, given_back.reason) == (State.RETURNED, None, "请核对第三组。")
    assert (given_back.returned_by, points_of(sheet)) == (staff, points)
    first, *_ = points
    save(sheet, points | {first: Decimal(1)})
    assert submit(sheet).total == Decimal(100) - points[first] + 1


def test_page_from_before_the_return_does_not_submit_anew(staff, sheet):
    save(sheet, panel.full_points(sheet))
    submit(sheet, revision=1)
    give_back(sheet, staff)
    with pytest.raises(errors.SheetChanged):
        submit(sheet, revision=1)


def test_returning_needs_a_reason_and_a_submitted_sheet_and_twice_is_once(staff, sheet):
    with pytest.raises(errors.SheetNotReturnable, match="待评分"):
        give_back(sheet, staff)
    save(sheet, panel.full_points(sheet))
    submit(sheet)
    with pytest.raises(errors.ReturnUnexplained):
        give_back(sheet, staff, " ")
    revision = give_back(sheet, staff).revision
    assert give_back(sheet, staff, "别的理由").revision == revision


def test_returning_is_over_with_the_judging(staff, sheet):
    save(sheet, panel.full_points(sheet))
    submit(sheet)
    close(sheet)
    with pytest.raises(errors.JudgingClosed):
        give_back(sheet, staff)
