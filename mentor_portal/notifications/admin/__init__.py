"""The staff's pages about messages (their wording, what was said, how it went out) and notices."""

from mentor_portal.notifications.admin import deliveries, messages, notices, templates

__all__ = ["deliveries", "messages", "notices", "templates"]
