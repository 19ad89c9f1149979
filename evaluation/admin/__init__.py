"""The staff's pages about the 两优."""

from evaluation.admin import bonus, entries, judges, objections, runs, sheets, years

__all__ = ["bonus", "entries", "judges", "objections", "runs", "sheets", "years"]
