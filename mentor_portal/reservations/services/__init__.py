"""Every write of the engine: what is offered (offerings), and who holds a place (reservations)."""

from mentor_portal.reservations.services.offerings import (
    OfferingPlan,
    cancel_offering,
    change_offering,
    create_offering,
    publish_offering,
)
from mentor_portal.reservations.services.reservations import (
    Outcome,
    accept,
    ask_excuse,
    cancel,
    cancel_by_staff,
    decline,
    pass_expired_offers_on,
    reserve,
    settle_excuse,
)

__all__ = [
    "OfferingPlan",
    "Outcome",
    "accept",
    "ask_excuse",
    "cancel",
    "cancel_by_staff",
    "cancel_offering",
    "change_offering",
    "create_offering",
    "decline",
    "pass_expired_offers_on",
    "publish_offering",
    "reserve",
    "settle_excuse",
]
