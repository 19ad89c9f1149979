"""The staff's pages about consultations."""

from consultations.admin import consultations, shifts

__all__ = ["consultations", "shifts"]
