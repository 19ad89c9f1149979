"""Rating a class and answering its survey: once, by those who attended, and nothing joins the two."""

from datetime import timedelta

import pytest
from auditlog.registry import auditlog
from django.apps import apps
from django.db import models
from django.utils import timezone

from classrooms import errors
from classrooms.models import (
    ClassRating,
    Questionnaire,
    RatingCase,
    SurveyReceipt,
    SurveyResult,
)
from classrooms.rules import surveys as rules
from classrooms.services import (
    copy_questionnaire,
    follow_up,
    questionnaire_for,
    reply_to_case,
    settle_case,
)
from mentor_portal.accounts.models import User
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.models import Reservation
from mentor_portal.reservations.services import finish_offering, undo_check_in
from tests import feedback, offerings

pytestmark = pytest.mark.django_db


def items():
    return list(Questionnaire.objects.get().items.values_list("pk", flat=True))


def result_of(reservation):
    return SurveyResult.objects.get(pk=reservation.offering_id)


# The figures


@pytest.mark.parametrize(
    ("level", "points"), [(5, 20), (4, 15), (3, 10), (2, 5), (1, 0)], ids=lambda value: str(value)
)
def test_level_counts_as_points_of_an_item(level, points):
    assert rules.points_of_level(level) == points


def test_grades_left_out_count_as_the_level_and_strange_ones_are_passed_over():
    assert rules.whole_grades({1: 5, 9: 20}, [1, 2, 3], level=4) == {1: 5, 2: 15, 3: 15}


@pytest.mark.parametrize(
    ("points", "answers", "mean"), [(0, 0, "0"), (250, 3, "83.3"), (275, 3, "91.7"), (205, 4, "51.3")]
)
def test_mean_has_one_decimal(points, answers, mean):
    assert str(rules.mean(points, answers)) == mean


# One submit


def test_feedback_writes_rating_answers_and_receipt():
    [row] = feedback.attended()
    first, second, *_ = items()
    given = {first: 20, second: 10}
    rating = feedback.give(
        row, 4, tags=("内容实用",), rating_words="很好", grades=given, survey_words="希望多讲案例"
    )
    result = result_of(row)
    assert (rating.level, rating.words) == (4, "很好")
    assert [tag.word for tag in rating.tags.all()] == ["内容实用"]
    assert SurveyReceipt.objects.filter(pk=row.pk).exists()
    assert (result.answers, result.points, result.words) == (1, 20 + 10 + 3 * 15, ["希望多讲案例"])
    assert result.tallies[str(second)] == {"10": 1}
    assert offerings.broken_invariants() == []


def test_second_feedback_is_answered_with_the_first():
    [row] = feedback.attended()
    feedback.give(row, 5)
    assert feedback.give(row, 1).level == 5
    assert result_of(row).answers == 1
    assert not RatingCase.objects.exists()


@pytest.mark.parametrize("state", [Reservation.State.NO_SHOW, Reservation.State.CONFIRMED])
def test_feedback_of_somebody_who_was_not_there_is_refused(state):
    [row] = feedback.attended()
    Reservation.objects.filter(pk=row.pk).update(
        state=state, checked_in_at=None, checked_in_by=None, is_walk_in=False
    )
    with pytest.raises(errors.NotAttended):
        feedback.give(row)
    assert not SurveyResult.objects.exists()


def test_feedback_before_the_end_and_after_the_window_is_refused():
    [row] = feedback.attended()
    ends_at = feedback.offering_of(row).ends_at
    with pytest.raises(errors.ClassNotOver):
        feedback.give(row, at=ends_at - timedelta(seconds=1))
    with pytest.raises(errors.FeedbackClosed):
        feedback.give(row, at=ends_at + timedelta(days=30, seconds=1))
    assert feedback.give(row, at=ends_at + timedelta(days=30)).level == 5


