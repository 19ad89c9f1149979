"""Every write about messages (saying, reading, sending, wording) and about public notices."""

from mentor_portal.notifications.services.deliveries import resend, route_messages, send_due
from mentor_portal.notifications.services.messages import Note, mark_all_read, mark_read, say
from mentor_portal.notifications.services.notices import (
    attach_file,
    examine_attachment,
    publish_notice,
    remove_file,
    withdraw_notice,
)
from mentor_portal.notifications.services.templates import check_words, restore_template, write_template

__all__ = [
    "Note",
    "attach_file",
    "check_words",
    "examine_attachment",
    "mark_all_read",
    "mark_read",
    "publish_notice",
    "remove_file",
    "resend",
    "restore_template",
    "route_messages",
    "say",
    "send_due",
    "withdraw_notice",
    "write_template",
]
