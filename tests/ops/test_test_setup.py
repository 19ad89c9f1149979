"""The tests' own footing: real transactions do not take the rows of the data migrations away."""

import pytest


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_seed_rows_are_there_in_every_test_with_real_transactions(turn):
    from mentors.models import Category, IndustrialChain

    assert (Category.objects.count(), IndustrialChain.objects.count()) == (9, 20)


@pytest.mark.django_db
def test_cast_has_the_standing_that_tests_count_on(staff, unit_staff, mentor_user, judge, job_seeker):
    from mentors.models import Mentor

    assert staff.is_provincial and staff.has_perm("mentors.change_mentor")
    assert unit_staff.is_staff and not unit_staff.is_provincial
    assert Mentor.objects.listed(on=mentor_user.mentor.appointments.get().starts_on).exists()
    assert judge.is_judge and not job_seeker.is_staff


def test_at_is_shanghai_time(at):
    assert at("2026-03-05 14:30").isoformat() == "2026-03-05T14:30:00+08:00"
