"""Every write about the 两优."""

from evaluation.services.bonus import enter_bonus, examine_bonus_proof, refuse_bonus, verify_bonus
from evaluation.services.nominations import confirm_entry, decline_entry, nominate, withdraw_nomination
from evaluation.services.panel import Assignment, appoint_judge, assign_sheets, nudge, release_judge
from evaluation.services.results import answer_objection, choose_result, raise_objection, record_objection
from evaluation.services.run_work import work_on_runs
from evaluation.services.runs import cancel_run, draft_ending_year, start_draft, start_run
from evaluation.services.sheets import recuse, return_sheet, save_sheet, submit_sheet
from evaluation.services.stages import advance_year, reopen_year
from evaluation.services.years import open_next_year

__all__ = [
    "Assignment",
    "advance_year",
    "answer_objection",
    "appoint_judge",
    "assign_sheets",
    "cancel_run",
    "choose_result",
    "confirm_entry",
    "decline_entry",
    "draft_ending_year",
    "enter_bonus",
    "examine_bonus_proof",
    "nominate",
    "nudge",
    "open_next_year",
    "raise_objection",
    "record_objection",
    "recuse",
    "refuse_bonus",
    "release_judge",
    "reopen_year",
    "return_sheet",
    "save_sheet",
    "start_draft",
    "start_run",
    "submit_sheet",
    "verify_bonus",
    "withdraw_nomination",
    "work_on_runs",
]
