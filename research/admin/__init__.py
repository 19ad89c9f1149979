"""The staff's pages about research."""

from research.admin import reports, themes, trips

__all__ = ["reports", "themes", "trips"]
