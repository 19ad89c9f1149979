"""How the portal writes dates, times and phone numbers, and its icons."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html

from mentor_portal import wording

register = template.Library()

Moment = datetime | date | None


@register.simple_tag
def icon(name: str, css_class: str = "") -> str:
    """An icon of our sprite, hidden from screen readers: the word beside it says the same."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f" {css_class}" if css_class else "",
        static("icons/sprite.svg"),
        name,
    )


@register.filter
def cn_date(value: Moment) -> str:
    """3月12日（周四）."""
    day = _day(value)
    return "" if day is None else wording.day(day)


@register.filter
def cn_day(value: Moment) -> str:
    """今天, 明天, or the weekday."""
    day = _day(value)
    if day is None:
        return ""
    near = {_today(): "今天", _today() + timedelta(days=1): "明天"}
    return near.get(day, wording.WEEKDAYS[day.weekday()])


@register.filter
def cn_month(value: Moment) -> str:
    """3月, with the year on a line above where it is not this one."""
    day = _day(value)
    if day is None:
        return ""
    month = f"{day.month}月"
    return month if day.year == _today().year else format_html("{}年<br>{}", day.year, month)


@register.filter
def cn_weekday(value: Moment) -> str:
    """周四, whatever day today is."""
    day = _day(value)
    return "" if day is None else wording.WEEKDAYS[day.weekday()]


@register.filter
def cn_time(value: datetime | None) -> str:
    """14:30 in Shanghai."""
    return wording.clock(value) if value else ""


@register.simple_tag
def cn_range(start: datetime | None, end: datetime | None) -> str:
    """3月12日（周四）14:30–16:00; an end on another day is written in full."""
    if not start:
        return ""
    return wording.span(start, end) if end else f"{cn_date(start)}{cn_time(start)}"


@register.filter
def plain(value: Decimal | int | None) -> str:
    """4.5, 10: a number without zeros that say nothing."""
    return "" if value is None else wording.plain(Decimal(value))


@register.filter
def masked_phone(value: str | None) -> str:
    """138****8000; what is too short to be a phone number shows nothing but stars."""
    digits = "".join(c for c in str(value or "") if c.isdigit())[-11:]
    if not digits:
        return ""
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 11 else "****"


@register.simple_tag
def focus_first_error(form) -> str:
    """Give the focus to the first field in error, without JavaScript too; prints nothing."""
    wrong = next((field for field in form.visible_fields() if field.errors), None)
    if wrong is None:
        return ""
    for field in form.visible_fields():
        field.field.widget.attrs.pop("autofocus", None)
    wrong.field.widget.attrs["autofocus"] = True
    return ""


def _day(value: Moment) -> date | None:
    if not value:
        return None
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _today() -> date:
    return timezone.localdate()
