"""The staff's pages about the 两优."""

from evaluation.admin import bonus, runs, years

__all__ = ["bonus", "runs", "years"]
