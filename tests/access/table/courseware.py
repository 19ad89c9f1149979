"""Courseware."""

from tests.access.outcomes import (
    ALL,
    FOR_ATTENDEES,
    FOR_STAFF,
    MENTOR,
    MENTOR_FORM,
    MENTOR_GO,
    MENTORS,
    MENTORS_FORM,
    MENTORS_NO,
    NO,
    NOBODY,
    NONE,
    OF_UNIT,
    OWN_NO,
    TAKEN_DOWN,
    Row,
)

COURSEWARE = "classes/courseware/<int:pk>/"


ROWS = (
    # Courseware, see ``scene``: by audience, each the mentor's own, of a class that the owner was at
    Row("classes/courseware/", MENTORS, MENTORS_NO),
    Row("classes/courseware/new/", MENTORS, MENTORS_FORM),
    Row(f"{COURSEWARE}", ALL, NO, "public courseware"),
    Row(f"{COURSEWARE}", FOR_ATTENDEES, NO, "attendees courseware"),
    Row(f"{COURSEWARE}", FOR_STAFF, NO, "staff's courseware"),
    Row(f"{COURSEWARE}", TAKEN_DOWN, NO, "withdrawn courseware"),
    Row(f"{COURSEWARE}", OF_UNIT, NO, "unit's courseware"),
    Row(f"{COURSEWARE}", NONE, NO, "nothing"),
    Row(f"{COURSEWARE}<int:number>/", ALL, NO, "public courseware's file"),
    Row(f"{COURSEWARE}<int:number>/", FOR_ATTENDEES, NO, "attendees courseware's file"),
    Row(f"{COURSEWARE}<int:number>/", FOR_STAFF, NO, "staff's courseware's file"),
    Row(f"{COURSEWARE}<int:number>/", TAKEN_DOWN, NO, "withdrawn courseware's file"),
    Row(f"{COURSEWARE}<int:number>/", OF_UNIT, NO, "unit's courseware's file"),
    Row(f"{COURSEWARE}<int:number>/", OF_UNIT, NO, "replaced file"),
    Row(f"{COURSEWARE}<int:number>/", NONE, NO, "no such version"),
    Row(f"{COURSEWARE}version/", MENTOR, MENTOR_FORM, "public courseware"),
    Row(f"{COURSEWARE}version/", NOBODY, NOBODY, "another's courseware"),
    Row(f"{COURSEWARE}edit/", MENTOR, MENTOR_FORM, "public courseware"),
    Row(f"{COURSEWARE}edit/", NOBODY, NOBODY, "another's courseware"),
    Row(f"{COURSEWARE}withdraw/", MENTOR, MENTOR_GO, "staff's courseware"),
    Row(f"{COURSEWARE}withdraw/", NOBODY, NOBODY, "another's courseware"),
    Row(f"{COURSEWARE}restore/", OWN_NO, MENTOR_GO, "withdrawn courseware"),
    Row(f"{COURSEWARE}restore/", OWN_NO, NOBODY, "another's courseware"),
    Row("classes/courseware/pairs/<int:pk>/", MENTOR, MENTOR_FORM, "asked pair"),
    Row("classes/courseware/pairs/<int:pk>/", NOBODY, NOBODY, "found pair"),
)
