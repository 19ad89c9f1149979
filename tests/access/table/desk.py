"""The desk of the day."""

from tests.access.outcomes import ADMIN, ADMIN_NO, DESK, DESK_FORM, DESK_GO, DESK_NONE, Row

DUTY = "consultations/duties/<int:pk>/desk/"


ROWS = (
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
)
