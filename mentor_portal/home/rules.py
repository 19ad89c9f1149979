"""Decisions about the worker's health: late or not, failing or not, and what of an error may be shown."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

HEART_IS_WELL_FOR = timedelta(minutes=3)
ERROR_LENGTH = 500
# How late a run may be before staff are told: so many intervals and a minute.
LATE_INTERVALS = 2
LATE_MARGIN = timedelta(seconds=60)

HIDDEN = "***"
# A secret shorter than this would blank out ordinary words.
SHORTEST_SECRET = 4
_LOGIN_IN_URL = re.compile(r"(\w+://)[^\s/@]*(?:@[^\s/@]*)*@")
_NAMED_SECRET = re.compile(
    r"""(?ix)
    (?P<name> [\w-]* (?: passw(?:or)?d | passwd | pwd | secret | token | api_?key | access_?key | signature
                     | authorization | cookie | sessionid ) [\w-]* ["']? \s* [=:] \s*)
    (?P<value> " [^"]* " | ' [^']* ' | (?: (?: basic | bearer ) \s+ )? [^\s,;&)"']+ )
    """
)
_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# PostgreSQL repeats the values of a row here.
_DETAIL = re.compile(r"\s*^DETAIL:.*", re.DOTALL | re.MULTILINE)


class TaskState(StrEnum):
    WELL = "正常"
    OVERDUE = "逾期"
    FAILED = "出错"
    NEVER = "未运行过"


def heart_is_well(age: timedelta | None) -> bool:
    """Tell whether a worker last seen so long ago counts as running; ``None`` is never seen."""
    return age is not None and age <= HEART_IS_WELL_FOR


def heart_sentence(age: timedelta | None) -> str:
    """Say when the worker was last seen, and what to do where that is too long ago."""
    if age is None:
        return "后台任务进程还没有运行过，请联系管理员"
    if heart_is_well(age):
        return f"后台任务进程运行正常，最近心跳：{max(0, int(age.total_seconds()))} 秒前"
    return f"后台任务进程已停止 {int(age.total_seconds()) // 60} 分钟，请联系管理员"


def is_overdue(*, due_at: datetime, interval: timedelta, at: datetime) -> bool:
    """Tell whether a run due at that moment is more than two intervals and a minute late."""
    return at - due_at > LATE_INTERVALS * interval + LATE_MARGIN


def task_state(
    *, has_run: bool, succeeded_at: datetime | None, error_at: datetime | None, is_late: bool
) -> TaskState:
    """Return how a task stands: its last outcome first, then whether it comes when it should."""
    if error_at is not None and (succeeded_at is None or error_at > succeeded_at):
        return TaskState.FAILED
    if is_late:
        return TaskState.OVERDUE
    return TaskState.WELL if has_run else TaskState.NEVER


def duration_words(duration: timedelta) -> str:
    """Return 0.04 秒, 12.5 秒 or 3 分 5 秒."""
    seconds = duration.total_seconds()
    if seconds < 1:
        return f"{seconds:.2f} 秒"
    if seconds < 60:
        return f"{seconds:.1f} 秒"
    return f"{int(seconds) // 60} 分 {int(seconds) % 60} 秒"


def error_words(*, kind: str, message: str, secrets: Iterable[str]) -> str:
    """Return class and message of an error in at most 500 characters.

    Left out are the given secrets, whatever looks like one, and the values of people's rows.
    """
    text = f"{kind}: {message}" if message else kind
    text = _DETAIL.sub("", text)
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST_SECRET:
            text = text.replace(secret, HIDDEN)
    text = _LOGIN_IN_URL.sub(rf"\1{HIDDEN}@", text)
    text = _NAMED_SECRET.sub(rf"\g<name>{HIDDEN}", text)
    text = _PHONE.sub(r"\1****\2", text)
    text = _EMAIL.sub(HIDDEN, text)
    # PostgreSQL keeps no NUL in a text.
    return text.replace("\x00", "").strip()[:ERROR_LENGTH]
