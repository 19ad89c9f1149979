"""How texts are filled, and when something may go out."""

from datetime import timedelta

import pytest

from mentor_portal.notifications import rules
from tests.moments import at


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-05 08:00", "2026-03-05 08:00"),
        ("2026-03-05 12:30", "2026-03-05 12:30"),
        ("2026-03-05 20:59:59", "2026-03-05 20:59:59"),
        ("2026-03-05 21:00", "2026-03-06 08:00"),
        ("2026-03-05 23:59:59", "2026-03-06 08:00"),
        ("2026-03-06 00:00", "2026-03-06 08:00"),
        ("2026-03-06 00:30", "2026-03-06 08:00"),
        ("2026-03-06 07:59", "2026-03-06 08:00"),
        ("2026-03-06 07:59:59", "2026-03-06 08:00"),
        ("2026-12-31 22:00", "2027-01-01 08:00"),
    ],
)
def test_quiet_night_ends_at_eight(now, expected):
    assert rules.first_loud_moment(at(now), 21, 8) == at(expected)


@pytest.mark.parametrize(
    ("hours", "now", "expected"),
    [
        ((12, 14), "2026-03-05 11:59", "2026-03-05 11:59"),
        ((12, 14), "2026-03-05 12:00", "2026-03-05 14:00"),
        ((12, 14), "2026-03-05 14:00", "2026-03-05 14:00"),
        ((0, 6), "2026-03-05 05:59", "2026-03-05 06:00"),
        ((22, 0), "2026-03-05 23:00", "2026-03-06 00:00"),
        ((22, 0), "2026-03-05 00:00", "2026-03-05 00:00"),
        ((8, 8), "2026-03-05 03:00", "2026-03-05 03:00"),
    ],
)
def test_quiet_hours_of_another_kind(hours, now, expected):
    assert rules.first_loud_moment(at(now), *hours) == at(expected)


def test_pauses_double_until_the_eighth_try_is_the_last():
    pauses = [rules.pause_after(attempts) for attempts in range(1, 9)]
    assert pauses == [*(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 16, 32, 64)), None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("您已预约“{offering}”。", "您已预约“面试课”。"),
        ("{offering}{offering}", "面试课面试课"),
        ("{missing}。", "。"),
        ("{trap}", "{offering} {0.__class__}"),
        ("{offering.__class__}{0}{}{offering!r}", "{offering.__class__}{}{offering!r}"),
        ("没有词", "没有词"),
    ],
)
def test_fill_puts_words_in_once_and_understands_nothing_else(text, expected):
    words = {"offering": "面试课", "trap": "{offering} {0.__class__}"}
    assert rules.fill(text, words) == expected


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("“{offering}”：{when}", []),
        ("没有词", []),
        ("{offerings}、{when}、{offerings}", ["{offerings}"]),
        ("{offering", ["{"]),
        ("offering}", ["}"]),
        ("{}", ["{", "}"]),
        ("{offering.title}", ["{", "}"]),
        ("{{offering}}", ["{", "}"]),
        ("{ offering }", ["{", "}"]),
    ],
)
def test_wrong_words_are_named(text, wrong):
    assert rules.wrong_words(text, {"offering", "when"}) == wrong


def test_title_is_one_line_and_overflow_is_shortened():
    assert rules.fill_title("a\r\nb {word}", {"word": "c\nSubject: d"}, 60) == "a b c Subject: d"
    assert rules.fill_title("{word}", {"word": "长" * 61}, 60) == "长" * 59 + "…"
    assert rules.shorten("长" * 500, 500) == "长" * 500
