"""Messages to people, how they reach them, their wording, and public notices."""

from mentor_portal.notifications.models.deliveries import Delivery, DeliveryQuerySet
from mentor_portal.notifications.models.messages import Message
from mentor_portal.notifications.models.notices import Notice, NoticeAttachment, NoticeQuerySet
from mentor_portal.notifications.models.templates import MessageTemplate

__all__ = [
    "Delivery",
    "DeliveryQuerySet",
    "Message",
    "MessageTemplate",
    "Notice",
    "NoticeAttachment",
    "NoticeQuerySet",
]
