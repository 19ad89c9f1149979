"""The staff's pages about classes."""

from classrooms.admin import applications, events, moves, sessions

__all__ = ["applications", "events", "moves", "sessions"]