def test_check_in_is_not_taken_back_from_whoever_has_answered(staff):
    row, other = feedback.attended(2)
    feedback.give(row)
    with pytest.raises(errors.FeedbackGiven):
        undo_check_in(reservation=row, by=staff, at=timezone.now())
    row.refresh_from_db()
    assert row.state == Reservation.State.ATTENDED
    undo_check_in(reservation=other, by=staff, at=timezone.now())


def test_those_who_attended_are_asked_once_when_the_class_is_closed():
    rows = feedback.attended(2)
    finish_offering(offering_id=rows[0].offering_id, at=timezone.now())
    asked = Message.objects.filter(kind="feedback_asked")
    assert {each.person_id for each in asked} == {each.person_id for each in rows}
    assert asked.count() == 2


# Nothing joins the answers and the person


def test_only_the_receipt_refers_to_a_person_and_no_table_of_answers_has_a_moment():
    answers = {SurveyResult, SurveyReceipt, *SurveyResult._meta.related_objects}
    allowed = {
        SurveyReceipt: {"reservation"},
        SurveyResult: {"session", "questionnaire", "answers", "points", "tallies", "words", "shown"},
    }
    for model in answers:
        assert {field.name for field in model._meta.get_fields()} == allowed[model]
        assert not [field for field in model._meta.get_fields() if isinstance(field, models.DateField)]
    people = {User, Reservation, ClassRating, SurveyReceipt}
    assert not {field.related_model for field in SurveyResult._meta.get_fields()} & people
    pointing = {field.related_model for field in SurveyReceipt._meta.related_objects}
    assert pointing == set()


def test_no_model_beside_receipt_and_rating_hangs_on_a_reservation_of_a_class_with_answers():
    """A new table that keeps answers by person has to be thought about here."""
    classrooms = [
        model
        for model in apps.get_app_config("classrooms").get_models(include_auto_created=True)
        if any(field.related_model is Reservation for field in model._meta.get_fields() if field.is_relation)
    ]
    assert set(classrooms) == {ClassRating, SurveyReceipt}
    assert not auditlog.contains(SurveyResult)
    assert not auditlog.contains(SurveyReceipt)
    assert not auditlog.contains(ClassRating)


def test_rows_of_answers_are_alike_whoever_answers_first():
    """The same answers in another order leave the same row: neither order nor place tells anybody apart."""
    said = [({}, 5, "谢谢"), ({}, 1, "太快了"), ({}, 3, "案例老")]
    left = []
    for order in (said, said[::-1]):
        for row, (grades, level, words) in zip(feedback.attended(3), order, strict=True):
            feedback.give(row, level, grades=grades, survey_words=words)
        result = result_of(row)
        left.append((result.answers, result.points, result.tallies, result.words, result.shown))
    assert left[0] == left[1]


def test_pages_are_shown_answers_by_threes_so_that_the_fourth_does_not_stand_out():
    rows = feedback.attended(7)
    for row in rows[:2]:
        feedback.give(row, 5, survey_words="好")
    assert result_of(row).shown == {}
    assert not SurveyResult.objects.shown_from(3).exists()
    feedback.give(rows[2], 1)
    assert result_of(row).shown["answers"] == 3
    assert SurveyResult.objects.shown_from(3).exists()
    for row in rows[3:5]:
        feedback.give(row, 1, survey_words="只有我这样想")
    assert result_of(row).shown["answers"] == 3
    assert "只有我这样想" not in result_of(row).shown["words"]
    feedback.give(rows[5], 5)
    assert result_of(row).shown["answers"] == result_of(row).answers == 6


# A low rating


@pytest.mark.parametrize("level", [1, 2])
def test_low_rating_opens_a_case_with_both_days_due(level, at):
    [row] = feedback.attended()
    rating = feedback.give(row, level)
    # Wednesday before the National Day holidays of 2026: the next working day is 8 October.
    case = rating.case
    assert case.opened_at == rating.rated_at
    assert case.opened_at < case.reply_due_at < case.settle_due_at


@pytest.mark.parametrize("level", [3, 4, 5])
def test_other_ratings_open_none(level):
    [row] = feedback.attended()
    feedback.give(row, level)
    assert not RatingCase.objects.exists()


