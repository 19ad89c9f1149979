"""The staff's pages about consultations."""

from consultations.admin import clinics, consultations, shifts

__all__ = ["clinics", "consultations", "shifts"]
