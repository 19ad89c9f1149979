"""The staff's pages about the 两优."""

from evaluation.admin import bonus, objections, runs, years

__all__ = ["bonus", "objections", "runs", "years"]
