"""The staff's pages about consultations."""

from consultations.admin import clinics

__all__ = ["clinics"]
