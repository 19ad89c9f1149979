"""Who may open what: one row for each address, and for each page of a model in the admin.

What a visit comes to: ``in`` is the sign-in page, which leads back here, ``door`` the sign-in page alone,
``go`` another page by a redirect; a number is the status itself. Forms are sent empty, so 422 is one
that was let through and misses its values (the admin's own say 200).
"""

from dataclasses import dataclass

ROLES = ("anonymous", "stranger", "owner", "mentor", "judge", "unit", "staff", "root")
STAFF = ("unit", "staff", "root")
PROVINCE = ("staff", "root")

Outcomes = dict[str, str]


def who(others: str, **exceptions: str) -> Outcomes:
    """Return the outcome for each role; ``all_staff`` is that of unit, staff and root together."""
    of_staff = exceptions.pop("all_staff", None)
    if of_staff:
        exceptions = dict.fromkeys(STAFF, of_staff) | exceptions
    return dict.fromkeys(ROLES, others) | exceptions


ALL = who("200")
GO = who("go")
NONE = who("404")
NO = who("405")
SIGNED_IN = who("200", anonymous="in")
SIGNED_IN_NO = who("405", anonymous="in")
SIGNED_IN_FORM = who("422", anonymous="in")
SIGNED_IN_GO = who("go", anonymous="in")
SIGNED_OUT = who("go", anonymous="200")
SIGNED_OUT_FORM = who("go", anonymous="422")
TO_SIGN_IN = who("go", anonymous="door")
# The staff of the scene have a password, the others sign in by code.
WITH_PASSWORD = who("403", anonymous="in", all_staff="200")
WITH_PASSWORD_GO = who("403", anonymous="in", all_staff="go")
CHANGE_PASSWORD = who("go", anonymous="in", all_staff="200")
SET_PASSWORD = who("200", anonymous="in", all_staff="go")
NO_FACTOR = who("404", anonymous="in")
OWN = who("404", anonymous="in", owner="200")
OWN_GO = who("404", anonymous="in", owner="go")
OWN_FORM = who("404", anonymous="in", owner="422")
OWN_NO = who("405", anonymous="in")
# The judge of the scene is an unlisted mentor too, see ``things``.
# A résumé brought to the mentor of the scene, at the provincial centre.
RESUME = who("404", anonymous="in", owner="200", mentor="200", staff="200", root="200")
MENTORS = who("404", anonymous="in", mentor="200", judge="200")
MENTORS_NO = who("405", anonymous="in")
MENTORS_FORM = who("404", anonymous="in", mentor="422", judge="422")
MENTOR = who("404", anonymous="in", mentor="200")
MENTOR_GO = who("404", anonymous="in", mentor="go")
MENTOR_FORM = who("404", anonymous="in", mentor="422")
NOBODY = who("404", anonymous="in")
MENTORS_GO = who("404", anonymous="in", mentor="go", judge="go")
# Who may sign up for a trip: the others are led to its page, which says why not.
OF_MENTORS = who("go", anonymous="in", mentor="200")
# A report that was handed in and is not public, and one that its author has kept.
HANDED_IN = who("404", mentor="200", staff="200", root="200")
KEPT = who("404", mentor="200")
DRAFT = who("404", staff="200", root="200")
DRAFT_GO = who("404", staff="go", root="go")
DRAFT_BOOKED = DRAFT_GO | {"anonymous": "in"}
UNIT_DRAFT = who("404", all_staff="200")
UNLISTED = who("404", all_staff="200", judge="200")
UNLISTED_GO = who("404", all_staff="go", judge="go")
# Courseware for those who attended (the owner), for staff and judges, withdrawn, and of the unit's class.
FOR_ATTENDEES = who("404", owner="200", mentor="200", judge="200", staff="200", root="200")
FOR_STAFF = who("404", mentor="200", judge="200", staff="200", root="200")
TAKEN_DOWN = who("404", mentor="200", staff="200", root="200")
# A sheet of the judge of the scene.
OF_JUDGE = who("404", anonymous="in", judge="200")
OF_JUDGE_NO = who("405", anonymous="in")
OF_JUDGE_GO = who("404", anonymous="in", judge="go")
OF_JUDGE_FORM = who("404", anonymous="in", judge="422")
OF_UNIT = who("404", mentor="200", judge="200", all_staff="200")
ADMIN = who("403", anonymous="in", all_staff="200")
ADMIN_FORM = who("403", anonymous="in", all_staff="422")
ADMIN_GO = who("403", anonymous="in", all_staff="go")
ADMIN_NO = who("403", anonymous="in", all_staff="405")
ADMIN_NONE = who("403", anonymous="in", all_staff="404")
ADMIN_FORM = who("403", anonymous="in", all_staff="422")
# The two of a pairing: its mentor and the owner, who is its job seeker.
TWO = who("404", anonymous="in", owner="200", mentor="200")
# A proof is not there for anybody else, whether signed in or not; staff have an address of their own.
PROOF_OF_TWO = who("404", owner="200", mentor="200")
PROOF_OF_STAFF = who("404", staff="200", root="200")
# A row of the provincial centre: it is not there for staff of a unit.
OTHER_UNIT = who("403", anonymous="in", unit="404", staff="200", root="200")
OTHER_UNIT_FORM = OTHER_UNIT | {"staff": "422", "root": "422"}
OTHER_UNIT_GO = OTHER_UNIT | {"staff": "go", "root": "go"}
ADMIN_BAD = who("403", anonymous="in")
PROVINCIAL = who("403", anonymous="in", staff="200", root="200")
OF_PROVINCE_NONE = who("403", anonymous="in", staff="404", root="404")
PROVINCIAL_FORM = who("403", anonymous="in", staff="422", root="422")
PROVINCIAL_GO = who("403", anonymous="in", staff="go", root="go")
OF_ROOT = who("403", anonymous="in", root="200")
OF_ROOT_GO = who("403", anonymous="in", root="go")
# The desk of a class of the provincial centre, and of one of the unit's own.
DESK = who("403", anonymous="in", unit="404", staff="200", root="200")
DESK_GO = who("403", anonymous="in", unit="404", staff="go", root="go")
DESK_FORM = who("403", anonymous="in", unit="404", staff="422", root="422")
DESK_NONE = who("403", anonymous="in", all_staff="404")
# The room of a clinic of the provincial centre at which the mentor is, and of one of the unit's own.
ROOM = "consultations/clinics/<int:pk>/room/"
CLINIC_ROOM = who("404", anonymous="in", mentor="200", staff="200", root="200")
UNIT_ROOM = who("404", anonymous="in", all_staff="200")
# Staff who do not name the mentor to call to have come by no button.
CLINIC_CALL = who("404", anonymous="in", mentor="go")
CLINIC_DRAFT_GO = who("404", anonymous="in", staff="go", root="go")
# What the admin's own sign-in page comes to, to which its other pages lead who may not see them.
AT_ADMIN_LOGIN = who("403", anonymous="door", all_staff="go")


