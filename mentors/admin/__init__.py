"""The staff's pages about mentors."""

from mentors.admin import appointments, mentors, vocabulary

__all__ = ["appointments", "mentors", "vocabulary"]
