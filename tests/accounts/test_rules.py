"""Phone numbers, e-mail addresses and the limits of codes, by tables of values."""

from datetime import timedelta

import pytest

from mentor_portal.accounts import rules
from tests.moments import at

NOW = at("2026-03-05 12:00")
LIMITS = [(timedelta(minutes=1), 1), (timedelta(hours=1), 5), (timedelta(days=1), 10)]


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "+8613800138000",
        "+86 138 0013 8000",
        "86-138-0013-8000",
        "008613800138000",
        " 138 0013 8000 ",
        "138-0013-8000",
        "(+86)138 0013 8000",
        "１３８００１３８０００",
        "138\u20110013\u20118000",
    ],
)
def test_normalise_phone_stores_one_way(text):
    assert rules.normalise_phone(text) == "13800138000"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1380013800",
        "138001380000",
        "12800138000",
        "03731234567",
        "abc",
        "+1 138 0013 8000",
        "+85213800138000",
        "13800138000x",
        "1380013800\0",
        "٠١٣٨٠٠١٣٨٠٠",
    ],
)
def test_normalise_phone_refuses_what_is_none(text):
    with pytest.raises(ValueError, match="mobile number"):
        rules.normalise_phone(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Li.Ming@Example.COM ", "li.ming@example.com"),
        ("ｌｉ＠example.com", "li@example.com"),
        ("+86 138 0013 8000", "13800138000"),
    ],
)
def test_normalise_identifier(text, expected):
    assert rules.normalise_identifier(text) == expected


@pytest.mark.parametrize("text", ["li@", "@example.com", "li@example", "a b@example.com"])
def test_normalise_identifier_refuses_what_is_no_address(text):
    with pytest.raises(ValueError, match="e-mail"):
        rules.normalise_identifier(text)


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [("13800138000", "138****8000"), ("li@example.com", "l***@example.com")],
)
def test_mask_identifier(identifier, expected):
    assert rules.mask_identifier(identifier) == expected


@pytest.mark.parametrize(
    ("seconds_ago", "expected"),
    [
        ([], 0),
        ([18], 42),
        ([18.5], 42),
        ([60], 0),
        ([61, 200, 300, 400, 3000], 600),
        ([61, 200, 300, 400], 0),
        ([4000 + 100 * number for number in range(10)], 24 * 3600 - 4900),
    ],
)
def test_seconds_to_wait(seconds_ago, expected):
    sent = [NOW - timedelta(seconds=ago) for ago in seconds_ago]
    assert rules.seconds_to_wait(sent, NOW, LIMITS) == expected