@dataclass(frozen=True)
class Row:
    """An address, the thing it is asked with (a name in ``things``), and what GET and POST come to."""

    route: str
    get: Outcomes
    post: Outcomes
    thing: str = ""


YEAR = "admin/evaluation/evaluationyear/<path:object_id>/"
ENTRY = "admin/evaluation/coursewareentry/<path:object_id>/"
JUDGE = "admin/evaluation/paneljudge/<path:object_id>/"
STAFFS_SHEET = "admin/evaluation/scoresheet/<path:object_id>/"
BONUS = "admin/evaluation/bonusevent/<path:object_id>/"
RUN = "admin/evaluation/rankingrun/<int:pk>/"
CLINIC = "admin/consultations/panelclinic/<path:object_id>/"
COURSEWARE = "classes/courseware/<int:pk>/"
EVENT = "admin/classrooms/hostevent/<path:object_id>/"
SHEET = "judging/<int:pk>/"
MOVE = "admin/classrooms/moverequest/<path:object_id>/"
DUTY = "consultations/duties/<int:pk>/desk/"
SHIFT = "admin/consultations/consultationshift/<path:object_id>/"
CASE = "admin/classrooms/ratingcase/<path:object_id>/"
CONSULTATION = "admin/consultations/consultation/<path:object_id>/"


def of_event(page: str, get: Outcomes, post: Outcomes) -> tuple[Row, Row]:
    """An action on an event: another unit's is not there."""
    foreign = {"unit": "404"}
    return (
        Row(EVENT + page, get, post, "unit's event"),
        Row(EVENT + page, get | foreign, post | foreign, "province's event"),
    )


def of_move(page: str, get: Outcomes, post: Outcomes) -> tuple[Row, Row]:
    """An action on a request to move a class: one for another unit's class is not there."""
    foreign = {"unit": "404"}
    return (
        Row(MOVE + page, get, post, "unit's move"),
        Row(MOVE + page, get | foreign, post | foreign, "other move"),
    )


def by_unit(route: str, outcomes: Outcomes, own: str, foreign: str) -> tuple[Row, Row]:
    """An action on a row that only shows or leads: another unit's is not there for staff of a unit."""
    hidden = outcomes | {"unit": "404"}
    return Row(route, outcomes, outcomes, own), Row(route, hidden, hidden, foreign)


