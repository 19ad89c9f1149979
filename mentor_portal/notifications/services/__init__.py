"""Every write about messages: saying, reading, sending, wording."""

from mentor_portal.notifications.services.deliveries import resend, route_messages, send_due
from mentor_portal.notifications.services.messages import Note, mark_all_read, mark_read, say
from mentor_portal.notifications.services.templates import check_words, restore_template, write_template

__all__ = [
    "Note",
    "check_words",
    "mark_all_read",
    "mark_read",
    "resend",
    "restore_template",
    "route_messages",
    "say",
    "send_due",
    "write_template",
]
