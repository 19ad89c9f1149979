"""The staff's pages about classes."""

from classrooms.admin import applications, sessions

__all__ = ["applications", "sessions"]
