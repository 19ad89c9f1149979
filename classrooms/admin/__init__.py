"""The staff's pages about classes."""

from classrooms.admin import applications, courseware, events, likeness, moves, ratings, sessions, surveys

__all__ = [
    "applications",
    "courseware",
    "events",
    "likeness",
    "moves",
    "ratings",
    "sessions",
    "surveys",
]
