"""The staff's site."""

from tests.access.outcomes import (
    ADMIN,
    ADMIN_BAD,
    ADMIN_FORM,
    ADMIN_GO,
    ADMIN_NO,
    ADMIN_NONE,
    AT_ADMIN_LOGIN,
    NO,
    NONE,
    OF_PROVINCE_NONE,
    OF_ROOT,
    OF_ROOT_GO,
    OTHER_UNIT,
    OTHER_UNIT_FORM,
    OTHER_UNIT_GO,
    PROOF_OF_STAFF,
    PROVINCIAL,
    PROVINCIAL_FORM,
    PROVINCIAL_GO,
    Outcomes,
    Row,
)

YEAR = "admin/evaluation/evaluationyear/<path:object_id>/"
ENTRY = "admin/evaluation/coursewareentry/<path:object_id>/"
JUDGE = "admin/evaluation/paneljudge/<path:object_id>/"
STAFFS_SHEET = "admin/evaluation/scoresheet/<path:object_id>/"
BONUS = "admin/evaluation/bonusevent/<path:object_id>/"
RUN = "admin/evaluation/rankingrun/<int:pk>/"
CLINIC = "admin/consultations/panelclinic/<path:object_id>/"
EVENT = "admin/classrooms/hostevent/<path:object_id>/"
MOVE = "admin/classrooms/moverequest/<path:object_id>/"
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


ROWS = (
    # The staff's site
    Row("styleguide/", ADMIN, ADMIN),
    Row("admin/", ADMIN, ADMIN),
    Row("admin/embedding/", ADMIN, ADMIN_NO),
    Row("admin/statistics/", ADMIN, ADMIN_NO),
    Row("admin/statistics/coverage/", ADMIN, ADMIN_NO),
    Row("admin/statistics/export/", ADMIN, ADMIN_NO),
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
