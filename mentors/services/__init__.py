"""Every write about mentors: enrolling, photos, terms of appointment, likes, the roster as a whole."""

from mentors.services.appointments import appoint, change_appointment, check_overlap
from mentors.services.enrolment import enrol
from mentors.services.likes import like, take_back
from mentors.services.photos import forget_photo_file, prepare_photo, remove_photo, save_photo
from mentors.services.roster import RosterChange, import_roster

__all__ = [
    "RosterChange",
    "appoint",
    "change_appointment",
    "check_overlap",
    "enrol",
    "forget_photo_file",
    "import_roster",
    "like",
    "prepare_photo",
    "remove_photo",
    "save_photo",
    "take_back",
]
