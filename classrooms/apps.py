from django.apps import AppConfig

from mentor_portal.reservations.kinds import OfferingKind, register_kind


class ClassroomsConfig(AppConfig):
    name = "classrooms"
    verbose_name = "课堂"

    def ready(self) -> None:
        register_kind(
            OfferingKind.CLASS,
            detail="classrooms:session-detail",
            booking="classrooms:session-book",
        )
