"""The survey of one class at one moment: the same person twenty times, and twenty people, over HTTP."""

from collections import Counter
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from classrooms import errors
from classrooms.models import ClassRating, RatingCase, SurveyReceipt, SurveyResult
from classrooms.services import reply_to_case, settle_case
from mentor_portal.reservations.models import Reservation
from mentor_portal.reservations.services import undo_check_in
from tests import feedback, offerings
from tests.races import server
from tests.races.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 20


def answer_at_once(port, session, people):
    keys = server.sign_in(list({person.pk: person for person in people}.values()))
    path = reverse("classrooms:session-feedback", args=[session.pk])
    body = urlencode({"level": "2", "rating_words": "太快", "survey_words": "多举例"})
    return server.post_at_once(port, [(keys[person.pk], path) for person in people], body), path


@pytest.mark.postgres
def test_20_submits_of_one_person_at_once_are_one_answer():
    session = feedback.past_session()
    people = offerings.make_people(1)
    feedback.attend(session, people)
    with server.portal() as port:
        answers, path = answer_at_once(port, session, people * AT_ONCE)
    assert Counter(answers) == {(302, path): AT_ONCE}
    assert (SurveyReceipt.objects.count(), ClassRating.objects.count(), RatingCase.objects.count()) == (
        1,
        1,
        1,
    )
    result = SurveyResult.objects.get()
    assert (result.answers, result.points, result.words) == (1, 25, ["多举例"])
    assert offerings.broken_invariants() == []


@pytest.mark.postgres
def test_20_people_at_once_are_20_answers():
    session = feedback.past_session()
    people = offerings.make_people(AT_ONCE)
    feedback.attend(session, people)
    with server.portal() as port:
        answers, path = answer_at_once(port, session, people)
    assert Counter(answers) == {(302, path): AT_ONCE}
    result = SurveyResult.objects.get()
    assert (result.answers, result.points, len(result.words)) == (AT_ONCE, AT_ONCE * 25, AT_ONCE)
    assert SurveyReceipt.objects.count() == AT_ONCE
    assert offerings.broken_invariants() == []


@pytest.mark.postgres
def test_20_people_at_once_without_the_lock_lose_answers():
    """The twin: without the offering's lock, answers that are added at the same moment are lost."""
    session = feedback.past_session()
    people = offerings.make_people(AT_ONCE)
    feedback.attend(session, people)
    with server.portal("tests.races.without_offering_lock:application") as port:
        answer_at_once(port, session, people)
    assert sum(SurveyResult.objects.values_list("answers", flat=True)) < AT_ONCE


def test_answer_and_undone_check_in_at_once_leave_no_answer_of_somebody_who_was_not_there(staff):
    [row] = feedback.attended()
    at_once(
        [
            lambda: feedback.give(row),
            lambda: undo_check_in(reservation=row, by=staff, at=timezone.now()),
        ]
    )
    row.refresh_from_db()
    has_answered = SurveyReceipt.objects.exists()
    assert has_answered == (row.state == Reservation.State.ATTENDED)
    assert offerings.broken_invariants() == []


def test_two_replies_at_once_are_one(staff):
    [row] = feedback.attended()
    case = feedback.give(row, 1).case
    outcomes = at_once(
        [
            lambda words=words: reply_to_case(case=case, reply=words, by=staff, at=timezone.now())
            for words in ("第一个", "第二个")
        ]
    )
    assert sum(isinstance(each, errors.CaseReplied) for each in outcomes) == 1


def test_two_settlements_at_once_are_one(staff):
    [row] = feedback.attended()
    case = feedback.give(row, 1).case
    reply_to_case(case=case, reply="谢谢", by=staff, at=timezone.now())
    outcomes = at_once(
        [
            lambda words=words: settle_case(case=case, settlement=words, by=staff, at=timezone.now())
            for words in ("第一个", "第二个")
        ]
    )
    assert sum(isinstance(each, errors.CaseSettled) for each in outcomes) == 1
