"""Consultation duties, their slots, clinics, and what was asked and answered in them."""

from consultations.models.clinics import ClinicTurn, PanelClinic, PanelClinicQuerySet
from consultations.models.consultations import Consultation, Resume
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
    "PanelClinic",
    "PanelClinicQuerySet",
    "Resume",
    "ShiftSeries",
]
