"""The staff's pages about mentors."""

from mentors.admin import appointments, likes, mentors, vocabulary

__all__ = ["appointments", "likes", "mentors", "vocabulary"]
