"""Consultation duties and their slots, clinics, what was asked and answered there, and pairings."""

from consultations.models.clinics import ClinicTurn, PanelClinic, PanelClinicQuerySet
from consultations.models.consultations import Consultation, Resume
from consultations.models.pairings import (
    Pairing,
    PairingContact,
    PairingQuerySet,
    PairingStep,
    Placement,
    PlacementProof,
    PlacementQuerySet,
)
from consultations.models.shifts import (
    ConsultationShift,
    ConsultationSlot,
    ConsultationSlotQuerySet,
    ShiftSeries,
)

__all__ = [
    "ClinicTurn",
    "Consultation",
    "ConsultationShift",
    "ConsultationSlot",
    "ConsultationSlotQuerySet",
    "Pairing",
    "PairingContact",
    "PairingQuerySet",
    "PairingStep",
    "PanelClinic",
    "PanelClinicQuerySet",
    "Placement",
    "PlacementProof",
    "PlacementQuerySet",
    "Resume",
    "ShiftSeries",
]
