"""Every write about mentors: enrolling, photos, terms of appointment, the roster as a whole."""

from mentors.services.appointments import appoint, change_appointment
from mentors.services.enrolment import enrol
from mentors.services.photos import prepare_photo, remove_photo, save_photo
from mentors.services.roster import RosterChange, import_roster

__all__ = [
    "RosterChange",
    "appoint",
    "change_appointment",
    "enrol",
    "import_roster",
    "prepare_photo",
    "remove_photo",
    "save_photo",
]
