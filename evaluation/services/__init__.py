"""Every write about the 两优."""

from evaluation.services.bonus import enter_bonus, examine_bonus_proof, refuse_bonus, verify_bonus
from evaluation.services.results import answer_objection, choose_result, raise_objection, record_objection
from evaluation.services.stages import advance_year, reopen_year
from evaluation.services.years import open_next_year

__all__ = [
    "advance_year",
    "answer_objection",
    "choose_result",
    "enter_bonus",
    "examine_bonus_proof",
    "open_next_year",
    "raise_objection",
    "record_objection",
    "refuse_bonus",
    "reopen_year",
    "verify_bonus",
]
