"""Whose step it is, when two names are one employer, and when two claims are for one job."""

from datetime import date

import pytest

from consultations.rules.pairings import (
    KEY_LENGTH,
    LIVE,
    Act,
    Job,
    Likeness,
    Side,
    Start,
    State,
    check_start,
    employer_key,
    is_theirs,
    likeness,
    may,
)

# Who may do what in which state, written out anew: everything else is refused.
ALLOWED = {
    (Side.SEEKER, State.PROPOSED): {Act.ACCEPT, Act.DECLINE},
    (Side.SEEKER, State.ACTIVE): {Act.STOP},
    (Side.SEEKER, State.CLAIMED): {Act.CONFIRM, Act.DISPUTE, Act.STOP},
    (Side.MENTOR, State.PROPOSED): {Act.STOP},
    (Side.MENTOR, State.ACTIVE): {Act.LOG_CONTACT, Act.CLAIM, Act.GIVE_UP, Act.STOP},
    (Side.MENTOR, State.CLAIMED): {Act.LOG_CONTACT, Act.STOP},
    (Side.MENTOR, State.CONFIRMED): {Act.LOG_CONTACT},
    (Side.STAFF, State.PROPOSED): {Act.STOP},
    (Side.STAFF, State.ACTIVE): {Act.STOP},
    (Side.STAFF, State.CLAIMED): {Act.STOP},
    (Side.STAFF, State.CONFIRMED): {Act.VERIFY, Act.RETURN, Act.REFUSE, Act.STOP},
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("side", Side)
def test_each_side_may_do_in_each_state_what_the_table_says(side, state):
    assert {act for act in Act if may(act, {side}, state)} == ALLOWED.get((side, state), set())


def test_nobody_does_anything_once_a_pairing_has_ended():
    ended = set(State) - set(LIVE)
    assert not [act for act in Act for state in ended if may(act, set(Side), state)]


def test_a_person_without_a_side_may_nothing():
    assert not [act for act in Act if is_theirs(act, set())]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("三一重工股份有限公司", "三一重工"),
        ("三一重工股份有限公司", " 三一 重工（股份）有限责任公司 "),
        ("中联重科（长沙）有限公司", "中联重科(长沙)公司"),
        ("湖南ＡＢＣ科技有限公司", "湖南abc科技"),
        ("蓝思科技集团", "蓝思科技集团有限公司"),
    ],
)
def test_writing_habits_do_not_tell_employers_apart(one, other):
    assert employer_key(one) == employer_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("三一重工", "三一重能"), ("长沙银行", "长沙银行岳麓支行"), ("湖南大学", "湖南师范大学")],
)
def test_other_names_are_other_employers(one, other):
    assert employer_key(one) != employer_key(other)


@pytest.mark.parametrize(("name", "key"), [("公司", "公司"), ("——", ""), ("  ", ""), ("…公司", "公司")])
def test_a_name_of_nothing_but_marks_has_no_key(name, key):
    assert employer_key(name) == key


def test_a_name_that_grows_when_its_width_is_taken_off_still_fits():
    assert len(employer_key("㍿" * 100)) <= KEY_LENGTH


@pytest.mark.parametrize(
    ("started_on", "expected"),
    [
        (date(2026, 2, 28), Start.TOO_EARLY),
        (date(2026, 3, 1), Start.FINE),
        (date(2026, 5, 30), Start.FINE),
        (date(2026, 5, 31), Start.TOO_LATE),
    ],
)
def test_work_begins_after_the_pairing_and_at_most_sixty_days_ahead(started_on, expected):
    assert check_start(started_on, paired_on=date(2026, 3, 1), today=date(2026, 3, 31)) == expected


@pytest.mark.parametrize(
    ("key", "started_on", "expected"),
    [
        ("三一重工", date(2026, 3, 31), Likeness.SAME_JOB),
        ("三一重工", date(2026, 4, 1), Likeness.SIMILAR),
        ("三一重工", date(2027, 3, 1), Likeness.SIMILAR),
        ("蓝思科技", date(2026, 12, 31), Likeness.SIMILAR),
        ("蓝思科技", date(2027, 1, 1), Likeness.APART),
    ],
)
def test_claims_of_one_person_are_compared_by_employer_month_and_year(key, started_on, expected):
    assert likeness(Job("三一重工", date(2026, 3, 1)), Job(key, started_on)) == expected
