"""Two members of staff at the panel of one year at the same moment."""

import pytest
from django.utils import timezone

from evaluation import services
from evaluation.models import ScoreSheet
from tests import panel
from tests.races.together import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_entries_confirmed_at_once_have_different_numbers(staff):
    entries = [panel.nominated(staff) for _ in range(4)]
    results = at_once(
        [
            lambda entry=entry: services.confirm_entry(entry=entry, by=staff, at=timezone.now())
            for entry in entries
        ]
    )
    assert sorted(each.number for each in results) == [1, 2, 3, 4]


def test_assigning_twice_at_once_makes_each_sheet_once(staff):
    year = panel.this_year()
    for _ in range(3):
        panel.make_judge(year, staff)
    panel.confirmed(staff)
    results = at_once([lambda: services.assign_sheets(year=year, by=staff, at=timezone.now())] * 3)
    assert sorted(each.count for each in results) == [0, 0, 3]
    assert ScoreSheet.objects.count() == 3


def test_one_courseware_nominated_twice_at_once_is_one_entry(staff):
    made = panel.make_courseware()
    year = panel.this_year()
    results = at_once(
        [lambda: services.nominate(courseware=made, year=year, by=staff, at=timezone.now())] * 3
    )
    assert len({each.pk for each in results}) == 1
