"""What a mentor sees of the own classes in words, and the year in numbers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from classrooms import selectors, services
from mentor_portal.reservations.services import cancel
from tests import moments, offerings, topics

pytestmark = pytest.mark.django_db
AT = moments.at("2026-06-10 12:00")


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


def give(mentor, when, minutes=90, **fields):
    starts_at = moments.at(when)
    ends_at = starts_at + timedelta(minutes=minutes)
    return offerings.make_session(starts_at=starts_at, ends_at=ends_at, mentors=[mentor], **fields)


def hold(session, people):
    return offerings.hold(session, people, session.offering.starts_at - timedelta(days=1))


def test_year_counts_classes_held_with_their_hours_and_bookings_of_all_with_persons(mentor):
    people = offerings.make_people(3)
    first, second = give(mentor, "2026-01-01 00:00"), give(mentor, "2026-06-10 10:00", minutes=120)
    coming = give(mentor, "2026-12-31 23:00", minutes=30)
    hold(first, people[:2])
    hold(second, people[1:])
    hold(coming, people[:1])
    year = selectors.year_in_numbers(mentor, AT)
    assert (year.year, year.classes, year.hours) == (2026, 2, "3.5")
    assert (year.bookings, year.persons) == (5, 3)


def test_year_leaves_out_other_years_drafts_cancelled_classes_and_what_is_another_mentors(mentor, staff):
    people = offerings.make_people(2)
    hold(give(mentor, "2025-12-31 23:00", minutes=30), people)
    give(mentor, "2027-01-01 00:00")
    offerings.make_draft(starts_at=moments.at("2026-06-01 10:00"), mentors=[mentor])
    off = give(mentor, "2026-06-02 10:00")
    hold(off, people)
    services.cancel_session(session=off, by=staff, at=AT, reason="场地检修")
    hold(give(offerings.make_mentor("李敏"), "2026-06-03 10:00"), people)
    year = selectors.year_in_numbers(mentor, AT)
    assert (year.classes, year.hours, year.bookings, year.persons) == (0, "0", 0, 0)


def test_year_counts_neither_the_waiting_nor_who_gave_the_place_back(mentor):
    session = give(mentor, "2026-06-09 10:00", capacity=1)
    holder, _ = hold(session, offerings.make_people(2))
    assert selectors.year_in_numbers(mentor, AT).bookings == 1
    cancel(reservation=holder, by=holder.person, at=session.offering.starts_at - timedelta(hours=5))
    assert selectors.year_in_numbers(mentor, AT).bookings == 0


def line_of(session, mentor, at=None):
    row = selectors.classes_of(mentor).get(pk=session.pk)
    return selectors.teaching_line(row, at or timezone.now())


def test_class_is_told_by_where_it_stands(mentor, staff):
    session = topics.placed(topics.approved(mentor, staff), staff)
    assert line_of(session, mentor).word == "待您确认"
    assert line_of(session, mentor).can_answer
    services.answer_placement(session=session, accepted=True, by=mentor.user, at=timezone.now())
    assert line_of(session, mentor).word == "您已接受"
    assert not line_of(session, mentor).can_answer
    services.publish_session(session=session, by=staff, at=timezone.now())
    assert line_of(session, mentor).word == "已发布"
    starts_at, ends_at = session.offering.starts_at, session.offering.ends_at
    assert line_of(session, mentor, starts_at).word == "正在进行"
    assert line_of(session, mentor, ends_at).word == "已结束"
    assert [line_of(session, mentor, at).can_move for at in (timezone.now(), starts_at)] == [True, False]


def test_class_with_an_open_request_for_another_time_says_so_to_whoever_asked(mentor, staff):
    other = offerings.make_mentor("李敏")
    session = offerings.make_session(mentors=[mentor, other])
    services.ask_move(
        session=session, mentor=mentor, reason="出差", windows=[], by=mentor.user, at=timezone.now()
    )
    assert line_of(session, mentor).word == "已申请调课"
    assert not line_of(session, mentor).can_move
    assert line_of(session, other).word == "已发布"


def test_class_that_was_called_off_says_why(mentor, staff):
    session = offerings.make_session(mentors=[mentor])
    services.cancel_session(session=session, by=staff, at=timezone.now(), reason="场地检修")
    line = line_of(session, mentor)
    assert (line.word, line.next_step) == ("已取消", "场地检修")


def test_windows_are_told_in_short(mentor):
    many = [topics.half_day(day) for day in range(3, 8)]
    topics.draft(mentor, windows=many, events=[topics.event()])
    line = selectors.topic_line(mentor.applications.for_lines().get())
    assert line.windows.count("、") == 2
    assert line.windows.endswith("等 6 个时段")
