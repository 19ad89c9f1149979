"""The staff's pages about classes."""

from classrooms.admin import applications, events, moves, ratings, sessions, surveys

__all__ = ["applications", "events", "moves", "ratings", "sessions", "surveys"]
