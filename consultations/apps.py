from django.apps import AppConfig

from consultations.wordings import CLINIC_MESSAGES, CONSULTATION_MESSAGES, PAIRING_MESSAGES
from mentor_portal.notifications.kinds import register_messages
from mentor_portal.reservations.kinds import OfferingKind, register_desks, register_kind


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "咨询与帮扶"

    def ready(self) -> None:
        from consultations import listeners  # noqa: F401

        register_messages(CONSULTATION_MESSAGES)
        register_messages(CLINIC_MESSAGES)
        register_messages(PAIRING_MESSAGES)
        register_kind(
            OfferingKind.CONSULTATION,
            detail="consultations:slot-detail",
            booking="consultations:slot-book",
        )
        # Only now: it needs the models.
        from consultations.selectors.desk import duty_desks

        register_desks(OfferingKind.CONSULTATION, duty_desks)
        register_kind(
            OfferingKind.CLINIC,
            detail="clinics:clinic-detail",
            booking="clinics:clinic-book",
            room="clinics:clinic-room",
        )
