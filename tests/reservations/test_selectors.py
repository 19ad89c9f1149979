"""What pages show: the lines of what is over, the desk's rows and numbers, and who will be told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentor_portal.reservations import selectors, services
from mentor_portal.reservations.models import Offering, Reservation
from tests import moments, offerings

pytestmark = pytest.mark.django_db
State = Reservation.State
HOUR = timedelta(hours=1)


@pytest.fixture
def session():
    return offerings.make_session(starts_at=moments.in_days(3, "14:30"), capacity=3)


@pytest.fixture
def rows(session):
    return offerings.hold(session, offerings.make_people(5))


def line(row, at):
    loaded = Reservation.objects.select_related("offering__venue__host_unit").filter(pk=row.pk)
    return selectors.line_for(selectors.with_position(loaded).get(), at)


def test_lines_say_who_was_there_who_was_not_and_what_waits_for_staff(session, rows, staff):
    start, end = session.offering.starts_at, session.offering.ends_at
    services.check_in_at_desk(reservation=rows[0], by=staff, at=start - timedelta(minutes=5))
    services.ask_excuse(reservation=rows[1], by=rows[1].person, at=start - HOUR, reason="面试")
    services.finish_offerings(at=end + HOUR)
    words = [(line(row, end + HOUR).word, line(row, end + HOUR).next_step) for row in rows[:4]]
    local = timezone.localtime(start)
    assert words == [
        ("已参加", f"{local.month}月{local.day}日 14:25 签到"),
        ("已预约", "请假待工作人员处理"),
        ("未到场", "没有签到记录，如有误请联系工作人员"),
        ("候补未轮到", ""),
    ]


def test_everything_that_is_over_stands_in_the_past(session, rows, staff):
    end = session.offering.ends_at
    services.finish_offerings(at=end + HOUR)
    for row in rows:
        assert selectors.reservations_of(row.person, "past", end + HOUR).count() == 1
        assert selectors.reservations_of(row.person, "coming", end + HOUR).count() == 0
        assert selectors.tab_counts(row.person, end + HOUR) == {"coming": 0, "waiting": 0}


def test_told_are_those_who_hold_were_offered_or_wait(session, rows):
    services.cancel(reservation=rows[0], by=rows[0].person, at=timezone.now())
    told = selectors.told_count([session.offering])
    assert (told.confirmed, told.offered, told.waiting, told.people) == (2, 1, 1, 4)


def test_desk_shows_those_to_come_first_and_those_who_are_there_last(session, rows, staff):
    start = session.offering.starts_at
    services.check_in_at_desk(reservation=rows[0], by=staff, at=start)
    shown = [row.pk for row in selectors.desk_rows(Offering.objects.get(pk=session.pk))]
    assert shown == [rows[number].pk for number in (1, 2, 3, 4, 0)]
    words = [selectors.desk_row(row).word for row in selectors.desk_rows(session.offering)]
    assert words == ["已预约", "已预约", "候补第 1 位", "候补第 2 位", "已签到"]


@pytest.mark.parametrize(("search", "found"), [("求职者3", [2]), ("求职者", [0, 1, 2, 3, 4]), ("没有", [])])
def test_desk_finds_by_a_part_of_the_name(session, rows, search, found):
    shown = {row.pk for row in selectors.desk_rows(session.offering, search)}
    assert shown == {rows[number].pk for number in found}


def test_desk_finds_by_the_last_digits_alone(session, rows):
    digits = rows[2].person.phone[-4:]
    assert [row.pk for row in selectors.desk_rows(session.offering, digits)] == [rows[2].pk]
    assert not selectors.desk_rows(session.offering, rows[2].person.phone[:4]).exists()


def test_desk_of_a_name_with_a_nul_or_percent_is_no_error(session, rows):
    assert not selectors.desk_rows(session.offering, "\0%_").exists()
