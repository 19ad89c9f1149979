from django.apps import AppConfig

from classrooms.wordings import CLASS_MESSAGES
from mentor_portal.notifications.kinds import register_messages
from mentor_portal.reservations.kinds import OfferingKind, register_afterwards, register_kind


class ClassroomsConfig(AppConfig):
    name = "classrooms"
    verbose_name = "课堂"

    def ready(self) -> None:
        # Only now: they need the models.
        from classrooms import listeners  # noqa: F401
        from classrooms.selectors import public_courseware
        from classrooms.selectors.feedback import afterwards
        from mentors.sections import Section, register_section

        register_messages(CLASS_MESSAGES)
        register_section(Section("classrooms/partials/public_courseware.html", public_courseware))
        register_kind(
            OfferingKind.CLASS,
            detail="classrooms:session-detail",
            booking="classrooms:session-book",
        )
        register_afterwards(OfferingKind.CLASS, afterwards)
