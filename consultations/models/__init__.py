"""Consultation duties, their slots, and what was asked and answered in them."""

from consultations.models.consultations import Consultation, Resume
from consultations.models.shifts import (
    ConsultationShift,
    ConsultationSlot,
    ConsultationSlotQuerySet,
    ShiftSeries,
)

__all__ = [
    "Consultation",
    "ConsultationShift",
    "ConsultationSlot",
    "ConsultationSlotQuerySet",
    "Resume",
    "ShiftSeries",
]
