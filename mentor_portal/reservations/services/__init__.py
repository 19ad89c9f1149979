"""Every write of the engine: what is offered, who holds a place, who came, and what is closed."""

from mentor_portal.reservations.services.attendance import (
    CheckIn,
    add_walk_in,
    check_in,
    check_in_at_desk,
    note_presence,
    note_presence_in_row,
    undo_check_in,
)
from mentor_portal.reservations.services.calendars import make_calendar_address, stop_calendar_address
from mentor_portal.reservations.services.closing import finish_offering, finish_offerings
from mentor_portal.reservations.services.extra import offer_to_waiting, release_superseded
from mentor_portal.reservations.services.offerings import (
    OfferingPlan,
    cancel_offering,
    change_offering,
    close_booking,
    create_offering,
    open_row,
    publish_offering,
    reopen_booking,
)
from mentor_portal.reservations.services.reminders import remind
from mentor_portal.reservations.services.reservations import (
    Outcome,
    accept,
    approve_request,
    ask_excuse,
    cancel,
    cancel_by_staff,
    decline,
    pass_expired_offers_on,
    refuse_request,
    reserve,
    settle_excuse,
)
from mentor_portal.reservations.services.suspensions import lift_suspension

__all__ = [
    "CheckIn",
    "OfferingPlan",
    "Outcome",
    "accept",
    "add_walk_in",
    "approve_request",
    "ask_excuse",
    "cancel",
    "cancel_by_staff",
    "cancel_offering",
    "change_offering",
    "check_in",
    "check_in_at_desk",
    "close_booking",
    "create_offering",
    "decline",
    "finish_offering",
    "finish_offerings",
    "lift_suspension",
    "make_calendar_address",
    "note_presence",
    "note_presence_in_row",
    "offer_to_waiting",
    "open_row",
    "pass_expired_offers_on",
    "publish_offering",
    "refuse_request",
    "release_superseded",
    "remind",
    "reopen_booking",
    "reserve",
    "settle_excuse",
    "stop_calendar_address",
    "undo_check_in",
]
