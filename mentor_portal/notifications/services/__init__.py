"""Every write about messages: saying, reading, sending."""

from mentor_portal.notifications.services.deliveries import resend, route_messages, send_due
from mentor_portal.notifications.services.messages import Note, mark_all_read, mark_read, say

__all__ = [
    "Note",
    "mark_all_read",
    "mark_read",
    "resend",
    "route_messages",
    "say",
    "send_due",
]
