"""The staff's pages about the 两优."""

from evaluation.admin import bonus, years

__all__ = ["bonus", "years"]
