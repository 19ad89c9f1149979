"""Two tabs, two presses, and the end of the judging, all at the same moment as a judge's sheet."""

from decimal import Decimal

import pytest
from django.utils import timezone

from evaluation import errors, services
from evaluation.models import ScoreSheet
from evaluation.selectors.sheets import points_of
from tests import panel
from tests.races.together import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def sheet(staff):
    return panel.sheet_of(staff)


def save(sheet, points, revision=0):
    return services.save_sheet(
        sheet=sheet,
        points=points,
        remark="",
        revision=revision,
        by=sheet.judge.person,
        at=timezone.now(),
    )


def submit(sheet, revision=1):
    return services.submit_sheet(sheet=sheet, revision=revision, by=sheet.judge.person, at=timezone.now())


def test_of_two_tabs_that_save_at_once_one_is_kept_and_the_other_is_told(sheet):
    full = panel.full_points(sheet)
    typed = [full, dict.fromkeys(full, Decimal(1))]
    results = at_once([lambda points=points: save(sheet, points) for points in typed])
    [told] = [each for each in results if isinstance(each, errors.SheetChanged)]
    kept = typed[1 - results.index(told)]
    assert points_of(sheet) == kept
    sheet.refresh_from_db()
    assert sheet.revision == 1


def test_submitting_at_once_is_once(sheet):
    save(sheet, panel.full_points(sheet))
    results = at_once([lambda: submit(sheet)] * 4)
    assert len({each.submitted_at for each in results}) == 1


def test_sheet_is_submitted_before_the_judging_is_closed_or_refused(staff, sheet):
    """Never in between: whatever is submitted was so when the stage moved."""
    save(sheet, panel.full_points(sheet))
    year = sheet.year

    def close():
        services.advance_year(year=year, to="computing", by=staff, at=timezone.now(), despite_doubts=True)
        return ScoreSheet.objects.get(pk=sheet.pk).state

    result, state_when_closed = at_once([lambda: submit(sheet), close])
    sheet.refresh_from_db()
    assert sheet.state == state_when_closed
    assert isinstance(result, errors.JudgingClosed) == (sheet.state == ScoreSheet.State.OPEN)


def test_saving_and_stepping_back_at_once_leave_no_points_behind(sheet):
    full = panel.full_points(sheet)
    person = sheet.judge.person

    def step_back():
        return services.recuse(sheet=sheet, reason="师生关系", by=person, at=timezone.now())

    at_once([lambda: save(sheet, full), step_back])
    sheet.refresh_from_db()
    assert sheet.state == ScoreSheet.State.RECUSED
    assert points_of(sheet) == {}
