from django.apps import AppConfig

from consultations.wordings import PAIRING_MESSAGES
from mentor_portal.notifications.kinds import register_messages


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "咨询与帮扶"

    def ready(self) -> None:
        register_messages(PAIRING_MESSAGES)