TABLE = (
    # Pages for everyone
    Row("", ALL, NO),
    Row("privacy/", ALL, NO),
    Row("terms/", ALL, NO),
    Row("sitemap/", ALL, NO),
    Row("elder/", NO, GO),
    Row("healthz", who("503"), NO),
    Row("classes/", ALL, NO),
    Row("classes/<int:pk>/", ALL, NO, "free"),
    Row("classes/<int:pk>/", ALL, NO, "cancelled"),
    Row("classes/<int:pk>/", DRAFT, NO, "draft"),
    Row("classes/<int:pk>/", UNIT_DRAFT, NO, "unit's draft"),
    Row("classes/<int:pk>/", NONE, NO, "nothing"),
    Row("classes/<int:pk>/seats/", ALL, NO, "free"),
    Row("classes/<int:pk>/seats/", DRAFT, NO, "draft"),
    Row("notices/", ALL, NO),
    Row("notices/<int:pk>/", ALL, NO, "notice"),
    Row("notices/<int:pk>/", DRAFT, NO, "draft notice"),
    Row("notices/<int:pk>/", UNIT_DRAFT, NO, "unit's draft notice"),
    Row("notices/<int:pk>/files/<int:file_pk>/", ALL, NO, "notice's file"),
    Row("notices/<int:pk>/files/<int:file_pk>/", DRAFT, NO, "draft notice's file"),
    Row("notices/<int:pk>/files/<int:file_pk>/", NONE, NO, "file of another notice"),
    Row("mentors/", ALL, NO),
    Row("mentors/<int:pk>/", ALL, NO, "mentor"),
    Row("mentors/<int:pk>/", UNLISTED, NO, "unlisted mentor"),
    Row("mentors/<int:pk>/photo/", ALL, NO, "mentor"),
    Row("mentors/<int:pk>/photo/", UNLISTED, NO, "unlisted mentor"),
    Row("mentors/<int:pk>/like/", NO, TO_SIGN_IN, "mentor"),
    Row("mentors/<int:pk>/like/", NO, UNLISTED_GO, "unlisted mentor"),
    Row("awards/", ALL, NO),
    Row("awards/<int:number>/", ALL, NO, "shown year"),
    Row("awards/<int:number>/", NONE, NO, "year in preparation"),
    Row("awards/<int:number>/", NONE, NO, "nothing"),
    Row("awards/<int:number>/objections/new/", SIGNED_IN, SIGNED_IN_FORM, "shown year"),
    Row("awards/<int:number>/objections/new/", NOBODY, NOBODY, "year in preparation"),
    # Signing in and out
    Row("sign-in/", SIGNED_OUT, SIGNED_OUT_FORM),
    Row("sign-in/code/", who("go", anonymous="door"), who("go", anonymous="door")),
    Row("sign-out/", NO, GO),
    Row("account/login/", SIGNED_OUT, SIGNED_OUT),
    Row("account/logout/", who("200", anonymous="go"), GO),
    Row("account/inactive/", ALL, NO),
    Row("account/signup/", TO_SIGN_IN, TO_SIGN_IN),
    # What is a person's own
    Row("me/", SIGNED_IN, SIGNED_IN_NO),
    Row("me/profile/", SIGNED_IN, SIGNED_IN_FORM),
    Row("me/phone/", SIGNED_IN, SIGNED_IN_FORM),
    Row("me/messages/", SIGNED_IN, SIGNED_IN_NO),
    Row("me/messages/read/", SIGNED_IN_NO, SIGNED_IN_GO),
    Row("me/messages/<int:pk>/read/", SIGNED_IN_NO, OWN_GO, "message"),
    Row("me/reservations/", SIGNED_IN, SIGNED_IN_NO),
    Row("me/reservations/<int:pk>/cancel/", OWN, OWN_GO, "reservation"),
    Row("me/reservations/<int:pk>/accept/", OWN_NO, OWN_GO, "offer"),
    Row("me/reservations/<int:pk>/decline/", OWN_NO, OWN_GO, "offer"),
    Row("me/reservations/<int:pk>/excuse/", OWN, OWN_FORM, "late reservation"),
    Row("classes/<int:pk>/book/", who("200", anonymous="in"), SIGNED_IN_GO, "free"),
    Row("classes/<int:pk>/book/", DRAFT_BOOKED, DRAFT_BOOKED, "draft"),
    Row("classes/<int:pk>/feedback/", OWN, OWN_FORM, "attended"),
    Row("classes/<int:pk>/feedback/", OWN, OWN_GO, "rated"),
    Row("classes/<int:pk>/feedback/", NOBODY, NOBODY, "free"),
    Row("classes/<int:pk>/feedback/", NOBODY, NOBODY, "nothing"),
    Row("classes/<int:pk>/feedback/again/", OWN_NO, OWN_FORM, "rated"),
    Row("classes/<int:pk>/feedback/again/", OWN_NO, NOBODY, "attended"),
    # What is a judge's own
    Row("judging/", OF_JUDGE, OF_JUDGE_NO),
    Row(SHEET, OF_JUDGE, OF_JUDGE_GO, "sheet"),
    Row(SHEET, NOBODY, NOBODY, "another's sheet"),
    Row(f"{SHEET}submit/", OF_JUDGE_GO, OF_JUDGE_GO, "sheet"),
    Row(f"{SHEET}submit/", NOBODY, NOBODY, "another's sheet"),
    Row(f"{SHEET}recuse/", OF_JUDGE_GO, OF_JUDGE_FORM, "sheet"),
    Row(f"{SHEET}recuse/", NOBODY, NOBODY, "another's sheet"),
    Row(f"{SHEET}file/", OF_JUDGE, OF_JUDGE_NO, "sheet"),
    Row(f"{SHEET}file/", NOBODY, OF_JUDGE_NO, "another's sheet"),
    # What is a mentor's own
    Row("me/desk/", MENTORS, MENTORS_NO),
    Row("me/score/", MENTORS, MENTORS_NO),
    Row("me/nominations/", MENTORS, NOBODY),
    Row("classes/topics/", MENTORS, MENTORS_NO),
    Row("classes/topics/new/", MENTORS, MENTORS_FORM),
    Row("classes/topics/<int:pk>/", MENTOR, MENTORS_NO, "approved topic"),
    Row("classes/topics/<int:pk>/", NOBODY, MENTORS_NO, "another's topic"),
    Row("classes/topics/<int:pk>/edit/", MENTOR, MENTOR_FORM, "draft topic"),
    Row("classes/topics/<int:pk>/edit/", MENTOR_GO, MENTOR_FORM, "submitted topic"),
    Row("classes/topics/<int:pk>/edit/", NOBODY, NOBODY, "another's topic"),
    Row("classes/topics/<int:pk>/submit/", MENTORS_NO, MENTOR_GO, "whole draft topic"),
    Row("classes/topics/<int:pk>/submit/", MENTORS_NO, NOBODY, "another's topic"),
    Row("classes/topics/<int:pk>/withdraw/", MENTOR, MENTOR_GO, "submitted topic"),
    Row("classes/topics/<int:pk>/withdraw/", NOBODY, NOBODY, "another's topic"),
    Row("classes/topics/<int:pk>/copy/", MENTORS_NO, MENTOR_GO, "approved topic"),
    Row("classes/topics/<int:pk>/copy/", MENTORS_NO, NOBODY, "another's topic"),
    Row("classes/teaching/<int:pk>/", MENTOR, MENTORS_NO, "proposed"),
    Row("classes/teaching/<int:pk>/", MENTOR, MENTORS_NO, "free"),
    Row("classes/teaching/<int:pk>/", NOBODY, MENTORS_NO, "another's proposed"),
    Row("classes/teaching/<int:pk>/answer/", MENTORS_NO, MENTOR_FORM, "proposed"),
    Row("classes/teaching/<int:pk>/answer/", MENTORS_NO, NOBODY, "another's proposed"),
    Row("classes/teaching/<int:pk>/move/", MENTOR, MENTOR_FORM, "free"),
    Row("classes/teaching/<int:pk>/move/", NOBODY, NOBODY, "another's proposed"),
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
    # One-to-ones
    Row("consultations/", ALL, NO),
    Row("consultations/any/", NOBODY, NOBODY),
    Row("consultations/<int:pk>/", ALL, NO, "free slot"),
    Row("consultations/<int:pk>/", NONE, NO, "nothing"),
    Row("consultations/<int:pk>/", NONE, NO, "free"),
    Row("consultations/<int:pk>/seats/", ALL, NO, "free slot"),
    Row("consultations/<int:pk>/book/", SIGNED_IN, SIGNED_IN_FORM, "free slot"),
    Row("consultations/<int:pk>/book/", NOBODY, NOBODY, "nothing"),
    Row("consultations/held/<int:pk>/resume/", RESUME, OWN_NO, "owner's consultation"),
    Row("consultations/held/<int:pk>/resume/", NOBODY, OWN_NO, "arranged consultation"),
    Row("consultations/held/<int:pk>/rate/", OWN_NO, OWN_FORM, "owner's consultation"),
    Row("consultations/held/<int:pk>/rate/", OWN_NO, NOBODY, "arranged consultation"),
    # Clinics
    Row("consultations/clinics/", ALL, NO),
    Row("consultations/clinics/<int:pk>/", ALL, NO, "clinic"),
    Row("consultations/clinics/<int:pk>/", DRAFT, NO, "draft clinic"),
    Row("consultations/clinics/<int:pk>/", UNIT_DRAFT, NO, "unit's draft clinic"),
    Row("consultations/clinics/<int:pk>/", NONE, NO, "nothing"),
    Row("consultations/clinics/<int:pk>/seats/", ALL, NO, "clinic"),
    Row("consultations/clinics/<int:pk>/seats/", DRAFT, NO, "draft clinic"),
    Row("consultations/clinics/<int:pk>/book/", SIGNED_IN, SIGNED_IN_FORM, "coming clinic"),
    Row("consultations/clinics/<int:pk>/book/", CLINIC_DRAFT_GO, CLINIC_DRAFT_GO, "draft clinic"),
    Row(ROOM, CLINIC_ROOM, OWN_NO, "clinic"),
    Row(ROOM, UNIT_ROOM, OWN_NO, "unit's clinic"),
    Row(ROOM, NOBODY, OWN_NO, "draft clinic"),
    Row(f"{ROOM}call/", OWN_NO, CLINIC_CALL, "clinic"),
    Row(f"{ROOM}call/", OWN_NO, NOBODY, "unit's clinic"),
    Row(f"{ROOM}<int:number>/", MENTOR, MENTOR_GO, "called"),
    Row(f"{ROOM}<int:number>/", NOBODY, NOBODY, "no such turn"),
    Row(f"{ROOM}<int:number>/move/", OWN_NO, NOBODY, "called"),
    Row(f"{ROOM}<int:number>/move/", OWN_NO, NOBODY, "no such turn"),
    Row("consultations/duties/", MENTORS, MENTORS_NO),
    Row("consultations/duties/new/", MENTORS, MENTORS_FORM),
    Row("consultations/duties/<int:pk>/", MENTOR, MENTORS_NO, "arranged duty"),
    Row("consultations/duties/<int:pk>/", NOBODY, MENTORS_NO, "another's duty"),
    Row("consultations/duties/<int:pk>/withdraw/", MENTOR, MENTOR_GO, "waiting duty"),
    Row("consultations/duties/<int:pk>/withdraw/", NOBODY, NOBODY, "another's duty"),
    Row("consultations/duties/<int:pk>/cancel/", MENTOR, MENTOR_FORM, "arranged duty"),
    Row("consultations/duties/<int:pk>/cancel/", MENTOR_GO, MENTOR_GO, "waiting duty"),
    Row("consultations/duties/<int:pk>/cancel/", NOBODY, NOBODY, "another's duty"),
    Row("consultations/duties/slots/<int:pk>/cancel/", MENTOR, MENTOR_FORM, "arranged slot"),
    Row("consultations/duties/slots/<int:pk>/cancel/", NOBODY, NOBODY, "another's slot"),
    Row("consultations/duties/slots/<int:pk>/cancel/", NOBODY, NOBODY, "nothing"),
    Row("consultations/held/<int:pk>/", MENTOR, MENTOR_FORM, "arranged consultation"),
    Row("consultations/held/<int:pk>/", NOBODY, NOBODY, "another's consultation"),
    Row("consultations/held/<int:pk>/", NOBODY, NOBODY, "reservation"),
    # Pairings, see ``scene``: of the mentor and the owner, of one of them with others, of others alone
    Row("pairings/", SIGNED_IN, SIGNED_IN_NO),
    Row("pairings/mine/", MENTORS, MENTORS_NO),
    Row("pairings/start/<int:reservation_pk>/", MENTOR, MENTOR_FORM, "consultation"),
    Row("pairings/start/<int:reservation_pk>/", NOBODY, NOBODY, "reservation"),
    Row("pairings/<int:pk>/", TWO, OWN_NO, "confirmed pairing"),
    Row("pairings/<int:pk>/", TWO, OWN_NO, "ended pairing"),
    Row("pairings/<int:pk>/", OWN, OWN_NO, "proposed pairing"),
    Row("pairings/<int:pk>/", MENTOR, OWN_NO, "active pairing"),
    Row("pairings/<int:pk>/", NOBODY, OWN_NO, "another's pairing"),
    Row("pairings/<int:pk>/answer/", OWN_NO, OWN_FORM, "proposed pairing"),
    Row("pairings/<int:pk>/answer/", OWN_NO, NOBODY, "another's pairing"),
    Row("pairings/<int:pk>/contacts/", OWN_NO, MENTOR_FORM, "active pairing"),
    Row("pairings/<int:pk>/contacts/", OWN_NO, NOBODY, "another's pairing"),
    Row("pairings/<int:pk>/outcome/", MENTOR, MENTOR_FORM, "active pairing"),
    Row("pairings/<int:pk>/outcome/", MENTOR_GO, MENTOR_FORM, "confirmed pairing"),
    Row("pairings/<int:pk>/outcome/", NOBODY, NOBODY, "another's pairing"),
    Row("pairings/<int:pk>/check/", OWN_NO, OWN_FORM, "claimed pairing"),
    Row("pairings/<int:pk>/check/", OWN_NO, NOBODY, "another's pairing"),
    Row("pairings/<int:pk>/end/", MENTOR, MENTOR_FORM, "active pairing"),
    Row("pairings/<int:pk>/end/", OWN, OWN_FORM, "claimed pairing"),
    Row("pairings/<int:pk>/end/", NOBODY, NOBODY, "another's pairing"),
    Row("pairings/<int:pk>/proof/", PROOF_OF_TWO, NO, "confirmed pairing"),
    Row("pairings/<int:pk>/proof/", PROOF_OF_TWO, NO, "ended pairing"),
    Row("pairings/<int:pk>/proof/", NONE, NO, "another's pairing"),
    Row("pairings/<int:pk>/proof/", NONE, NO, "active pairing"),
    # Research
    Row("research/", ALL, NO),
    Row("research/published/", ALL, NO),
    Row("research/themes/<int:pk>/", ALL, NO, "later theme"),
    Row("research/themes/<int:pk>/", DRAFT, NO, "draft theme"),
    Row("research/trips/<int:pk>/", ALL, NO, "open trip"),
    Row("research/trips/<int:pk>/", DRAFT, NO, "draft trip"),
    Row("research/trips/<int:pk>/", NONE, NO, "free"),
    Row("research/trips/<int:pk>/", NONE, NO, "nothing"),
    Row("research/trips/<int:pk>/seats/", ALL, NO, "open trip"),
    Row("research/trips/<int:pk>/seats/", DRAFT, NO, "draft trip"),
    Row("research/trips/<int:pk>/book/", OF_MENTORS, SIGNED_IN_GO, "open trip"),
    Row("research/trips/<int:pk>/book/", SIGNED_IN_GO, SIGNED_IN_GO, "held trip"),
    Row("research/trips/<int:pk>/book/", DRAFT_BOOKED, DRAFT_BOOKED, "draft trip"),
    Row("research/reports/", MENTORS, MENTORS_NO),
    Row("research/reports/new/", MENTORS, MENTORS_GO),
    Row("research/reports/<int:pk>/", ALL, NO, "published report"),
    Row("research/reports/<int:pk>/", HANDED_IN, NO, "submitted report"),
    Row("research/reports/<int:pk>/", HANDED_IN, NO, "accepted report"),
    Row("research/reports/<int:pk>/", KEPT, NO, "draft report"),
    Row("research/reports/<int:pk>/", NONE, NO, "another's report"),
    Row("research/reports/<int:pk>/edit/", MENTOR, MENTOR_FORM, "draft report"),
    Row("research/reports/<int:pk>/edit/", MENTOR_GO, MENTOR_FORM, "submitted report"),
    Row("research/reports/<int:pk>/edit/", NOBODY, NOBODY, "another's report"),
    Row("research/reports/<int:pk>/withdraw/", MENTOR, MENTOR_GO, "submitted report"),
    Row("research/reports/<int:pk>/withdraw/", NOBODY, NOBODY, "another's report"),
    Row("research/reports/<int:pk>/files/<int:file_pk>/", ALL, NO, "published report's file"),
    Row("research/reports/<int:pk>/files/<int:file_pk>/", HANDED_IN, NO, "submitted report's file"),
    Row("research/reports/<int:pk>/files/<int:file_pk>/", HANDED_IN, NO, "accepted report's file"),
    Row("research/reports/<int:pk>/files/<int:file_pk>/", KEPT, NO, "draft report's file"),
    Row("research/reports/<int:pk>/files/<int:file_pk>/", NONE, NO, "another's report's file"),
    Row("research/reports/<int:pk>/files/<int:file_pk>/", NONE, NO, "file of another report"),
    Row("check-in/<str:code>/", SIGNED_IN, SIGNED_IN_NO, "code"),
    Row("check-in/<str:code>/", who("404", anonymous="in"), SIGNED_IN_NO, "no code"),
    # The desk
    Row("desk/", ADMIN, ADMIN_NO),
    Row("desk/<int:pk>/", DESK, ADMIN_NO, "today"),
    Row("desk/<int:pk>/", ADMIN, ADMIN_NO, "unit's"),
    Row("desk/<int:pk>/", DESK_NONE, ADMIN_NO, "draft"),
    Row("desk/<int:pk>/", DESK_NONE, ADMIN_NO, "nothing"),
    Row("desk/<int:pk>/walk-in/", ADMIN_NO, DESK_FORM, "today"),
    Row("desk/<int:pk>/check-in/<int:reservation_pk>/", ADMIN_NO, DESK_GO, "expected"),
    Row("desk/<int:pk>/check-in/<int:reservation_pk>/", ADMIN_NO, DESK_NONE, "of another"),
    Row("desk/<int:pk>/undo/<int:reservation_pk>/", ADMIN_NO, DESK_GO, "there"),
    Row("desk/<int:pk>/presence/<int:hosting_pk>/", ADMIN_NO, DESK_GO, "host"),
    Row("desk/<int:pk>/poster/", DESK, ADMIN_NO, "today"),
    Row("desk/<int:pk>/sheet/", DESK, ADMIN_NO, "today"),
    Row(DUTY, DESK, ADMIN_NO, "running duty"),
    Row(DUTY, ADMIN, ADMIN_NO, "unit's duty"),
    Row(DUTY, DESK_NONE, ADMIN_NO, "waiting duty"),
    Row(f"{DUTY}walk-in/", ADMIN_NO, DESK_FORM, "running duty"),
    Row(f"{DUTY}presence/", ADMIN_NO, DESK_GO, "running duty"),
    Row(f"{DUTY}check-in/<int:reservation_pk>/", ADMIN_NO, DESK_GO, "in the duty"),
    Row(f"{DUTY}check-in/<int:reservation_pk>/", ADMIN_NO, DESK_NONE, "in another duty"),
    Row(f"{DUTY}undo/<int:reservation_pk>/", ADMIN_NO, DESK_GO, "in the duty"),
    Row(f"{DUTY}undo/<int:reservation_pk>/", ADMIN_NO, DESK_NONE, "in another duty"),
    # Passwords and second factors
    Row("account/reauthenticate/", WITH_PASSWORD, WITH_PASSWORD),
    Row("account/password/change/", CHANGE_PASSWORD, CHANGE_PASSWORD),
    Row("account/password/set/", SET_PASSWORD, SET_PASSWORD),
    Row("account/password/reset/", TO_SIGN_IN, TO_SIGN_IN),
    Row("account/2fa/", SIGNED_IN, SIGNED_IN_NO),
    Row("account/2fa/authenticate/", TO_SIGN_IN, TO_SIGN_IN),
    Row("account/2fa/reauthenticate/", WITH_PASSWORD_GO, WITH_PASSWORD_GO),
    Row("account/2fa/totp/activate/", SET_PASSWORD, SET_PASSWORD),
    Row("account/2fa/totp/deactivate/", NO_FACTOR, NO_FACTOR),
    Row("account/2fa/recovery-codes/", NO_FACTOR, SIGNED_IN_NO),
    Row("account/2fa/recovery-codes/generate/", SET_PASSWORD, SET_PASSWORD),
    Row("account/2fa/recovery-codes/download/", NO_FACTOR, NO_FACTOR),
    # The staff's site
    Row("styleguide/", ADMIN, ADMIN),
    Row("admin/", ADMIN, ADMIN),
    Row("admin/(app_list)", ADMIN, ADMIN, "accounts/"),
    Row("admin/(catch_all_view)", ADMIN_NONE, ADMIN_NONE, "no/such/page"),
    Row("admin/login/", AT_ADMIN_LOGIN | {"anonymous": "in"}, ADMIN),
    Row("admin/logout/", ADMIN_NO | {"anonymous": "door"}, ADMIN | {"anonymous": "door"}),
    Row("admin/password_change/", ADMIN, ADMIN),
    Row("admin/password_change/done/", ADMIN, ADMIN_NO),
    Row("admin/autocomplete/", ADMIN_BAD, ADMIN_NO),
    Row("admin/jsi18n/", ADMIN, ADMIN_NO),
    Row("admin/search/", ADMIN, ADMIN),
    Row("admin/r/<path:content_type_id>/<path:object_id>/", ADMIN_GO, ADMIN_GO, "on site"),
    Row("admin/constance/config/", PROVINCIAL, PROVINCIAL),
    Row("admin/constance/config/history/", PROVINCIAL, PROVINCIAL),
    Row("admin/constance/config/<path:object_id>/change/", ADMIN_GO, ADMIN_GO, "nothing"),
    Row("admin/accounts/user/<id>/password/", PROVINCIAL, PROVINCIAL, "stranger"),
    Row("admin/accounts/user/<id>/password/", OF_ROOT, OF_ROOT, "root"),
    Row("admin/accounts/user/<path:object_id>/set_password/", PROVINCIAL_GO, PROVINCIAL_GO, "stranger"),
    Row("admin/accounts/user/<path:object_id>/set_password/", OF_ROOT_GO, OF_ROOT_GO, "root"),
    Row("admin/accounts/user/<path:object_id>/change/", PROVINCIAL, OF_ROOT, "root"),
    Row("admin/classrooms/topicapplication/board/", PROVINCIAL, PROVINCIAL_FORM),
    Row("admin/classrooms/topicapplication/board/publish/", ADMIN_NO, PROVINCIAL_GO),
    Row("admin/classrooms/classsession/<path:object_id>/extra/", OTHER_UNIT, OTHER_UNIT_FORM, "full"),
    Row("admin/classrooms/classsession/<path:object_id>/extra/", ADMIN, ADMIN_FORM, "unit's"),
    Row("admin/classrooms/classsession/<path:object_id>/group_text/", OTHER_UNIT, OTHER_UNIT, "full"),
    Row("admin/classrooms/classsession/<path:object_id>/group_text/", ADMIN, ADMIN, "unit's"),
    Row("admin/classrooms/classsession/<path:object_id>/open_desk/", OTHER_UNIT_GO, OTHER_UNIT_GO, "full"),
    Row("admin/classrooms/classsession/<path:object_id>/open_desk/", ADMIN_GO, ADMIN_GO, "unit's"),
    Row(f"{CLINIC}open_desk/", OTHER_UNIT_GO, OTHER_UNIT_GO, "clinic"),
    Row(f"{CLINIC}open_desk/", ADMIN_GO, ADMIN_GO, "unit's clinic"),
    Row(f"{CLINIC}open_room/", OTHER_UNIT_GO, OTHER_UNIT_GO, "clinic"),
    Row(f"{CLINIC}open_room/", ADMIN_GO, ADMIN_GO, "unit's clinic"),
    *of_event("ask/", ADMIN, ADMIN_FORM),
    *of_event("withdraw/", ADMIN, ADMIN_GO),
    *of_event("place/", ADMIN_GO, ADMIN_GO),
    Row(f"{EVENT}decline/", PROVINCIAL, PROVINCIAL_FORM, "province's event"),
    Row(f"{EVENT}decline/", PROVINCIAL, PROVINCIAL_FORM, "unit's event"),
    *of_move("move/", ADMIN_GO, ADMIN_GO),
    *of_move("refuse/", ADMIN, ADMIN_FORM),
    Row(f"{CASE}answer/", ADMIN, ADMIN_FORM, "unit's case"),
    Row(f"{CASE}answer/", OTHER_UNIT, OTHER_UNIT_FORM, "case"),
    Row(f"{CASE}settle/", ADMIN, ADMIN_FORM, "unit's case"),
    Row(f"{CASE}settle/", OTHER_UNIT, OTHER_UNIT_FORM, "case"),
    *by_unit(f"{SHIFT}arrange/", ADMIN, "unit's waiting duty", "waiting duty"),
    *by_unit(f"{SHIFT}series/", ADMIN, "unit's waiting duty", "waiting duty"),
    *by_unit(f"{SHIFT}decline/", ADMIN, "unit's waiting duty", "waiting duty"),
    *by_unit(f"{SHIFT}call-off/", ADMIN, "unit's duty", "arranged duty"),
    *by_unit(f"{SHIFT}desk/", ADMIN_GO, "unit's duty", "arranged duty"),
    *by_unit(f"{CONSULTATION}approve/", ADMIN, "unit's consultation", "talent consultation"),
    *by_unit(f"{CONSULTATION}refuse/", ADMIN, "unit's consultation", "talent consultation"),
    *by_unit(f"{CONSULTATION}resume/", ADMIN_GO, "unit's consultation", "talent consultation"),
    Row("admin/consultations/pairing/<path:object_id>/proof/", PROOF_OF_STAFF, NO, "confirmed pairing"),
    Row("admin/consultations/pairing/<path:object_id>/proof/", NONE, NO, "active pairing"),
    Row(
        "admin/consultations/pairing/<path:object_id>/stop/", PROVINCIAL, PROVINCIAL_FORM, "confirmed pairing"
    ),
    Row(f"{BONUS}proof/", PROOF_OF_STAFF, NO, "bonus event"),
    Row(f"{BONUS}proof/", NONE, NO, "nothing"),
    Row("admin/evaluation/evaluationyear/path/", PROVINCIAL, PROVINCIAL_GO),
    Row(f"{YEAR}path/", PROVINCIAL, PROVINCIAL_GO, "year"),
    Row(f"{YEAR}panel/", PROVINCIAL, PROVINCIAL_GO, "year"),
    Row(f"{ENTRY}confirm/", PROVINCIAL, PROVINCIAL_GO, "entry"),
    Row(f"{ENTRY}decline/", PROVINCIAL, PROVINCIAL_FORM, "entry"),
    Row(f"{JUDGE}release/", PROVINCIAL, PROVINCIAL_GO, "panel judge"),
    Row(f"{STAFFS_SHEET}send_back/", PROVINCIAL, PROVINCIAL_FORM, "sheet"),
    Row(f"{BONUS}verify/", PROVINCIAL, PROVINCIAL_GO, "bonus event"),
    Row(f"{BONUS}refuse/", PROVINCIAL, PROVINCIAL_FORM, "bonus event"),
    Row(f"{RUN}progress/", PROVINCIAL, ADMIN_NO, "run"),
    Row(f"{RUN}compare/", PROVINCIAL, ADMIN_NO, "run"),
    Row(f"{RUN}cancel/", PROVINCIAL, PROVINCIAL_GO, "run"),
    Row(f"{RUN}export/", PROVINCIAL, ADMIN_NO, "run"),
    Row("admin/evaluation/evaluationyear/<path:object_id>/matrix/", PROVINCIAL, PROVINCIAL, "run's year"),
    Row(f"{RUN}cards/<int:mentor_id>/", PROVINCIAL, ADMIN_NO, "run's card"),
    Row(f"{RUN}cards/<int:mentor_id>/", OF_PROVINCE_NONE, ADMIN_NO, "card of nobody"),
    Row("admin/research/researchtheme/plan/", PROVINCIAL, PROVINCIAL_GO),
    Row("admin/research/researchtrip/<path:object_id>/open_desk/", PROVINCIAL_GO, PROVINCIAL_GO, "open trip"),
    Row("admin/research/researchtrip/<path:object_id>/group_text/", PROVINCIAL, PROVINCIAL, "open trip"),
    Row("admin/mentors/mentor/import/", PROVINCIAL, PROVINCIAL),
    Row("admin/mentors/mentor/import/template/", PROVINCIAL, PROVINCIAL),
    Row("admin/mentors/mentor/process_import/", ADMIN_NO, PROVINCIAL),
    Row("admin/mentors/mentor/export/", PROVINCIAL, PROVINCIAL),
)


