"""Every write about the 两优."""

from evaluation.services.years import open_next_year

__all__ = ["open_next_year"]
