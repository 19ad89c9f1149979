"""The staff's pages about the 两优."""

from evaluation.admin import years

__all__ = ["years"]