# Where each kind of stored file leaves the portal; each of these addresses has rows above.
FILES = {
    "mentors.Mentor": ("mentors/<int:pk>/photo/",),
    "notifications.NoticeAttachment": ("notices/<int:pk>/files/<int:file_pk>/",),
    "classrooms.CoursewareVersion": (f"{COURSEWARE}<int:number>/", f"{SHEET}file/"),
    "consultations.Resume": ("consultations/held/<int:pk>/resume/",),
    "consultations.PlacementProof": (
        "pairings/<int:pk>/proof/",
        "admin/consultations/pairing/<path:object_id>/proof/",
    ),
    "evaluation.BonusEvent": (f"{BONUS}proof/",),
    "research.ReportFile": ("research/reports/<int:pk>/files/<int:file_pk>/",),
}


@dataclass(frozen=True)
class ModelRow:
    """Who of the staff may list and open a model's rows, add one, change one and delete one.

    ``act`` may run the list's actions on rows that nobody edits. Where ``by_unit`` is set, a row of
    another unit is not there for staff of a unit; ``missing`` is what an address without a row
    comes to.
    """

    model: str
    see: tuple[str, ...] = ()
    add: tuple[str, ...] = ()
    change: tuple[str, ...] = ()
    delete: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    by_unit: bool = False
    missing: str = "go"


