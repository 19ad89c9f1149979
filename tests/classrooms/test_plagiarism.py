"""Only a decision with a reason, after the mentor could answer, makes a likeness plagiarism."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from classrooms import errors, services
from classrooms.models import Courseware, SimilarPair
from mentor_portal.notifications.models import Message
from mentor_portal.workdays import end_of_workday
from tests import courseware

pytestmark = pytest.mark.django_db
State = SimilarPair.State
WORKDAYS = 5


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


def confirm(pair, by, at=None, reason="三分之二的内容相同"):
    return services.confirm_pair(pair=pair, reason=reason, by=by, at=at or timezone.now())


def dismiss(pair, by, reason="引用了同一份文件"):
    return services.dismiss_pair(pair=pair, reason=reason, by=by, at=timezone.now())


def told(kind):
    return list(Message.objects.filter(kind=kind).values_list("person__name", "body"))


def test_mentor_who_is_asked_is_told_until_when_to_answer(mentor, staff):
    pair = courseware.pair(mentor)
    at = timezone.now()
    asked = services.ask_mentor(pair=pair, question=" 第二部分从何而来？", by=staff, at=at)
    assert (asked.state, asked.question, asked.asked_at) == (State.ASKED, "第二部分从何而来？", at)
    assert asked.answer_due_at == end_of_workday(at, WORKDAYS)
    [(name, body)] = told("courseware_asked")
    assert (name, "第二部分从何而来？" in body, "24:00前" in body) == ("周建国", True, True)
    assert list(SimilarPair.objects.asked_of(mentor)) == [asked]


def test_mentor_is_asked_once(mentor, staff):
    pair = courseware.asked(mentor, staff)
    with pytest.raises(errors.MentorAsked, match="请周建国说明，现在是“待导师说明”"):
        services.ask_mentor(pair=pair, question="还有一个问题", by=staff, at=timezone.now())
    assert len(told("courseware_asked")) == 1


def test_answer_is_kept_and_twice_is_once(mentor, staff):
    pair = courseware.answered(mentor, staff)
    again = {"pair": pair, "by": mentor.user, "at": timezone.now() + timedelta(hours=1)}
    answered_at = pair.answered_at
    pair = services.answer_pair(answer=pair.answer, **again)
    assert (pair.state, pair.answered_at) == (State.ANSWERED, answered_at)
    with pytest.raises(errors.NothingToExplain):
        services.answer_pair(answer="另一个说法", **again)
    assert not SimilarPair.objects.asked_of(mentor).exists()


def test_answer_may_come_late_but_not_unasked(mentor, staff):
    pair = courseware.pair(mentor)
    with pytest.raises(errors.NothingToExplain):
        services.answer_pair(pair=pair, answer="我写的", by=mentor.user, at=timezone.now())
    pair = services.ask_mentor(pair=pair, question="从何而来？", by=staff, at=timezone.now())
    late = pair.answer_due_at + timedelta(days=1)
    answered = services.answer_pair(pair=pair, answer="我写的", by=mentor.user, at=late)
    assert answered.state == State.ANSWERED


@pytest.mark.parametrize(
    ("verb", "words", "error"),
    [
        (services.ask_mentor, {"question": " "}, errors.QuestionMissing),
        (services.answer_pair, {"answer": " "}, errors.AnswerMissing),
        (services.dismiss_pair, {"reason": " "}, errors.ReasonMissing),
        (services.confirm_pair, {"reason": " "}, errors.ReasonMissing),
    ],
)
def test_nothing_is_done_without_words(mentor, staff, verb, words, error):
    pair = courseware.asked(mentor, staff)
    with pytest.raises(error):
        verb(pair=pair, by=staff, at=timezone.now(), **words)
    pair.refresh_from_db()
    assert pair.state == State.ASKED


def test_nobody_is_confirmed_unheard(mentor, staff):
    pair = courseware.pair(mentor)
    with pytest.raises(errors.MentorNotHeard, match="请先请导师说明"):
        confirm(pair, staff)
    pair = services.ask_mentor(pair=pair, question="从何而来？", by=staff, at=timezone.now())
    last = pair.answer_due_at - timedelta(seconds=1)
    with pytest.raises(errors.MentorNotHeard, match="24:00"):
        confirm(pair, staff, at=last)
    assert not Courseware.objects.plagiarised().exists()
    assert confirm(pair, staff, at=pair.answer_due_at).state == State.CONFIRMED


def test_confirmed_after_the_answer_counts_against_the_copy_alone(mentor, staff):
    pair = courseware.answered(mentor, staff)
    at = timezone.now()
    pair = confirm(pair, staff, at=at, reason="三分之二的内容相同。")
    assert (pair.state, pair.reason, pair.decided_by, pair.decided_at) == (
        State.CONFIRMED,
        "三分之二的内容相同。",
        staff,
        at,
    )
    assert list(Courseware.objects.plagiarised()) == [pair.version.courseware]
    [(name, body)] = told("plagiarism_confirmed")
    assert (name, "认定为抄袭：三分之二的内容相同。如有异议" in body) == ("周建国", True)


def test_dismissed_counts_against_nobody_and_only_who_was_asked_is_told(mentor, staff):
    dismiss(courseware.pair(mentor), staff)
    assert told("plagiarism_dismissed") == []
    assert not Courseware.objects.plagiarised().exists()


def test_mentor_who_was_asked_hears_that_it_is_dismissed(mentor, staff):
    dismiss(courseware.asked(mentor, staff), staff)
    assert [name for name, _body in told("plagiarism_dismissed")] == ["周建国"]


@pytest.mark.parametrize("act", [confirm, dismiss])
def test_decided_pair_says_who_was_first(mentor, staff, act):
    pair = courseware.answered(mentor, staff)
    dismiss(pair, staff)
    with pytest.raises(errors.PairDecided, match=r"中心小王.*不构成抄袭"):
        act(pair, staff)
    with pytest.raises(errors.PairDecided):
        services.ask_mentor(pair=pair, question="从何而来？", by=staff, at=timezone.now())
    with pytest.raises(errors.NothingToExplain):
        services.answer_pair(pair=pair, answer="补充一点", by=staff, at=timezone.now())


def test_database_keeps_no_verdict_without_a_reason_or_before_asking(mentor, staff):
    pair = courseware.pair(mentor)
    for fields in ({"reason": ""}, {"reason": "相同"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SimilarPair.objects.filter(pk=pair.pk).update(
                state=State.CONFIRMED, decided_at=timezone.now(), decided_by=staff, **fields
            )
