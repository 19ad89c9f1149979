"""The staff's pages about consultations and pairings."""

from consultations.admin import clinics, consultations, pairings, shifts

__all__ = ["clinics", "consultations", "pairings", "shifts"]
