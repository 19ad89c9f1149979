"""The API: what everyone reads, and one's own reservations. Posts send an empty object."""

from tests.access.outcomes import ALL, NO, NONE, Outcomes, Row, who

READ = "api/v1/"
RESERVATION = f"{READ}reservations/<str:id>/"
# The API leads nobody to the sign-in page: it says 401.
MINE = who("200", anonymous="401")
MINE_NO = who("405", anonymous="401")
NOT_MINE = who("404", anonymous="401")
OF_OWNER = who("404", anonymous="401", owner="200")
ACTS = ("accept", "decline", "cancel", "excuse")


def _public(name: str, thing: str, *hidden: str) -> tuple[Row, ...]:
    return (
        Row(f"{READ}{name}/", ALL, NO),
        Row(f"{READ}{name}/<str:id>/", ALL, NO, thing),
        *(Row(f"{READ}{name}/<str:id>/", NONE, NO, each) for each in (*hidden, "nothing")),
    )


def _act(name: str, thing: str, of_owner: str) -> Row:
    outcomes: Outcomes = who("404", anonymous="401", owner=of_owner)
    return Row(f"{RESERVATION}{name}/", MINE_NO, outcomes, thing)


ROWS = (
    Row(READ, ALL, NO),
    Row(f"{READ}schema/", ALL, NO),
    *_public("categories", "category"),
    *_public("chains", "chain"),
    *_public("mentors", "mentor", "unlisted mentor"),
    *_public("sessions", "free", "draft", "unit's draft"),
    *_public("slots", "free slot", "free"),
    *_public("research/themes", "later theme", "draft theme"),
    *_public("research/reports", "published report", "accepted report", "draft report"),
    *_public("notices", "notice", "draft notice", "unit's draft notice"),
    Row(f"{READ}reservations/", MINE, MINE_NO),
    Row(RESERVATION, OF_OWNER, MINE_NO, "reservation"),
    Row(RESERVATION, NOT_MINE, MINE_NO, "nothing"),
    _act("accept", "offer", "200"),
    _act("accept", "reservation", "200"),
    _act("accept", "waiting", "409"),
    _act("decline", "offer", "200"),
    _act("decline", "reservation", "409"),
    _act("cancel", "reservation", "200"),
    _act("cancel", "waiting", "200"),
    _act("excuse", "reservation", "400"),
    *(Row(f"{RESERVATION}{name}/", MINE_NO, NOT_MINE, "nothing") for name in ACTS),
    # The mentor gives this class.
    Row(f"{READ}sessions/<str:id>/book/", MINE_NO, who("201", anonymous="401", mentor="409"), "free"),
    Row(f"{READ}sessions/<str:id>/book/", MINE_NO, who("409", anonymous="401"), "cancelled"),
    Row(f"{READ}sessions/<str:id>/book/", MINE_NO, NOT_MINE, "draft"),
    Row(f"{READ}slots/<str:id>/book/", MINE_NO, who("400", anonymous="401"), "free slot"),
    Row(f"{READ}slots/<str:id>/book/", MINE_NO, NOT_MINE, "nothing"),
)
