"""Every write about consultations and pairings that has a rule."""

from consultations.services.pairings import (
    Outcome,
    accept_pairing,
    claim_outcome,
    confirm_outcome,
    decline_pairing,
    dispute_outcome,
    end_unsuccessful,
    examine_proof,
    log_contact,
    propose_pairing,
    stop_pairing,
)
from consultations.services.verifying import refuse_placement, return_placement, verify_placement

__all__ = [
    "Outcome",
    "accept_pairing",
    "claim_outcome",
    "confirm_outcome",
    "decline_pairing",
    "dispute_outcome",
    "end_unsuccessful",
    "examine_proof",
    "log_contact",
    "propose_pairing",
    "refuse_placement",
    "return_placement",
    "stop_pairing",
    "verify_placement",
]
