"""The staff's pages about messages: their wording, what was said, and how it went out."""

from mentor_portal.notifications.admin import deliveries, messages, templates

__all__ = ["deliveries", "messages", "templates"]