ROOT = ("root",)
MODELS = (
    ModelRow("classrooms.TopicApplication", see=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("classrooms.ClassSession", see=STAFF, add=STAFF, change=STAFF, by_unit=True, missing="404"),
    ModelRow("classrooms.HostEvent", see=STAFF, add=STAFF, change=STAFF, by_unit=True, missing="404"),
    ModelRow("classrooms.MoveRequest", see=STAFF, by_unit=True, missing="404"),
    ModelRow("classrooms.Courseware", see=STAFF, by_unit=True, missing="404"),
    ModelRow("classrooms.SimilarPair", see=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("classrooms.ClassRating", see=STAFF, by_unit=True, missing="404"),
    ModelRow("classrooms.RatingCase", see=STAFF, by_unit=True, missing="404"),
    ModelRow("classrooms.SurveyResult", see=STAFF, by_unit=True, missing="404"),
    ModelRow("classrooms.Questionnaire", see=PROVINCE, add=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("classrooms.RatingTag", see=PROVINCE, add=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("evaluation.EvaluationYear", see=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("evaluation.RankingRun", see=PROVINCE, missing="404"),
    ModelRow("evaluation.CoursewareEntry", see=PROVINCE, add=PROVINCE, act=PROVINCE, missing="404"),
    ModelRow("evaluation.PanelJudge", see=PROVINCE, add=PROVINCE, act=PROVINCE, missing="404"),
    ModelRow("evaluation.ScoreSheet", see=PROVINCE, act=PROVINCE, missing="404"),
    ModelRow("evaluation.Objection", see=PROVINCE, add=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("evaluation.BonusEvent", see=PROVINCE, add=PROVINCE, act=PROVINCE, missing="404"),
    ModelRow("consultations.PanelClinic", see=STAFF, add=STAFF, change=STAFF, by_unit=True, missing="404"),
    ModelRow("consultations.ConsultationShift", see=STAFF, by_unit=True, missing="404"),
    ModelRow("consultations.Consultation", see=STAFF, by_unit=True, missing="404"),
    ModelRow("consultations.Pairing", see=PROVINCE, add=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("research.ResearchTheme", see=PROVINCE, add=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("research.ResearchTrip", see=PROVINCE, add=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("research.ResearchReport", see=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("reservations.Venue", see=STAFF, add=STAFF, change=STAFF, by_unit=True, missing="404"),
    ModelRow("reservations.Reservation", see=STAFF, act=STAFF, by_unit=True, missing="404"),
    ModelRow("reservations.Hosting", see=STAFF, act=STAFF, by_unit=True, missing="404"),
    ModelRow("reservations.Suspension", see=PROVINCE, act=PROVINCE, missing="404"),
    ModelRow(
        "accounts.HostUnit",
        see=STAFF,
        add=PROVINCE,
        change=PROVINCE,
        delete=ROOT,
        by_unit=True,
        missing="404",
    ),
    ModelRow("accounts.User", see=PROVINCE, add=PROVINCE, change=PROVINCE),
    ModelRow("accounts.PrivacyNotice", see=PROVINCE, add=PROVINCE, change=PROVINCE),
    ModelRow("accounts.Consent", see=PROVINCE),
    ModelRow("mentors.Mentor", see=STAFF, add=PROVINCE, change=PROVINCE, delete=ROOT),
    ModelRow("mentors.Appointment", see=PROVINCE, change=PROVINCE, delete=ROOT),
    ModelRow("mentors.Like", see=PROVINCE, missing="404"),
    ModelRow("mentors.Category", see=STAFF, add=PROVINCE, change=PROVINCE, delete=ROOT),
    ModelRow("mentors.IndustrialChain", see=STAFF, add=PROVINCE, change=PROVINCE, delete=ROOT),
    ModelRow("mentors.TopicType", see=STAFF, add=PROVINCE, change=PROVINCE, delete=ROOT),
    ModelRow("notifications.Notice", see=STAFF, add=STAFF, change=STAFF, by_unit=True, missing="404"),
    ModelRow("notifications.MessageTemplate", see=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("notifications.Message", see=PROVINCE, missing="404"),
    ModelRow("notifications.Delivery", see=PROVINCE, act=PROVINCE, missing="404"),
    ModelRow("auth.Group", see=PROVINCE, add=ROOT, change=ROOT, delete=ROOT),
    ModelRow("home.SecondFactor", see=ROOT, delete=ROOT),
    ModelRow("auditlog.LogEntry", see=PROVINCE),
    ModelRow("home.TaskRecord", see=PROVINCE),
)
