"""A year's result: chosen, corrected, objected to, answered, and made final with its awards."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from evaluation import errors, services
from evaluation.models import Award, EvaluationYear, Objection, RankingRun
from evaluation.selectors.results import winners_of
from mentor_portal.notifications.models import Message
from tests import judged, panel, year_end

pytestmark = pytest.mark.django_db
Stage = EvaluationYear.Stage
SHANGHAI = ZoneInfo("Asia/Shanghai")
WORDS = {"name": "李明", "phone": "13900001234", "text": "6 月 3 日的课没有计入。"}


@pytest.fixture
def year() -> EvaluationYear:
    return year_end.year_of(timezone.localdate().year)


@pytest.fixture
def mentors(year) -> list:
    return [judged.appointed(year, name) for name in ("周建国", "李慧芳", "陈思远", "王海燕")]


@pytest.fixture
def choose(staff):
    def choose_one(run: RankingRun, at: datetime | None = None, reason: str = "") -> None:
        services.choose_result(run=run, by=staff, at=at or timezone.now(), reason=reason)
        run.refresh_from_db()

    return choose_one


@pytest.fixture
def object_to(job_seeker):
    """``object_to(year, **changed)``: the job seeker objects, now unless ``at`` says when."""

    def raise_one(year: EvaluationYear, **changed: object) -> Objection:
        said = WORDS | {"by": job_seeker, "at": timezone.now()} | changed
        return services.raise_objection(year=year, **said)

    return raise_one


def told(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=f"evaluation_{kind}").order_by("pk"))


# Choosing


def test_another_run_takes_the_place_of_the_first_and_both_are_noted(year, mentors, staff, choose):
    year_end.in_stage(year, Stage.REVIEW)
    first, second = (year_end.done_run(year, [(mentors[0], total)]) for total in ("20", "21"))
    choose(first)
    choose(second)
    first.refresh_from_db()
    assert (first.is_result, second.is_result) == (False, True)
    steps = year.steps.filter(before=Stage.REVIEW, after=Stage.REVIEW).order_by("pk")
    assert [(step.reason, step.taken_by) for step in steps] == [
        ("选定第 1 次计算为年度结果。", staff),
        ("选定第 2 次计算为年度结果。", staff),
    ]


def test_same_result_chosen_twice_is_once(year, mentors, choose):
    year_end.in_stage(year, Stage.REVIEW)
    run = year_end.done_run(year, [(mentors[0], "20")])
    choose(run)
    choose(run)
    assert year.steps.filter(before=Stage.REVIEW, after=Stage.REVIEW).count() == 1


@pytest.mark.parametrize("stage", [Stage.PREPARATION, Stage.JUDGING, Stage.COMPUTING, Stage.FINAL])
def test_result_is_chosen_only_in_the_review_and_while_it_is_shown(year, mentors, choose, stage):
    year_end.in_stage(year, stage)
    run = year_end.done_run(year, [(mentors[0], "20")])
    with pytest.raises(errors.ResultNotChosenNow, match="只有在“复核”和“公示”阶段"):
        choose(run, reason="更正")
    assert not RankingRun.objects.filter(is_result=True).exists()


@pytest.mark.parametrize("state", ["waiting", "running", "cancelled", "failed"])
def test_run_that_is_not_done_is_no_result(year, choose, state):
    year_end.in_stage(year, Stage.REVIEW)
    run = year_end.done_run(year)
    RankingRun.objects.filter(pk=run.pk).update(state=state)
    with pytest.raises(errors.RunNotDone):
        choose(run)


def test_run_from_before_the_judging_was_closed_is_no_result(year, choose):
    year_end.in_stage(year, Stage.REVIEW)
    closed_at = year.steps.get(after=Stage.COMPUTING).taken_at
    run = year_end.done_run(year)
    RankingRun.objects.filter(pk=run.pk).update(created_at=closed_at - timedelta(seconds=1))
    with pytest.raises(errors.RunTooOld):
        choose(run)
    RankingRun.objects.filter(pk=run.pk).update(created_at=closed_at)
    choose(run)


def test_run_of_a_judging_that_was_opened_again_is_no_result(year, staff, choose):
    year_end.in_stage(year, Stage.REVIEW)
    run = year_end.done_run(year)
    at = timezone.now()
    services.reopen_year(year=year, to=Stage.JUDGING, reason="补评", by=staff, at=at)
    for to in (Stage.COMPUTING, Stage.REVIEW):
        EvaluationYear.objects.update(stage=to)
        year.steps.create(before=Stage.JUDGING, after=to, taken_at=at + timedelta(hours=1), taken_by=staff)
    with pytest.raises(errors.RunTooOld):
        choose(run, at=at + timedelta(hours=2))


def test_database_keeps_one_result_a_year_that_is_done(year):
    run, other = year_end.done_run(year, is_result=True), year_end.done_run(year)
    with pytest.raises(IntegrityError), transaction.atomic():
        RankingRun.objects.filter(pk=other.pk).update(is_result=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        RankingRun.objects.filter(pk=run.pk).update(state="failed")


# Correcting


def test_correction_needs_a_reason(year, mentors, choose):
    first = year_end.shown(year, [(mentors[0], "20")])
    better = year_end.done_run(year, [(mentors[0], "22")])
    for reason in ("", "  "):
        with pytest.raises(errors.CorrectionUnexplained, match="重新计满 5 个工作日"):
            choose(better, reason=reason)
    first.refresh_from_db()
    assert first.is_result


def test_correction_begins_the_five_working_days_anew_and_tells_every_mentor(year, mentors, choose):
    """Corrected on Friday 11 December; the fifth working day after it is Friday 18."""
    year_end.shown(year, [(mentors[0], "20")])
    better = year_end.done_run(year, [(mentor, "22") for mentor in mentors[:2]])
    choose(better, at=datetime(2026, 12, 11, 16, 0, tzinfo=SHANGHAI), reason="补记一次课")
    year.refresh_from_db()
    assert (year.stage, year.objections_until) == (
        Stage.OBJECTIONS,
        datetime(2026, 12, 19, 0, 0, tzinfo=SHANGHAI),
    )
    assert year.steps.first().reason == "选定第 2 次计算为年度结果。补记一次课"
    messages = told("result_shown")
    assert {message.person for message in messages} == {mentor.user for mentor in mentors[:2]}
    assert "12月18日 24:00" in messages[0].body


def test_days_of_objecting_leave_the_holidays_of_spring_out(staff):
    """2026: shown on 12 February; 14 and 28 February are worked, 15 to 23 are the holidays of spring."""
    year = year_end.year_of(2025)
    year_end.in_stage(year, Stage.REVIEW)
    year_end.done_run(year, is_result=True)
    at = datetime(2026, 2, 12, 10, 0, tzinfo=SHANGHAI)
    services.advance_year(year=year, to=Stage.OBJECTIONS, by=staff, at=at, despite_doubts=True)
    year.refresh_from_db()
    assert year.objections_until == datetime(2026, 2, 27, 0, 0, tzinfo=SHANGHAI)


# Objecting


def test_objection_is_to_the_result_of_its_day_and_told_to_the_province(
    year, mentors, staff, unit_staff, object_to, choose
):
    first = year_end.shown(year, [(mentors[0], "20")])
    objection = object_to(year, name=" 李明 ", text=f" {WORDS['text']} ")
    assert (objection.name, objection.text, objection.run) == ("李明", WORDS["text"], first)
    choose(year_end.done_run(year, [(mentors[0], "22")]), reason="补记一次课")
    objection.refresh_from_db()
    assert objection.run == first
    assert object_to(year).run.number == 2
    messages = told("objection_raised")
    assert [message.person for message in messages] == [staff, staff]
    assert "李明 对" in messages[0].body
    assert messages[0].path == f"/admin/evaluation/objection/{objection.pk}/change/"


@pytest.mark.parametrize("changed", [{"name": " "}, {"phone": ""}, {"text": "\n"}])
def test_objection_without_a_name_a_number_or_words_is_refused(year, staff, object_to, changed):
    year_end.shown(year)
    with pytest.raises(errors.ObjectionIncomplete):
        object_to(year, **changed)
    with pytest.raises(errors.ObjectionIncomplete):
        services.record_objection(year=year, **(WORDS | changed), by=staff, at=timezone.now())
    assert not Objection.objects.exists()


@pytest.mark.parametrize("stage", [stage for stage in Stage.values if stage != Stage.OBJECTIONS])
def test_objections_are_taken_only_in_their_days(year, staff, object_to, stage):
    year_end.in_stage(year, stage)
    year_end.done_run(year, is_result=True)
    with pytest.raises(errors.ObjectionsClosed):
        object_to(year)
    with pytest.raises(errors.ObjectionsClosed):
        services.record_objection(year=year, **WORDS, by=staff, at=timezone.now())


def test_objection_is_taken_until_the_last_moment_and_no_longer(year, object_to):
    year_end.shown(year)
    year.refresh_from_db()
    until = year.objections_until
    object_to(year, at=until - timedelta(microseconds=1))
    with pytest.raises(errors.ObjectionsClosed):
        object_to(year, at=until)


def test_same_page_is_one_objection_even_when_the_days_are_over(year, object_to, stranger):
    year_end.shown(year)
    year.refresh_from_db()
    key = uuid4()
    first = object_to(year, key=key)
    assert object_to(year, key=key, text="别的话", at=year.objections_until) == first
    assert object_to(year, key=key, by=stranger) != first
    assert Objection.objects.count() == len(told("objection_raised")) == 2


def test_three_unanswered_objections_are_the_most_and_an_answer_makes_room(year, staff, object_to, stranger):
    year_end.shown(year)
    first, *_ = [object_to(year) for _ in range(3)]
    with pytest.raises(errors.TooManyObjections, match="您还有 3 条异议"):
        object_to(year)
    object_to(year, by=stranger)
    at = timezone.now()
    services.answer_objection(objection=first, outcome="declined", answer="记录无误", by=staff, at=at)
    object_to(year)


# Answering


def test_answer_is_kept_once_and_told_to_whom_it_is_for(year, staff, make_user, object_to, job_seeker):
    year_end.shown(year)
    objection = object_to(year)
    at = timezone.now()
    services.answer_objection(objection=objection, outcome="upheld", answer=" 属实 ", by=staff, at=at)
    with pytest.raises(errors.ObjectionAnswered):
        services.answer_objection(
            objection=objection, outcome="declined", answer="不", by=make_user(is_staff=True), at=at
        )
    objection.refresh_from_db()
    assert (objection.outcome, objection.answer, objection.answered_by) == ("upheld", "属实", staff)
    [message] = told("objection_answer")
    assert message.person == job_seeker
    assert message.body.endswith("（异议成立）：属实")
    assert message.path == f"/awards/{year.year}/"


@pytest.mark.parametrize(("outcome", "answer"), [("", "属实"), ("maybe", "属实"), ("upheld", " ")])
def test_answer_without_an_outcome_or_words_is_refused(year, staff, object_to, outcome, answer):
    year_end.shown(year)
    objection = object_to(year)
    with pytest.raises(errors.AnswerIncomplete):
        services.answer_objection(
            objection=objection, outcome=outcome, answer=answer, by=staff, at=timezone.now()
        )
    objection.refresh_from_db()
    assert not objection.is_answered


def test_objection_of_the_desk_is_answered_without_a_message(year, staff):
    year_end.shown(year)
    at = timezone.now()
    objection = services.record_objection(year=year, **WORDS, by=staff, at=at)
    services.answer_objection(objection=objection, outcome="declined", answer="记录无误", by=staff, at=at)
    assert told("objection_answer") == []


# The awards


def test_whoever_shares_the_last_rank_is_awarded_too(year, mentors):
    year.mentor_awards = 2
    year.save()
    year_end.shown(year, list(zip(mentors, ["40", "30", "50", "40"], strict=True)))
    year_end.made_final(year)
    awards = Award.objects.of_mentors()
    assert [(award.rank, award.mentor.name, award.total) for award in awards] == [
        (1, "陈思远", 50),
        (2, "周建国", 40),
        (2, "王海燕", 40),
    ]
    assert {award.awarded_at for award in awards} == {year.objections_until}


def test_courseware_beyond_the_places_without_a_rank_or_copied_is_not_awarded(year, mentors):
    year.courseware_awards = 1
    year.save()
    works = [
        year_end.entered(panel.make_courseware(mentor, title=f"课件{place}"))
        for place, mentor in enumerate(mentors)
    ]
    results = [("90", 1), ("90", 1), ("80", 3), (None, None)]
    run = year_end.shown(
        year, courseware=[(work, *result) for work, result in zip(works, results, strict=True)]
    )
    assert [winner.entry for winner in winners_of(run)] == works[:2]
    year_end.made_final(year)
    awards = Award.objects.of_courseware()
    assert [(award.entry, award.mentor, award.rank) for award in awards] == [
        (works[0], mentors[0], 1),
        (works[1], mentors[1], 1),
    ]


def test_everyone_hears_the_final_score_and_the_awarded_that_too(year, mentors):
    year.mentor_awards = 1
    year.save()
    entry = year_end.entered(panel.make_courseware(mentors[1], title="面试中的表达"))
    year_end.shown(year, [(mentors[0], "59.02"), (mentors[1], "40")], courseware=[(entry, "90", 1)])
    year_end.made_final(year)
    final = {message.person: message for message in told("result_final")}
    assert set(final) == {mentors[0].user, mentors[1].user}
    assert "最终得分 59.02 分，第 1 名" in final[mentors[0].user].body
    assert final[mentors[0].user].path == f"/me/score/?year={year.year}"
    awarded = {message.person: message.body for message in told("awarded")}
    assert awarded == {
        mentors[0].user: f"祝贺您！您获评 {year.year} 年度优秀职业导师。",
        mentors[1].user: f"祝贺您！您的课件“面试中的表达”获评 {year.year} 年度优秀课件。",
    }


def test_award_is_given_once_to_a_mentor_and_to_an_entry(year, mentors):
    entry = year_end.entered(panel.make_courseware(mentors[0]))
    year_end.shown(year, [(mentors[0], "40")], courseware=[(entry, "90", 1)])
    year_end.made_final(year)
    for award in Award.objects.all():
        award.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            award.save(force_insert=True)