def low_case():
    [row] = feedback.attended()
    return feedback.give(row, 1, rating_words="讲得太快").case


def test_case_is_replied_settled_and_followed_up_once(staff):
    case, now = low_case(), timezone.now()
    with pytest.raises(errors.NothingToFollowUp):
        follow_up(rating=case.rating, level=4, words="", by=case.rating.reservation.person, at=now)
    with pytest.raises(errors.CaseNotReplied):
        settle_case(case=case, settlement="已改", by=staff, at=now)
    with pytest.raises(errors.WordsMissing):
        reply_to_case(case=case, reply="  ", by=staff, at=now)
    reply_to_case(case=case, reply="谢谢，已转告导师。", by=staff, at=now)
    with pytest.raises(errors.CaseReplied):
        reply_to_case(case=case, reply="又一次", by=staff, at=now)
    settle_case(case=case, settlement="课件已补充案例。", by=staff, at=now)
    with pytest.raises(errors.CaseSettled):
        settle_case(case=case, settlement="又一次", by=staff, at=now)
    person = case.rating.reservation.person
    again = follow_up(rating=case.rating, level=4, words="好多了", by=person, at=now)
    assert again.is_new
    assert not follow_up(rating=case.rating, level=1, words="", by=person, at=now).is_new
    rating = ClassRating.objects.get(pk=case.pk)
    assert (rating.level, rating.follow_up_level, rating.follow_up_words) == (1, 4, "好多了")
    told = list(Message.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))
    assert told == ["feedback_asked", "rating_replied", "rating_settled"]
    assert offerings.broken_invariants() == []


def test_rating_that_is_not_low_is_not_followed_up():
    [row] = feedback.attended()
    rating = feedback.give(row, 3)
    with pytest.raises(errors.NothingToFollowUp):
        follow_up(rating=rating, level=5, words="", by=row.person, at=timezone.now())


def test_longest_reply_fits_into_the_message(staff):
    case = low_case()
    reply_to_case(case=case, reply="好" * 500, by=staff, at=timezone.now())
    assert Message.objects.filter(kind="rating_replied").count() == 1


def test_case_is_late_after_its_days(staff):
    case = low_case()
    late = RatingCase.objects.late
    assert not late(case.reply_due_at).exists()
    assert late(case.reply_due_at + timedelta(seconds=1)).exists()
    reply_to_case(case=case, reply="谢谢", by=staff, at=timezone.now())
    assert not late(case.settle_due_at).exists()
    assert late(case.settle_due_at + timedelta(seconds=1)).exists()
    settle_case(case=case, settlement="已改", by=staff, at=timezone.now())
    assert not late(case.settle_due_at + timedelta(days=1)).exists()


# The questions


def test_class_is_asked_what_its_year_asks(staff, at):
    first = Questionnaire.objects.get()
    later = copy_questionnaire(questionnaire=first, to_year=2026, by=staff)
    assert [item.text for item in later.items.all()] == [item.text for item in first.items.all()]
    before = offerings.make_session(starts_at=at("2025-12-31 23:30"), ends_at=at("2026-01-01 00:30"))
    after = offerings.make_session(starts_at=at("2026-01-01 00:00"))
    much_later = offerings.make_session(starts_at=at("2027-06-01 09:00"))
    asked = [questionnaire_for(session=each) for each in (before, after, much_later)]
    assert asked == [first, later, later]


def test_copying_to_a_year_that_has_one_is_refused(staff):
    first = Questionnaire.objects.get()
    with pytest.raises(errors.QuestionnaireExists):
        copy_questionnaire(questionnaire=first, to_year=first.year, by=staff)


def test_class_that_was_answered_keeps_its_questionnaire(staff):
    row, other = feedback.attended(2)
    feedback.give(row)
    first = Questionnaire.objects.get()
    copy_questionnaire(questionnaire=first, to_year=timezone.now().year, by=staff)
    feedback.give(other)
    assert result_of(row).questionnaire == first
    assert result_of(row).answers == 2
