"""How the worker and its tasks stand, by tables of values; and what an error may show."""

from datetime import datetime, timedelta

import pytest

from mentor_portal.home import rules
from mentor_portal.home.rules import TaskState
from tests import moments

NOON = moments.at("2026-03-12 12:00")


def ago(seconds: float | None) -> datetime | None:
    return None if seconds is None else NOON - timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "is_well", "sentence"),
    [
        (-1, True, "后台任务进程运行正常，最近心跳：0 秒前"),
        (0, True, "后台任务进程运行正常，最近心跳：0 秒前"),
        (179, True, "后台任务进程运行正常，最近心跳：179 秒前"),
        (180, True, "后台任务进程运行正常，最近心跳：180 秒前"),
        (181, False, "后台任务进程已停止 3 分钟，请联系管理员"),
        (3600, False, "后台任务进程已停止 60 分钟，请联系管理员"),
        (None, False, "后台任务进程还没有运行过，请联系管理员"),
    ],
)
def test_heart_is_well_for_three_minutes(seconds, is_well, sentence):
    age = None if seconds is None else timedelta(seconds=seconds)
    assert (rules.heart_is_well(age), rules.heart_sentence(age)) == (is_well, sentence)


@pytest.mark.parametrize(
    ("interval", "late", "is_overdue"),
    [
        (5, -5, False),
        (5, 70, False),
        (5, 71, True),
        (30, 120, False),
        (30, 121, True),
        (60, 180, False),
        (60, 181, True),
        (86400, 2 * 86400 + 60, False),
        (86400, 2 * 86400 + 61, True),
    ],
)
def test_run_is_overdue_when_more_than_two_intervals_and_a_minute_late(interval, late, is_overdue):
    answer = rules.is_overdue(due_at=ago(late), interval=timedelta(seconds=interval), at=NOON)
    assert answer is is_overdue


@pytest.mark.parametrize(
    ("has_run", "succeeded", "failed", "is_late", "state"),
    [
        (False, None, None, False, TaskState.NEVER),
        (False, None, None, True, TaskState.OVERDUE),
        (True, 5, None, False, TaskState.WELL),
        (True, 5, None, True, TaskState.OVERDUE),
        (True, None, 5, False, TaskState.FAILED),
        (True, 10, 5, False, TaskState.FAILED),
        (True, 10, 5, True, TaskState.FAILED),
        (True, 5, 10, False, TaskState.WELL),
        (True, 5, 10, True, TaskState.OVERDUE),
    ],
)
def test_state_is_that_of_the_last_outcome_and_then_of_the_clock(has_run, succeeded, failed, is_late, state):
    answer = rules.task_state(
        has_run=has_run, succeeded_at=ago(succeeded), error_at=ago(failed), is_late=is_late
    )
    assert answer is state


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0.00 秒"), (0.043, "0.04 秒"), (12.46, "12.5 秒"), (60, "1 分 0 秒"), (185.9, "3 分 5 秒")],
)
def test_duration_in_words(seconds, words):
    assert rules.duration_words(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("", "ValueError"),
        ("something is missing", "ValueError: something is missing"),
        ("key s3cr3t-key-of-ours here", "ValueError: key *** here"),
        (
            "postgres://portal:pa@ss@db:5432/portal refused",
            "ValueError: postgres://***@db:5432/portal refused",
        ),
        ("redis://:hunter2@cache:6379/0", "ValueError: redis://***@cache:6379/0"),
        ("see https://docs.example/a?b=c", "ValueError: see https://docs.example/a?b=c"),
        ("host=db password=hunter2 user=portal", "ValueError: host=db password=*** user=portal"),
        ('{"access_token": "hunter2", "n": 1}', 'ValueError: {"access_token": ***, "n": 1}'),
        ("Authorization: Bearer hunter2.x.y", "ValueError: Authorization: ***"),
        ("?phone=13800138000&apikey=hunter2&n=1", "ValueError: ?phone=138****8000&apikey=***&n=1"),
        ("to 13800138000 or li@example.com", "ValueError: to 138****8000 or ***"),
        ("order 20260312138001380001", "ValueError: order 20260312138001380001"),
        ("no\x00null", "ValueError: nonull"),
        (
            'new row violates "x"\nDETAIL:  Failing row contains (1, 李明, 长沙).\nmore',
            'ValueError: new row violates "x"',
        ),
    ],
)
def test_error_shows_class_and_message_and_nobody_s_secret(message, shown):
    secrets = ["", "s3cr3t-key-of-ours", "s3cr3t"]
    assert rules.error_words(kind="ValueError", message=message, secrets=secrets) == shown


def test_error_is_cut_after_its_secrets_are_out():
    """A secret that straddles the cut must not show its first half."""
    message = "x" * 485 + "topsecretvalue" + "y" * 100
    shown = rules.error_words(kind="E", message=message, secrets=["topsecretvalue"])
    assert shown == "E: " + "x" * 485 + "***" + "y" * 9
    assert len(shown) == rules.ERROR_LENGTH
