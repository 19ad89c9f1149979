"""What a visit to an address comes to, for each role; the words of the access table.

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
