"""Two tabs, two presses, and the end of the judging, all at the same moment as a judge's sheet."""

import time
from decimal import Decimal

import pytest
from django.utils import timezone

from evaluation import errors, services
from evaluation.models import EvaluationYear, ScoreSheet
from evaluation.selectors.sheets import points_of
from evaluation.services import sheets
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


def submit_while_closing(staff, sheet):
    """Submit a sheet and close its judging at once: what the judge was told, and how the sheet stood then."""
    save(sheet, panel.full_points(sheet))
    year = sheet.year

    def close():
        services.advance_year(year=year, to="computing", by=staff, at=timezone.now(), despite_doubts=True)
        return ScoreSheet.objects.get(pk=sheet.pk).state

    result, state_when_closed = at_once([lambda: submit(sheet), close])
    sheet.refresh_from_db()
    return result, state_when_closed


def think_before_the_rows(monkeypatch) -> None:
    """Let a service think for a moment once it has seen the year, so that every machine shows the race."""
    hold = sheets.hold_year

    def hold_and_think(year):
        held = hold(year)
        time.sleep(0.5)
        return held

    monkeypatch.setattr(sheets, "hold_year", hold_and_think)


def test_sheet_is_submitted_before_the_judging_is_closed_or_refused(staff, sheet, monkeypatch):
    """Never in between: whatever is submitted was so when the stage moved."""
    think_before_the_rows(monkeypatch)
    result, state_when_closed = submit_while_closing(staff, sheet)
    assert sheet.state == state_when_closed
    assert isinstance(result, errors.JudgingClosed) == (sheet.state == ScoreSheet.State.OPEN)


def test_without_the_lock_on_the_year_a_sheet_comes_in_after_the_close(staff, sheet, monkeypatch):
    monkeypatch.setattr(sheets, "hold_year", lambda year: EvaluationYear.objects.get(pk=year.pk))
    think_before_the_rows(monkeypatch)
    _result, state_when_closed = submit_while_closing(staff, sheet)
    assert (state_when_closed, sheet.state) == (ScoreSheet.State.OPEN, ScoreSheet.State.SUBMITTED)


def test_saving_and_stepping_back_at_once_leave_no_points_behind(sheet):
    full = panel.full_points(sheet)
    person = sheet.judge.person

    def step_back():
        return services.recuse(sheet=sheet, reason="师生关系", by=person, at=timezone.now())

    at_once([lambda: save(sheet, full), step_back])
    sheet.refresh_from_db()
    assert sheet.state == ScoreSheet.State.RECUSED
    assert points_of(sheet) == {}
