"""What a scaled year is made of: plans alone, the same each time, and only where no real people are."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from evaluation.models import EvaluationYear
from evaluation.selectors import gather, mentors_of
from mentor_portal.home.demo.scale import year_before
from mentor_portal.home.demo.scale.plan import Calendar, plan_of
from mentors.models import Mentor

pytestmark = pytest.mark.django_db


def fill(mentors: int) -> None:
    call_command("seed_demo", stdout=StringIO(), scale=mentors, today=date(2026, 11, 23))


def counted() -> dict[str, object]:
    """Return what each mentor's year comes to, by name."""
    year = EvaluationYear.objects.get()
    names = dict(Mentor.objects.values_list("pk", "name"))
    return {names[pk]: evidence for pk, evidence in gather(year, mentors_of(year)).items()}


@pytest.mark.parametrize("scale", [0, -5])
def test_scale_without_a_mentor_is_refused(scale):
    with pytest.raises(CommandError, match="at least one"):
        fill(scale)


def test_scale_among_real_people_is_refused_even_with_demo(settings, make_user):
    settings.DEMO = True
    make_user("李明")
    with pytest.raises(CommandError, match="empty one only"):
        fill(6)
    assert not Mentor.objects.exists()


def test_scale_is_the_same_each_time():
    years = []
    for _ in range(2):
        with transaction.atomic():
            fill(6)
            years.append(counted())
            transaction.set_rollback(True)
    assert years[0] == years[1]


# The plan alone.


@pytest.mark.parametrize("place", range(0, 10_000, 487))
def test_plan_of_a_mentor_is_divided_without_a_rest(place):
    plan = plan_of(place)
    classes = range(plan.classes)
    rows = [plan.reservations_of_class(number) for number in classes]
    came = [plan.attended_of_class(number) for number in classes]
    assert sum(rows) + plan.duties + plan.trips == 100
    assert sum(came) + plan.duties + plan.trips == 20
    assert max(rows) <= 50
    assert min(came) >= 1


@pytest.mark.parametrize("mentors", [1, 25, 1000])
@pytest.mark.parametrize("today", [date(2026, 3, 15), date(2026, 12, 31), date(2027, 2, 1)])
def test_calendar_never_uses_a_room_or_a_mentor_twice_at_a_time(mentors, today):
    calendar = Calendar(year_before(today), today, mentors)
    rooms, people = [], []
    for place in range(mentors):
        plan = plan_of(place)
        for number in range(plan.classes):
            room, at = calendar.class_at(place, number)
            rooms.append((room, at))
            people.append((place, at))
        for number in range(plan.duties):
            room, at = calendar.duty_at(place, number)
            rooms.append((room, at))
            people.append((place, at))
    assert len(set(rooms)) == len(rooms)
    assert len(set(people)) == len(people)
    assert all(at.date() < today for _, at in rooms)


def test_early_in_a_year_the_one_before_is_filled():
    assert [year_before(date(2027, *day)) for day in ((1, 1), (3, 14), (3, 15), (12, 31))] == [
        2026,
        2026,
        2027,
        2027,
    ]
