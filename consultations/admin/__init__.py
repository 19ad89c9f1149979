"""The staff's pages about consultations and pairings."""

from consultations.admin import pairings

__all__ = ["pairings"]
