"""The staff's pages about classes."""

from classrooms.admin import sessions

__all__ = ["sessions"]
