"""The portal's way of writing dates, times, phone numbers and icons."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.utils import timezone

from mentor_portal.home.templatetags import portal

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _in_shanghai_on_10_march_2026(monkeypatch):
    monkeypatch.setattr(portal, "_today", lambda: date(2026, 3, 10))
    with timezone.override(SHANGHAI):
        yield


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (at(12, 14, 30), "3月12日（周四）"),
        (datetime(2026, 3, 11, 17, tzinfo=UTC), "3月12日（周四）"),
        (date(2026, 3, 15), "3月15日（周日）"),
        (None, ""),
        ("", ""),
    ],
)
def test_cn_date_is_the_day_in_shanghai(value, expected):
    assert portal.cn_date(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (at(10, 23, 59), "今天"),
        (date(2026, 3, 11), "明天"),
        (date(2026, 3, 12), "周四"),
        (datetime(2026, 3, 9, 16, 30, tzinfo=UTC), "今天"),
        (date(2026, 3, 9), "周一"),
        (None, ""),
    ],
)
def test_cn_day_names_today_tomorrow_and_weekdays(value, expected):
    assert portal.cn_day(value) == expected


def test_cn_month_names_another_year():
    assert portal.cn_month(at(31, 9)) == "3月"
    assert portal.cn_month(datetime(2025, 12, 31, 16, tzinfo=UTC)) == "1月"
    assert portal.cn_month(date(2025, 12, 31)) == "2025年<br>12月"
    assert portal.cn_month(None) == ""


def test_cn_weekday_never_says_today():
    assert portal.cn_weekday(at(10, 9)) == "周二"
    assert portal.cn_weekday(None) == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (at(12, 9, 5), "09:05"),
        (datetime(2026, 3, 12, 6, 30, tzinfo=UTC), "14:30"),
        (None, ""),
    ],
)
def test_cn_time_is_the_clock_in_shanghai(value, expected):
    assert portal.cn_time(value) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (at(12, 14, 30), at(12, 16), "3月12日（周四）14:30–16:00"),
        (at(12, 22), at(13, 1), "3月12日（周四）22:00–3月13日（周五）01:00"),
        (at(12, 14, 30), None, "3月12日（周四）14:30"),
        (None, None, ""),
    ],
)
def test_cn_range_repeats_the_day_only_when_it_differs(start, end, expected):
    assert portal.cn_range(start, end) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("13800138000", "138****8000"),
        ("+8613800138000", "138****8000"),
        ("+86 138-0013-8000", "138****8000"),
        ("12345", "****"),
        ("", ""),
        (None, ""),
    ],
)
def test_masked_phone_keeps_three_and_four(value, expected):
    assert portal.masked_phone(value) == expected


def test_icon_points_into_the_sprite_and_is_hidden_from_readers():
    html = portal.icon("bell", "icon--s")
    assert 'class="icon icon--s"' in html
    assert 'aria-hidden="true"' in html
    assert "sprite" in html and "#bell" in html


def test_icon_escapes_its_name():
    assert "<script>" not in portal.icon("<script>")


class _TwoFields(forms.Form):
    first = forms.CharField(widget=forms.TextInput(attrs={"autofocus": True}))
    second = forms.CharField()


def test_focus_first_error_moves_the_focus_to_the_field_in_error():
    form = _TwoFields({"first": "有", "second": ""})
    assert portal.focus_first_error(form) == ""
    assert "autofocus" not in str(form["first"])
    assert "autofocus" in str(form["second"])


def test_focus_first_error_without_errors_leaves_the_focus_alone():
    form = _TwoFields({"first": "有", "second": "有"})
    portal.focus_first_error(form)
    assert "autofocus" in str(form["first"])
