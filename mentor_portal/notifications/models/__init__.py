"""Messages to people, how they reach them, their wording, and public notices."""

from mentor_portal.notifications.models.deliveries import Delivery, DeliveryQuerySet
from mentor_portal.notifications.models.messages import Message

__all__ = ["Delivery", "DeliveryQuerySet", "Message"]
