from django.apps import AppConfig

from classrooms.wordings import CLASS_MESSAGES
from mentor_portal.notifications.kinds import register_messages
from mentor_portal.reservations.kinds import OfferingKind, register_afterwards, register_kind


class ClassroomsConfig(AppConfig):
    name = "classrooms"
    verbose_name = "课堂"

    def ready(self) -> None:
        from classrooms import listeners  # noqa: F401

        register_messages(CLASS_MESSAGES)
        register_kind(
            OfferingKind.CLASS,
            detail="classrooms:session-detail",
            booking="classrooms:session-book",
        )
        # Only now: it needs the models.
        from classrooms.selectors.feedback import afterwards

        register_afterwards(OfferingKind.CLASS, afterwards)
