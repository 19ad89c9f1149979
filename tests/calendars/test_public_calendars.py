"""The calendars that everyone may subscribe to, as calendar programs understand them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.services import cancel_session, change_session, plan_session, publish_session
from mentor_portal.reservations.calendars import KEPT_DAYS, MOST
from mentors.models import Category
from tests import clinics, moments, offerings
from tests.calendars.reading import calendar, events, instants, titles

pytestmark = pytest.mark.django_db
SCHEDULE = "/classes/calendar.ics"


def test_event_says_what_when_where_and_by_whom():
    year = timezone.localdate().year + 1
    session = offerings.make_session(
        title="面试技巧",
        starts_at=moments.at(f"{year}-12-31 23:30"),
        outline="从初筛\n到终面",
        mentors=[offerings.make_mentor("周建国")],
        venue=offerings.make_venue("中心二楼课堂", address="雨花区人才路 1 号"),
    )
    [event] = events(SCHEDULE)
    assert instants(event) == (session.offering.starts_at, session.offering.ends_at)
    assert event["SUMMARY"] == "面试技巧"
    assert event["LOCATION"] == "长沙 · 中心二楼课堂（雨花区人才路 1 号）"
    assert "周建国 导师主讲" in event["DESCRIPTION"] and "从初筛\n到终面" in event["DESCRIPTION"]
    assert event["URL"] == f"http://testserver/classes/{session.pk}/"
    assert event["STATUS"] == "CONFIRMED"


def test_moments_stand_in_a_time_zone_that_the_calendar_tells():
    offerings.make_session()
    found = calendar(SCHEDULE)
    [zone] = found.timezones
    [event] = found.events
    assert zone["TZID"] == event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert zone.to_tz().utcoffset(event["DTSTART"].dt.replace(tzinfo=None)) == timedelta(hours=8)
    assert found["METHOD"] == "PUBLISH"


def test_class_that_moves_is_the_same_event_with_a_higher_sequence(staff):
    plan = offerings.make_plan(moments.in_days(3))
    session = plan_session(plan=plan, by=staff)
    publish_session(session=session, by=staff, at=timezone.now())
    [before] = events(SCHEDULE)
    moved = replace(
        plan, starts_at=plan.starts_at + timedelta(days=1), ends_at=plan.ends_at + timedelta(days=1)
    )
    change_session(session=session, plan=moved, by=staff, at=timezone.now())
    [after] = events(SCHEDULE)
    assert before["UID"] == after["UID"] == f"class-{session.pk}@mentor-portal.invalid"
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt
    assert instants(after)[0] == moved.starts_at


def test_class_that_is_called_off_stays_as_cancelled(staff):
    session = offerings.make_session(title="面试技巧")
    [before] = events(SCHEDULE)
    cancel_session(session=session, by=staff, at=timezone.now(), reason="导师出差")
    [event] = events(SCHEDULE)
    assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "已取消：面试技巧")
    assert event["SEQUENCE"] > before["SEQUENCE"]
    assert events(f"/classes/{session.pk}/calendar.ics")[0]["STATUS"] == "CANCELLED"


@pytest.mark.parametrize(
    "text",
    ["逗号,分号;反斜杠\\n", "第一行\r\n第二行", "空\0字符\x0b", "😀" * 40, "长" * 100, 'BEGIN:VEVENT"'],
)
def test_text_survives_whatever_it_holds(text):
    session = offerings.make_session(title=text.replace("\0", "")[:100], outline=text.replace("\0", ""))
    [event] = events(SCHEDULE)
    kept = "".join(letter for letter in session.title if letter >= " " or letter in "\n\r\t")
    assert str(event["SUMMARY"]).split() == kept.split()


def test_schedule_keeps_the_last_weeks_and_takes_the_filters():
    now = timezone.now()
    first = offerings.make_session(title="刚结束的课", starts_at=now - timedelta(days=2))
    offerings.make_session(title="很久以前的课", starts_at=now - KEPT_DAYS - timedelta(days=1))
    other = Category.objects.exclude(pk=first.category_id).first()
    offerings.make_session(title="别的类别", category=other)
    offerings.make_draft(title="草稿")
    assert titles(SCHEDULE) == ["刚结束的课", "别的类别"]
    assert titles(SCHEDULE, category=other.slug) == ["别的类别"]
    assert other.short_name in calendar(SCHEDULE, category=other.slug)["X-WR-CALNAME"]


def test_schedule_has_a_bounded_number_of_events():
    session = offerings.make_session()
    offerings.make_many(session, MOST + 5)
    assert len(events(SCHEDULE)) == MOST


def test_mentor_has_a_calendar_of_classes_and_clinics(mentor_user):
    mentor = mentor_user.mentor
    offerings.make_session(title="导师的课", mentors=[mentor])
    offerings.make_session(title="别人的课")
    clinics.make_clinic(
        title="集中诊断", starts_at=moments.in_days(8), mentors=[mentor, offerings.make_mentor("李慧芳")]
    )
    assert titles(f"/mentors/{mentor.pk}/calendar.ics") == ["导师的课", "集中诊断"]
    hidden = offerings.make_mentor("没有聘期的导师")
    assert Client().get(f"/mentors/{hidden.pk}/calendar.ics").status_code == 404


def test_calendar_that_has_not_changed_is_not_sent_again():
    session = offerings.make_session()
    for path in (SCHEDULE, f"/classes/{session.pk}/calendar.ics"):
        response = Client().get(path)
        assert "public" in response["Cache-Control"]
        assert Client().get(path, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_draft_has_no_calendar():
    assert Client().get(f"/classes/{offerings.make_draft().pk}/calendar.ics").status_code == 404


def test_empty_calendar_is_a_calendar():
    assert events(SCHEDULE) == []
